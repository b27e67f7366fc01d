/** bbolt files as we write them: read back by our reader, by etcd's tools, and refused when they are damaged. */
import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { crc32c } from '@concord/kv';
import { fromByteString, toByteString, type ByteString } from '@concord/protocol';
import { Random } from '@concord/testing';
import { StorageError } from '../errors.ts';
import { BboltReader } from './bbolt-reader.ts';
import { BboltWriter } from './bbolt-writer.ts';
import { headPages, type Layout } from './meta.ts';
import { pageBytes } from './page.ts';

type Content = ReadonlyMap<ByteString, ReadonlyMap<ByteString, Uint8Array>>;

const directory = mkdtempSync(join(tmpdir(), 'concord-bbolt-'));
after(() => rmSync(directory, { recursive: true, force: true }));
const seed = Number(process.env['SEED'] ?? 20261125);

/** The layout, and the pages behind the head. */
function lay(content: Content): { readonly layout: Layout; readonly pages: Buffer[] } {
  const pages: Buffer[] = [];
  const writer = new BboltWriter((written) => pages.push(written));
  for (const [name, rows] of content) {
    writer.bucket(name);
    for (const [key, value] of rows) writer.put(key, value);
  }
  return { layout: writer.finish(), pages };
}

function fileOf(content: Content): Buffer {
  const { layout, pages } = lay(content);
  return Buffer.concat([headPages(layout), ...pages]);
}

function save(file: Buffer): string {
  const path = join(directory, 'db');
  writeFileSync(path, file);
  return path;
}

function read(path: string): Content {
  const content = new Map<ByteString, Map<ByteString, Uint8Array>>();
  const reader = new BboltReader(path);
  try {
    for (const leaf of reader.leaves()) {
      const rows = content.get(leaf.bucket) ?? new Map<ByteString, Uint8Array>();
      content.set(leaf.bucket, rows);
      for (let i = 0; i < leaf.count; i++) rows.set(leaf.leafKey(i), leaf.value(i).slice());
    }
  } finally {
    reader.close();
  }
  return content;
}

function randomBytes(random: Random, length: number): Uint8Array {
  const bytes = new Uint8Array(length).fill(random.integer(0, 255));
  for (let at = Math.min(length, 40) - 1; at >= 0; at--) bytes[at] = random.integer(0, 255);
  return bytes;
}

/** What etcd's tool calls the hash: over names, keys and values; and how many there are of each. */
function digest(content: Content): string {
  let hash = 0;
  let rows = 0;
  for (const [name, bucket] of content) {
    hash = crc32c(fromByteString(name), hash);
    rows += bucket.size;
    for (const [key, value] of bucket) hash = crc32c(value, crc32c(fromByteString(key), hash));
  }
  return `${content.size} buckets, ${rows} rows, ${hash}`;
}

/** A bucket of one kind: many small rows, or a few of any size, or none. */
function randomBucket(random: Random): Map<ByteString, Uint8Array> {
  const rowsMax = [0, 1, 5, 30, 3000][random.integer(0, 4)] as number;
  const keyBytesMax = random.next() < 0.1 ? 5000 : 40;
  const valueBytesMax = [0, 30, 1500, 9000, 60_000][
    random.integer(0, rowsMax > 30 ? 1 : 4)
  ] as number;
  const keys = new Set<ByteString>();
  for (let i = random.integer(0, rowsMax); i > 0; i--) {
    keys.add(toByteString(randomBytes(random, random.integer(1, rowsMax > 30 ? 40 : keyBytesMax))));
  }
  const value = (): Uint8Array => randomBytes(random, random.integer(0, valueBytesMax));
  return new Map([...keys].sort().map((key) => [key, value()]));
}

function randomContent(random: Random): Content {
  const names = new Set(
    Array.from({ length: random.integer(0, 12) }, () => `b${random.integer(0, 400)}`),
  );
  return new Map([...names].sort().map((name) => [name, randomBucket(random)]));
}

test('what is written is read back, whatever the sizes and numbers of rows', () => {
  for (let run = 0; run < 12; run++) {
    const content = randomContent(new Random(seed + run));
    equal(digest(read(save(fileOf(content)))), digest(content), `SEED=${seed + run}`);
  }
});

test('a tree of several levels is read back in order, and takes hardly more room than its rows', () => {
  const rows = new Map<ByteString, Uint8Array>();
  for (let i = 0; i < 60_000; i++)
    rows.set(String(i).padStart(200, '0'), new Uint8Array([i & 0xff]));
  const file = fileOf(new Map([['tree', rows]]));
  const back = read(save(file)).get('tree');
  deepEqual([...(back?.keys() ?? [])], [...rows.keys()]);
  ok(file.length < 60_000 * (200 + 1 + 16) * 1.12);
});

test('writing twice gives the same layout, which is what the first reading is for', () => {
  const content = randomContent(new Random(seed));
  deepEqual(lay(content).layout, lay(content).layout);
});

const tool = ['etcdutl', 'etcdctl'].find((name) => spawnSync(name, ['version']).status === 0);

test(
  "etcd's own tool reads the same rows",
  { skip: tool === undefined && 'there is neither etcdutl nor etcdctl on the PATH' },
  () => {
    for (let run = 0; run < 6; run++) {
      // etcdutl looks for a version in `meta` first, and panics where there is no such bucket.
      const content = new Map([
        ...randomContent(new Random(seed + 100 + run)),
        ['meta', new Map()],
      ]);
      const environment = { env: { ...process.env, ETCDCTL_API: '3' }, encoding: 'utf8' } as const;
      const args = ['snapshot', 'status', '-w', 'json', save(fileOf(content))];
      const status = JSON.parse(execFileSync(tool ?? '', args, environment)) as { hash: number };
      ok(digest(content).endsWith(` ${status.hash}`), `SEED=${seed + 100 + run}`);
    }
  },
);

/** Two levels in `a`, a small bucket `b`. */
const sample = (): Buffer => {
  const rows = new Map<ByteString, Uint8Array>();
  for (let i = 0; i < 400; i++) rows.set(String(i).padStart(40, '0'), new Uint8Array(50));
  return fileOf(
    new Map([
      ['a', rows],
      ['b', new Map([['x', new Uint8Array(3)]])],
    ]),
  );
};
const firstLeaf = 3;
const branchOf = (file: Buffer): number => file.length / pageBytes - 2;

const damages: readonly [string, (file: Buffer) => Buffer | void, RegExp][] = [
  [
    'is cut short',
    (file) => file.subarray(0, file.length - pageBytes),
    /found a file of \d+ bytes, expected the \d+/,
  ],
  ['is no database', (file) => file.fill(0, 0, 3 * pageBytes), /found no valid meta page/],
  [
    'has another page in the place of one',
    (file) => void file.writeUInt8(9, firstLeaf * pageBytes),
    /page 3 that says that it is page 9/,
  ],
  [
    'has a page of no known kind',
    (file) => void file.writeUInt16LE(8, firstLeaf * pageBytes + 8),
    /page 3 that has the flags 8/,
  ],
  [
    'has more elements than room',
    (file) => void file.writeUInt16LE(4000, firstLeaf * pageBytes + 10),
    /page 3 that says that it has 4000 elements/,
  ],
  [
    'has a page that does not end',
    (file) => void file.writeUInt32LE(4000, firstLeaf * pageBytes + 12),
    /page 3 that says that it goes on for 4001 pages/,
  ],
  [
    'has a key outside its page',
    (file) => void file.writeUInt32LE(4090, firstLeaf * pageBytes + 20),
    /page 3 that points to bytes 4106 to 4146/,
  ],
  [
    'has keys out of order',
    (file) => void file.fill('9', firstLeaf * pageBytes + 3000, firstLeaf * pageBytes + 3200),
    /page 3 that has the key .* behind .*expected one that has its keys in ascending order|page 3 that has the key .*expected one that has the keys from/,
  ],
  [
    'has two ways to one page',
    (file) => void file.writeUInt32LE(3, branchOf(file) * pageBytes + 16 + 16 + 8),
    /page 3 that a tree leads to, expected one that nothing else leads to/,
  ],
  [
    'has lost a page',
    (file) => {
      const branch = branchOf(file) * pageBytes;
      file.writeUInt16LE(file.readUInt16LE(branch + 10) - 1, branch + 10);
    },
    /page \d+ that nothing leads to/,
  ],
  [
    'has a page in use among the free ones',
    (file) => {
      file.writeUInt16LE(1, 2 * pageBytes + 10);
      file.writeUInt32LE(4, 2 * pageBytes + 16);
    },
    /page 4 that a tree leads to, expected one that nothing else leads to/,
  ],
];

for (const [what, damage, message] of damages) {
  test(`a file that ${what} is refused with the page and a remedy`, () => {
    const file = sample();
    const path = save(damage(file) ?? file);
    throws(
      () => read(path),
      (error) => {
        ok(error instanceof StorageError);
        equal(error.code, 'snapshot-corrupt');
        ok(message.test(error.message), error.message);
        ok(error.message.startsWith(path) && error.message.includes('Take another snapshot'));
        return true;
      },
    );
  });
}

test('one meta page is enough', () => {
  const whole = read(save(sample()));
  for (const meta of [0, 1]) {
    const file = sample();
    file.fill(0xff, meta * pageBytes + 16, meta * pageBytes + 80);
    equal(digest(read(save(file))), digest(whole));
  }
});

test('whatever single bytes are changed, the file is read or refused, and nothing else happens', () => {
  const random = new Random(seed);
  const path = save(sample());
  const sound = readFileSync(path);
  for (let run = 0; run < 300; run++) {
    const file = Buffer.from(sound);
    for (let i = random.integer(1, 3); i > 0; i--) {
      // Where headers and elements are, for the most part.
      const page = random.integer(0, file.length / pageBytes - 1);
      file[page * pageBytes + random.integer(0, random.next() < 0.8 ? 100 : 4095)] = random.integer(
        0,
        255,
      );
    }
    try {
      read(save(file));
    } catch (error) {
      ok(
        error instanceof StorageError && error.code === 'snapshot-corrupt',
        `SEED=${seed}: ${String(error)}`,
      );
    }
  }
});
