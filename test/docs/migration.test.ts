/** Goal: docs/migration.md works as it stands. Method: its commands, see README.md. */
import { testPage } from './documented-recipes.ts';

testPage('docs/migration.md', ['etcd', 'etcdctl'], 6);
