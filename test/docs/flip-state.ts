/** Makes the state of a stopped member differ from the others' by one bit of its rolling hash. */
import { join } from 'node:path';
import { readApplied } from '@concord/kv';
import { LmdbStore } from '@concord/storage';

const [dataDirectory = ''] = process.argv.slice(2);
const directory = join(dataDirectory, 'member/db');
const store = new LmdbStore({
  directory,
  onFailure: (error) => {
    throw error;
  },
});
if (readApplied(store).position.index === 0) throw new Error(`nothing was applied in ${directory}`);
const row = Uint8Array.from(store.get('meta', 'applied') ?? []);
row[row.length - 1]! ^= 1;
store.commit(new Map([['meta', new Map([['applied', row]])]]), () => store.close(() => undefined));
