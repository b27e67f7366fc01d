/**
 * A snapshot as etcd's tools take it: the store as a bbolt file, front to back, and its SHA-256 behind.
 *
 * The store is read twice while it is held: once for the layout, which the head of the file and every announced
 * size need, and once for the bytes. A temporary file would be the other way; it needs as much room again on a disk
 * that may be full, and writes it all to send it once.
 *
 * Invariant: both readings see the same rows, because the view does not change.
 */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { EtcdExport } from '@concord/kv';
import { assert } from '@concord/raft';
import { BboltWriter } from '../bbolt/bbolt-writer.ts';
import { headPages, type Layout } from '../bbolt/meta.ts';
import { pageBytes } from '../bbolt/page.ts';
import { StorageError } from '../errors.ts';
import type { StoreView } from '../lmdb/store-view.ts';
import { PieceCutter } from './piece-cutter.ts';

/** Rows read in one turn of the event loop: a few hundred small ones, some tenths of a millisecond. */
const sliceBytes = 128 * 1024;

export interface SnapshotPiece {
  readonly bytes: Uint8Array;
  /** How much of the file is still to come, the digest not counted. */
  readonly remainingBytes: number;
}

/**
 * The file in pieces of 32 KiB, the last two excepted: the rest, and the digest. Pieces are made as they are asked
 * for, in slices between turns of the event loop. The caller closes the view. Throws `snapshot-gone` when that
 * happens before the end.
 */
export async function* writeEtcdSnapshot(view: StoreView): AsyncGenerator<SnapshotPiece, void> {
  const layout = await layOut(view);
  const hash = createHash('sha256');
  let remainingBytes = layout.pageCount * pageBytes;
  for await (const bytes of writeFile(view, layout)) {
    hash.update(bytes);
    remainingBytes -= bytes.length;
    yield { bytes, remainingBytes };
  }
  assert(remainingBytes === 0, 'a snapshot is as long as it was announced');
  yield { bytes: hash.digest(), remainingBytes };
}

/** The first reading. */
async function layOut(view: StoreView): Promise<Layout> {
  const writer = new BboltWriter(() => undefined);
  const rows = new EtcdExport(view, writer);
  for (;;) {
    assertOpen(view);
    if (!rows.step(sliceBytes)) return writer.finish();
    await nextTurn();
  }
}

async function* writeFile(view: StoreView, layout: Layout): AsyncGenerator<Buffer, void> {
  const cutter = new PieceCutter();
  cutter.add(headPages(layout));
  const writer = new BboltWriter((pages) => cutter.add(pages));
  const rows = new EtcdExport(view, writer);
  for (;;) {
    assertOpen(view);
    const isMore = rows.step(sliceBytes);
    yield* cutter.take();
    if (!isMore) break;
    await nextTurn();
  }
  const written = writer.finish();
  const isSame = written.pageCount === layout.pageCount && written.rootPage === layout.rootPage;
  assert(isSame, 'the same rows have the same layout');
  yield* cutter.finish();
}

function assertOpen(view: StoreView): void {
  if (view.isOpen) return;
  throw new StorageError({
    code: 'snapshot-gone',
    path: 'the snapshot for a client',
    found: 'a store that was replaced or closed meanwhile',
    expected: 'the store that was held',
    remedy: 'Take the snapshot again.',
  });
}
