/**
 * Damages the newest segment of a stopped member's write-ahead log. `end`: the last record loses its last bytes, as when
 * the power goes in the middle of a write. `middle`: a bit flips in a record that others follow.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SECTOR_BYTES = 512;
/** Behind a record's header, in its payload. */
const PAYLOAD_OFFSET = 40;
const TORN_BYTES = 8;

const [dataDirectory = '', where = ''] = process.argv.slice(2);
const directory = join(dataDirectory, 'member/wal');
const newest = readdirSync(directory)
  .filter((name) => name.endsWith('.wal'))
  .sort()
  .at(-1);
if (newest === undefined) throw new Error(`no log in ${directory}`);
const path = join(directory, newest);
const bytes = readFileSync(path);

const last = bytes.findLastIndex((byte) => byte !== 0);
if (where === 'end') bytes.fill(0, last + 1 - TORN_BYTES, last + 1);
else if (where === 'middle' && last > 3 * SECTOR_BYTES)
  bytes[2 * SECTOR_BYTES + PAYLOAD_OFFSET]! ^= 1;
else throw new Error(`damage-log DATA_DIR end|middle, and a log of some records; got "${where}"`);
writeFileSync(path, bytes);
