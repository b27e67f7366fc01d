/** Goal: what is written of concordctl's own groups works as it stands. Method: its commands, see README.md. */
import { testPage } from './documented-recipes.ts';

testPage('docs/concordctl-groups.md', ['bash'], 4);
testPage('docs/doctor.md', ['bash'], 3);
