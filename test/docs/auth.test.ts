/** Goal: docs/auth.md works as it stands. Method: its commands, see README.md. */
import { testPage } from './documented-recipes.ts';

testPage('docs/auth.md', ['etcdctl', 'curl', 'openssl'], 7);
