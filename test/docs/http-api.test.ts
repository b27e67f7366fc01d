/** Goal: docs/http-api.md works as it stands. Method: its commands, see README.md. */
import { testPage } from './documented-recipes.ts';

testPage('docs/http-api.md', ['curl'], 7);
