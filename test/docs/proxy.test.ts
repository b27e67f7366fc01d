/** Goal: docs/proxy.md works as it stands. Method: its commands, see README.md. */
import { testPage } from './documented-recipes.ts';

testPage('docs/proxy.md', ['etcdctl', 'curl'], 6);
