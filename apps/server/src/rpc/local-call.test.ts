/** Local calls reach the methods that remote ones reach, and see them end. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GrpcStatus, Metadata, type Method, type UnaryCall } from '@concord/grpc-server';
import { LocalCalls, type LocalCaller, type LocalStatus } from './local-call.ts';

const caller: LocalCaller = {
  metadata: new Metadata(['token', 'abc']),
  peer: 'local',
  tlsPeerCertificate: undefined,
};

function calls(method: Method): LocalCalls {
  return new LocalCalls(new Map([['/s/m', method]]));
}

test('a unary call is answered with a copy of what the handler lent', async () => {
  const lent = Uint8Array.of(1, 2);
  const local = calls({ kind: 'unary', handle: (_, call) => call.respond(lent) });
  const outcome = await local.unary('/s/m', new Uint8Array(), caller);
  lent.fill(9);
  assert.deepEqual(outcome, { kind: 'answered', response: Uint8Array.of(1, 2) });
});

test('a unary call brings its metadata along and fails with the code of the handler', async () => {
  const local = calls({
    kind: 'unary',
    handle: (_, call) =>
      call.fail(GrpcStatus.permissionDenied, call.metadata.get('token') ?? 'no token'),
  });
  const outcome = await local.unary('/s/m', new Uint8Array(), caller);
  assert.deepEqual(outcome, { kind: 'failed', code: 7, message: 'abc' });
});

test('a call that waits is told when whoever asked has gone away, and one that was answered is not', async () => {
  const told: string[] = [];
  let answered: UnaryCall | undefined;
  const local = calls({
    kind: 'unary',
    handle: ([isAnswered], call) => {
      call.onCancel = () => {
        told.push(`cancelled: ${call.cancelled}`);
        call.fail(GrpcStatus.cancelled, 'gone');
      };
      if (isAnswered === 1) (answered = call).respond(new Uint8Array());
    },
  });
  const gone = new AbortController();
  const outcomes = [Uint8Array.of(0), Uint8Array.of(1)].map((request) =>
    local.unary('/s/m', request, caller, gone.signal),
  );
  assert.equal((await outcomes[1])?.kind, 'answered');
  assert.equal(answered?.cancelled, false);
  gone.abort();
  assert.deepEqual(await outcomes[0], { kind: 'failed', code: 1, message: 'gone' });
  assert.deepEqual(told, ['cancelled: true']);
});

test('a method that is not there is unimplemented', async () => {
  const local = new LocalCalls(new Map());
  const outcome = await local.unary('/s/none', new Uint8Array(), caller);
  assert.deepEqual(outcome, { kind: 'failed', code: 12, message: 'unknown method /s/none' });
});

test('a stream delivers in order, waits while it is paused, and is closed once', () => {
  const heard: string[] = [];
  const local = calls({
    kind: 'stream',
    open: (call) => ({
      message: ([byte]) => {
        heard.push(`message ${byte}`);
        if (byte === 1) call.pause();
        if (byte === 2) call.write(Uint8Array.of(7));
      },
      halfClose: () => {
        heard.push('half-close');
        call.end();
      },
      closed: (reason) => void heard.push(`closed ${reason}`),
    }),
  });
  const statuses: LocalStatus[] = [];
  const stream = local.stream('/s/m', caller, {
    message: ([byte]) => {
      heard.push(`told ${byte}`);
      return true;
    },
    ended: (status) => void statuses.push(status),
  });
  assert.equal(stream.send(Uint8Array.of(1)), true);
  assert.equal(stream.send(Uint8Array.of(2)), false, 'it waits');
  assert.deepEqual(heard, ['message 1']);
  stream.cancel();
  stream.halfClose();
  assert.deepEqual(heard, ['message 1', 'closed cancelled']);
  assert.deepEqual(statuses, [], 'who goes away hears nothing');
});

test('a handler that refuses a stream at once is closed, and the caller is told why', () => {
  let closed = 0;
  const local = calls({
    kind: 'stream',
    open: (call) => {
      call.fail(GrpcStatus.unavailable, 'not now');
      return {
        message: () => assert.ok(false, 'nothing was sent'),
        halfClose: () => assert.ok(false, 'nothing was ended'),
        closed: () => closed++,
      };
    },
  });
  const statuses: LocalStatus[] = [];
  local.stream('/s/m', caller, {
    message: () => true,
    ended: (status) => void statuses.push(status),
  });
  assert.deepEqual(statuses, [{ code: 14, message: 'not now' }]);
  assert.equal(closed, 1);
});

test('whoever was told to wait is told when all is taken', () => {
  let resume: (() => void) | undefined;
  const taken: number[] = [];
  const local = calls({
    kind: 'stream',
    open: (call) => ({
      message: ([byte = 0]) => {
        taken.push(byte);
        if (byte === 1) {
          call.pause();
          resume = () => call.resume();
        }
      },
      halfClose: () => undefined,
      closed: () => undefined,
    }),
  });
  let readyCount = 0;
  const stream = local.stream('/s/m', caller, {
    message: () => true,
    ready: () => readyCount++,
    ended: () => undefined,
  });
  stream.send(Uint8Array.of(1));
  assert.equal(stream.send(Uint8Array.of(2)), false);
  assert.equal(readyCount, 0);
  resume?.();
  assert.deepEqual(taken, [1, 2]);
  assert.equal(readyCount, 1);
});
