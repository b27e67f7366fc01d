/** Open watches are asked again when permissions change, and end when they may not go on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contains, keyRange, type KeyRange } from '@concord/protocol';
import { createRequest } from './watch-world.test.ts';
import { WatchHub } from './watch-hub.ts';
import { WatchResponse } from '@concord/protocol';

const REASON = 'rpc error: code = PermissionDenied desc = etcdserver: permission denied';

function hubOf(): WatchHub {
  return new WatchHub({
    history: { history: (from) => from },
    header: () => new Uint8Array(0),
    random: () => 0,
    revision: 1,
    compactedRevision: -1,
  });
}

/** A stream whose watches may go on while they are within `allowed`. */
function open(hub: WatchHub, allowed: { range: KeyRange }) {
  const told: WatchResponse[] = [];
  const stream = hub.openStream(
    {
      write: (bytes) => {
        told.push(WatchResponse.decode(bytes.slice()));
        return true;
      },
    },
    { revokes: ({ from }) => (contains(allowed.range, from) ? undefined : REASON) },
  );
  return { stream, told };
}

test('a watch that is no longer allowed ends with the reason, and its neighbour goes on', () => {
  const hub = hubOf();
  const allowed = { range: keyRange('a', 'z') };
  const { stream, told } = open(hub, allowed);
  stream.create(createRequest({ key: 'a' }));
  stream.create(createRequest({ key: 'm' }));
  allowed.range = keyRange('m', 'z');
  hub.recheck(100);
  assert.equal(stream.watchers.size, 2, 'nobody is asked before something has changed');
  hub.permissionsChanged();
  assert.equal(hub.needsRecheck, true);
  hub.recheck(100);
  assert.equal(hub.needsRecheck, false);
  assert.deepEqual([...stream.watchers.keys()], [1n]);
  const { watchId, canceled, cancelReason } = told.at(-1) as WatchResponse;
  assert.deepEqual([watchId, canceled, cancelReason], [0n, true, REASON]);
});

test('many streams are asked some at a time, and those that close meanwhile are left out', () => {
  const hub = hubOf();
  const allowed = { range: keyRange('a', 'z') };
  const streams = Array.from({ length: 10 }, () => open(hub, allowed).stream);
  for (const stream of streams) stream.create(createRequest({ key: 'a' }));
  allowed.range = keyRange('m', 'z');
  hub.permissionsChanged();
  hub.recheck(4);
  const openCount = (): number => streams.filter(({ watchers }) => watchers.size > 0).length;
  assert.equal(openCount(), 8);
  streams.at(-1)?.close();
  while (hub.needsRecheck) hub.recheck(4);
  assert.equal(openCount(), 0);
  assert.equal(hub.watcherCount, 0);
});
