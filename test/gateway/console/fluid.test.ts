/**
 * Goal: ten thousand services stay fluid. The page loads what it shows and no more, draws what is in sight and no more, and
 * scrolls without stalling, to the last of them. Method: ten thousand real instances; requests, bytes, nodes and frames are
 * counted by the browser. Frames are told, and judged generously: the machine does other things.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { registryKeys } from '@concord/registry/records';
import { connect, op } from '@concord/sdk';
import { consoleTarget, noBrowser } from './harness/browser.ts';
import { FRAME_MS_MAX, slowFrameMs } from './harness/scrolling.ts';

const SERVICES = 10_000;
/** Of one transaction; Concord takes 128 by default. */
const PUTS_PER_WRITE = 100;
/** Some forty rows with five cells each, and the shell. */
const NODES_MAX = 2_500;
const FIRST_BYTES_MAX = 200_000;

const nameOf = (at: number): string => `service-${String(at).padStart(5, '0')}`;

/** One instance of service number `at`, as its program would write it; without a lease it stays. */
function instance(at: number) {
  const service = nameOf(at);
  const record = {
    ...{ id: 'one', service, address: '10.0.0.1', port: 80, weight: 100, labels: {} },
    ...{ metadata: null, state: 'serving', incarnation: 'a', ttlMs: 15_000, registeredAt: 0 },
  };
  return op.put(registryKeys.instance(service, 'one'), JSON.stringify(record));
}

describe('ten thousand services', { skip: noBrowser }, () => {
  const target = consoleTarget();

  before(async () => {
    await using concord = await connect({ endpoints: [...target.cluster.endpoints] });
    const { kv } = concord.client;
    for (let from = 0; from < SERVICES; from += PUTS_PER_WRITE) {
      const puts = Array.from({ length: PUTS_PER_WRITE }, (_, at) => instance(from + at));
      await kv
        .txn()
        .then(...puts)
        .commit();
    }
  });

  test('are listed, searched and scrolled through without the page growing', async (context) => {
    const page = await target.open('/');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    let bytes = 0;
    page.on('response', (answer) => {
      if (!answer.url().includes('/v1/services?')) return;
      void answer
        .body()
        .then((body) => (bytes += body.length))
        .catch(() => undefined);
    });
    await page.getByRole('link', { name: 'Services', exact: true }).click();
    await page.getByText('10,000 services').waitFor();
    await page.getByRole('link', { name: nameOf(0) }).waitFor();
    assert.ok(bytes < FIRST_BYTES_MAX, `the list loads what it shows: ${bytes} bytes`);
    const nodes = () => page.evaluate<number>(`document.querySelectorAll('*').length`);
    const before = await nodes();
    assert.ok(before < NODES_MAX, `${before} nodes`);

    const slow = await slowFrameMs(page);
    context.diagnostic(`${before} nodes; 95 % of frames within ${slow.toFixed(1)} ms`);
    assert.ok(slow < FRAME_MS_MAX, `a frame took ${slow} ms`);
    const after = await nodes();
    assert.ok(after < NODES_MAX, `${after} nodes after scrolling`);

    await page.getByRole('searchbox').fill('service-09999');
    await page.getByText('1 service', { exact: true }).waitFor();
    await page.getByRole('link', { name: nameOf(9_999) }).waitFor();
  });
});
