/** Goal: docs/v2-api.md works as it stands. Method: its commands, see README.md. */
import { testPage } from './documented-recipes.ts';

testPage('docs/v2-api.md', ['etcdctl', 'curl'], 1);
