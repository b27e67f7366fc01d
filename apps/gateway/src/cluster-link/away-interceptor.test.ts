/** Who is told what was last known while the cluster is away, and who is not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { lastValueFrom, of, throwError } from 'rxjs';
import type { Actor } from '../access/actor.ts';
import { AwayInterceptor } from './away-interceptor.ts';
import { ClusterCircuit } from './cluster-circuit.ts';
import { LastKnown } from './last-known.ts';

const away = new ConcordError('UNAVAILABLE', { operation: 'kv.get', problem: 'no answer' });

class Gateway {
  readonly #interceptor: AwayInterceptor;

  constructor(isFromMemory = false) {
    const reflector = { getAllAndOverride: () => isFromMemory } as unknown as Reflector;
    this.#interceptor = new AwayInterceptor(reflector, new ClusterCircuit(), new LastKnown());
  }

  /** A request of `actor`; without an answer the cluster is away. */
  async ask(
    actor: Partial<Actor>,
    answer?: unknown,
    { method = 'GET', cacheControl }: { method?: string; cacheControl?: string } = {},
  ): Promise<{ readonly body: unknown; readonly headers: ReadonlyMap<string, unknown> }> {
    const headers = new Map<string, unknown>();
    if (cacheControl !== undefined) headers.set('cache-control', cacheControl);
    const reply = {
      statusCode: 200,
      getHeader: (name: string) => headers.get(name),
      header: (name: string, value: unknown) => headers.set(name, value),
    };
    const context = {
      getType: () => 'http',
      getHandler: () => () => undefined,
      getClass: () => Gateway,
      switchToHttp: () => ({
        getRequest: () => ({ method, url: '/v1/keys?prefix=/app/', actor }),
        getResponse: () => reply,
      }),
    } as unknown as ExecutionContext;
    const handle = () => (answer === undefined ? throwError(() => away) : of(answer));
    const body: unknown = await lastValueFrom(this.#interceptor.intercept(context, { handle }));
    return { body, headers };
  }
}

const ann = { name: 'ann', via: 'session' } as const;

test('who asked before is told what was known then, and that it is old', async () => {
  const gateway = new Gateway();
  await gateway.ask(ann, { items: [1] });
  const { body, headers } = await gateway.ask(ann);
  assert.deepEqual(body, { items: [1], stale: true });
  assert.equal(headers.get('concord-stale'), 0);
});

test('a token of the same user, which may see less, is not told what the user saw', async () => {
  const gateway = new Gateway();
  await gateway.ask(ann, { items: [1] });
  await assert.rejects(gateway.ask({ name: 'ann', via: 'token', token: 't1' }));
  await assert.rejects(gateway.ask({ name: 'bob', via: 'session' }));
});

test('a secret that was shown is not kept', async () => {
  const gateway = new Gateway();
  await gateway.ask(ann, { content: 'secret' }, { cacheControl: 'no-store' });
  await assert.rejects(gateway.ask(ann), { code: 'UNAVAILABLE' });
});

test('a controller that answers reads from memory sends its writes through the circuit', async () => {
  const gateway = new Gateway(true);
  const write = { method: 'POST' };
  await assert.rejects(gateway.ask(ann, undefined, write), { code: 'UNAVAILABLE' });
  await assert.rejects(gateway.ask(ann, { ok: true }, write), { kind: 'cluster-away' });
  assert.deepEqual((await gateway.ask(ann, { items: [] })).body, { items: [] });
});
