/**
 * Goal: a hundred thousand keys stay fluid in the key browser: it loads what it shows and what comes next, draws what is in
 * sight, scrolls without stalling, and finds one of them. Method: as many real keys; requests, bytes, nodes and frames are
 * counted by the browser. Times are told, and judged generously: the machine does other things.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { connect, op } from '@concord/sdk';
import type { Page } from 'playwright-core';
import { consoleTarget, noBrowser } from './harness/browser.ts';
import { FRAME_MS_MAX, slowFrameMs } from './harness/scrolling.ts';

const KEYS = 100_000;
/** Of one transaction, as many as Concord takes by default. */
const PUTS_PER_WRITE = 128;
const WRITES_AT_ONCE = 16;
/** In one of a hundred folders, so that both views have something to do. */
const nameOf = (at: number): string =>
  `/fluid/${String(Math.floor(at / 1_000)).padStart(2, '0')}/key-${String(at).padStart(5, '0')}`;

const NODES_MAX = 2_500;
/** A page of two hundred entries of some 200 bytes. */
const PAGE_BYTES_MAX = 80_000;
/** On a quiet machine: 60 ms. */
const FIRST_ROWS_MS_MAX = 5_000;

/** The bytes that lists of keys have brought so far. */
function keyBytes(page: Page): () => number {
  let bytes = 0;
  page.on('response', (answer) => {
    if (!/\/v1\/(keys|key-folders)\?/.test(answer.url())) return;
    void answer
      .body()
      .then((body) => (bytes += body.length))
      .catch(() => undefined);
  });
  return () => bytes;
}

describe('a hundred thousand keys', { skip: noBrowser }, () => {
  const target = consoleTarget();

  before(async () => {
    await using concord = await connect({ endpoints: [...target.cluster.endpoints] });
    let next = 0;
    const write = async (): Promise<void> => {
      while (next < KEYS) {
        const from = next;
        next += PUTS_PER_WRITE;
        const size = Math.min(PUTS_PER_WRITE, KEYS - from);
        const puts = Array.from({ length: size }, (_, at) =>
          op.put(nameOf(from + at), `{"number":${from + at},"state":"open"}`),
        );
        await concord.client.kv
          .txn()
          .then(...puts)
          .commit();
      }
    };
    await Promise.all(Array.from({ length: WRITES_AT_ONCE }, write));
  });

  test('are browsed, searched and scrolled through without the page growing', async (context) => {
    const page = await target.open('/keys');
    await page
      .getByRole('row', { name: /^Folder/ })
      .first()
      .waitFor();
    const bytes = keyBytes(page);
    const clickedAtMs = performance.now();
    await page.goto(new URL('/keys?view=all&prefix=%2Ffluid%2F', target.gateway.url).href);
    await page.getByRole('row', { name: nameOf(0) }).waitFor();
    const firstRowsMs = performance.now() - clickedAtMs;
    await page.getByText('of 100,000').waitFor();
    const firstBytes = bytes();
    const nodes = () => page.evaluate<number>(`document.querySelectorAll('*').length`);
    const nodesBefore = await nodes();

    const slow = await slowFrameMs(page);
    const nodesAfter = await nodes();

    const searchedAtMs = performance.now();
    await page.getByRole('searchbox').fill('key-99999');
    await page.getByRole('row', { name: nameOf(99_999) }).waitFor();
    const searchMs = performance.now() - searchedAtMs;

    context.diagnostic(
      `first rows after ${firstRowsMs.toFixed(0)} ms with ${firstBytes} bytes; ${nodesBefore} nodes, ${nodesAfter} after ` +
        `scrolling, 95 % of frames within ${slow.toFixed(1)} ms; the last key found in ${searchMs.toFixed(0)} ms`,
    );
    assert.ok(firstRowsMs < FIRST_ROWS_MS_MAX, `the first rows took ${firstRowsMs} ms`);
    assert.ok(firstBytes < 2 * PAGE_BYTES_MAX, `the list loads what it shows: ${firstBytes} bytes`);
    assert.ok(nodesBefore < NODES_MAX && nodesAfter < NODES_MAX, `${nodesAfter} nodes`);
    assert.ok(slow < FRAME_MS_MAX, `a frame took ${slow} ms`);
  });
});
