/**
 * Goal: nothing that was done is missing from the audit. Method: gateways that stop in good order or are killed while they
 * have records to write, and a reader of the stream that goes from one gateway to another.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventStream, type StreamEvent } from './harness/event-stream.ts';
import { onEachBackend, type GatewayProcess } from './harness/gateway-process.ts';

interface Page {
  readonly items: readonly { readonly subject: string; readonly outcome: string }[];
}

onEachBackend('the audit', (target) => {
  const put = async (gateway: GatewayProcess, key: string): Promise<void> => {
    const body = { value: { text: 'x' } };
    assert.equal((await gateway.json('PUT', `/v1/keys/${key}`, { body })).status, 200);
  };
  const recorded = async (key: string): Promise<number> => {
    const path = `/v1/audit?subject=${encodeURIComponent(`key ${key}`)}`;
    return (await target.gateway.json<Page>('GET', path)).body.items.length;
  };
  const untilRecorded = async (key: string): Promise<void> => {
    while ((await recorded(key)) === 0);
  };
  /** The subjects that a stream tells as changes, in order. */
  const changes = (events: readonly StreamEvent[]): unknown[] =>
    events
      .filter(({ name }) => name === 'change')
      .flatMap(({ data }) => (data.put ?? []).map((record) => record['subject']));

  test('a reader that comes back to another gateway is told what it missed, each once', async () => {
    const other = await target.another();
    const [first, second, third] = ['one', 'two', 'three'].map((key) => target.name(key)) as [
      string,
      string,
      string,
    ];
    const subjects = (keys: string[]): string[] => keys.map((key) => `key ${key}`);
    const stream = await EventStream.open(`${target.gateway.url}/v1/audit/watch`);
    await stream.until((events) => events.some(({ name }) => name === 'snapshot'));
    await put(target.gateway, first);
    await stream.until((events) => changes(events).length === 1);
    stream[Symbol.dispose]();
    await put(target.gateway, second);
    await untilRecorded(second);
    await put(other, third);
    using resumed = await EventStream.open(`${other.url}/v1/audit/watch`, stream.lastEventId);
    await resumed.until((events) => changes(events).length >= 2);
    assert.deepEqual(changes(resumed.events), subjects([second, third]));
    assert.ok(resumed.events.every(({ name }) => name === 'change'));
  });

  test('what a gateway has not written yet is written when it is told to stop', async () => {
    const stopping = await target.another();
    const keys = Array.from({ length: 20 }, () => target.name('last'));
    await Promise.all(keys.map((key) => put(stopping, key)));
    await stopping.stop();
    for (const key of keys) assert.equal(await recorded(key), 1, key);
  });

  test('a gateway that is killed loses no more than it gathers in a tenth of a second', async () => {
    const doomed = await target.another();
    const early = target.name('early');
    await put(doomed, early);
    await untilRecorded(early);
    const late = target.name('late');
    await put(doomed, late);
    await doomed.kill();
    assert.equal(await recorded(early), 1);
    // What it lost is a record, never the deed; nothing is written twice.
    assert.ok((await recorded(late)) <= 1);
    assert.equal((await target.gateway.json('GET', `/v1/keys/${late}`)).status, 200);
  });
});
