/** docs/backup.md works as it stands. */
import { testPage } from './documented-recipes.ts';

testPage('docs/backup.md', ['etcdctl'], 4);
