/** Goal: docs/concordctl.md works as it stands. Method: its commands, see README.md. */
import { testPage } from './documented-recipes.ts';

testPage('docs/concordctl.md', [], 5);
