/**
 * Goal: from an idea to a release: a draft apart from what is live, judged by what the running versions declare, released
 * alone or with others, and answered for by each client. Method: the built gateway before a member of each backend, programs
 * with the SDK beside it.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '@concord/client';
import { Configuration, defineConfig, type LiveValue } from '@concord/config';
import { z } from 'zod';
import { onEachBackend, type GatewayTarget } from './harness/gateway-process.ts';

interface Released {
  readonly release: number;
  readonly revision: number;
}
interface Problem {
  readonly status: number;
  readonly detail: string;
}
interface Validation {
  readonly isValid: boolean;
  readonly issues: readonly { readonly line?: number }[];
  readonly versions: readonly {
    readonly version: string;
    readonly instances: number;
    readonly state: string;
    readonly issues: readonly { readonly path?: string }[];
  }[];
}
interface Acknowledgements {
  readonly isConverged: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly items: readonly {
    readonly client: string;
    readonly state: string;
    readonly error?: string;
  }[];
}

/** A running version of a program. */
class Program implements AsyncDisposable {
  readonly client: Client;
  readonly config: Configuration;

  private constructor(client: Client, config: Configuration) {
    this.client = client;
    this.config = config;
  }

  static async start(target: GatewayTarget, version: string, region = 'eu'): Promise<Program> {
    const app = { name: 'orders', version, labels: { region } };
    const client = await Client.connect({ endpoints: [target.server.endpoint], app });
    return new Program(
      client,
      new Configuration(client, { environment: false, clientId: `orders-${version}` }),
    );
  }

  async watch(id: string, schema: z.ZodType): Promise<LiveValue<unknown>> {
    return this.config.watch(defineConfig({ id, schema, fallback: { max: 1 } }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.config.close();
    await this.client.close();
  }
}

const older = z.object({ max: z.number().positive() });
const newer = older.extend({ min: z.number().default(0) });

onEachBackend('drafts and releases by HTTP', (target) => {
  const url = (path: string): string => `/v1/configs/default/${path}`;
  const ask = <Body>(method: string, path: string, body?: object, headers = {}) =>
    target.gateway.json<Body & Problem>(method, url(path), { body, headers });
  const until = async <Body>(path: string, holds: (body: Body) => boolean): Promise<Body> => {
    for (;;) {
      const { body } = await ask<Body>('GET', path);
      if (holds(body)) return body;
    }
  };

  test('a draft is apart from what is live, and its release is refused when that has moved', async () => {
    const path = `${target.name('draft')}/db`;
    await ask('PUT', path, { content: 'one' });
    const live = (await ask('GET', path)).headers.get('etag') ?? '';
    const draft = await ask<{ base: number; isOutdated: boolean }>('PUT', `${path}/draft`, {
      content: 'mine',
    });
    assert.deepEqual([draft.status, draft.body.base, draft.body.isOutdated], [200, 1, false]);
    const isNew = await ask('GET', path, undefined, { 'if-none-match': live });
    assert.equal(isNew.status, 200, 'the document says that there is a draft now');
    const tag = { 'if-none-match': isNew.headers.get('etag') ?? '' };
    assert.equal((await ask('GET', path, undefined, tag)).status, 304);
    assert.equal((await ask<{ content: string }>('GET', path)).body.content, 'one');
    const diff = await ask<{ lines: string[] }>('GET', `${path}/diff?to=draft`);
    assert.deepEqual(diff.body.lines, ['-one', '+mine']);
    await ask('PUT', path, { content: 'two' });
    const outdated = await ask<{ isOutdated: boolean }>('GET', `${path}/draft`);
    assert.equal(outdated.body.isOutdated, true);
    const refused = await ask('POST', `${path}/release`, {});
    assert.equal(refused.status, 409);
    assert.match(refused.body.detail, /release 2.*release 1/);
    const rebased = await ask(
      'PUT',
      `${path}/draft`,
      { content: 'both', base: 2 },
      {
        'if-match': outdated.headers.get('etag') ?? '',
      },
    );
    assert.equal(rebased.status, 200);
    assert.equal(
      (await ask('PUT', `${path}/draft`, { content: 'x' }, { 'if-match': '"1"' })).status,
      412,
    );
    const released = await ask<Released>('POST', `${path}/release`, { comment: 'at last' });
    assert.equal(released.body.release, 3);
    assert.equal((await ask('GET', `${path}/draft`)).status, 404);
    assert.equal((await ask<{ content: string }>('GET', path)).body.content, 'both');
  });

  test('content is judged by what each running version declares', async () => {
    const path = `${target.name('pool')}.json`;
    await ask('PUT', path, { content: { max: 5 } });
    await using first = await Program.start(target, '1.0.0');
    await using second = await Program.start(target, '2.0.0');
    await first.watch(path, older);
    await second.watch(path, newer.extend({ max: z.number().max(10) }));
    await until<{ items: unknown[] }>(`${path}/schemas`, ({ items }) => items.length === 2);
    await until<Acknowledgements>(
      `${path}/acknowledgements`,
      ({ counts }) => counts['applied'] === 2,
    );
    const judged = await ask<Validation>('POST', `${path}/validate`, { content: { max: 50 } });
    assert.equal(judged.body.isValid, false);
    assert.deepEqual(
      judged.body.versions
        .map(({ version, instances, state, issues }) => [
          version,
          instances,
          state,
          issues[0]?.path,
        ])
        .sort(),
      [
        ['1.0.0', 1, 'valid', undefined],
        ['2.0.0', 1, 'invalid', 'max'],
      ],
    );
    const malformed = await ask<Validation>('POST', `${path}/validate`, { content: '{\n"max": }' });
    assert.equal(malformed.body.issues[0]?.line, 2);
    const refused = await ask('POST', `${path}/release`, { content: { max: 50 }, checked: true });
    assert.equal(refused.status, 422);
    assert.match(refused.body.detail, /orders 2\.0\.0 \(1 running\): max/);
    const released = await ask<Released>('POST', `${path}/release`, { content: { max: 50 } });
    assert.equal(released.status, 200);
    const said = await until<Acknowledgements>(
      `${path}/acknowledgements?expected=orders-3.0.0`,
      ({ counts }) => counts['rejected'] === 1 && counts['applied'] === 1,
    );
    assert.equal(said.isConverged, false);
    assert.deepEqual(
      said.items.map(({ client, state }) => [client, state]),
      [
        ['orders-2.0.0', 'rejected'],
        ['orders-3.0.0', 'offline'],
        ['orders-1.0.0', 'applied'],
      ],
    );
    assert.match(said.items[0]?.error ?? '', /max/);
  });

  test('several items are released at one revision, or none of them', async () => {
    const prefix = target.name('several');
    await ask('PUT', `${prefix}/a/draft`, { content: 'from a draft' });
    const all = await target.gateway.json<{ items: Released[]; revision: number }>(
      'POST',
      '/v1/configs/default/release',
      { body: { items: [{ path: `${prefix}/a` }, { path: `${prefix}/b`, content: 'given' }] } },
    );
    assert.equal(all.status, 200);
    assert.deepEqual(
      all.body.items.map(({ revision }) => revision),
      [all.body.revision, all.body.revision],
    );
    const refused = await target.gateway.json<Problem>('POST', '/v1/configs/default/release', {
      body: {
        items: [
          { path: `${prefix}/a`, content: 'again' },
          { path: `${prefix}/b`, content: 'again', base: 7 },
        ],
      },
    });
    assert.equal(refused.status, 409);
    assert.equal((await ask<Released>('GET', `${prefix}/a`)).body.release, 1);
  });

  test('what a client sees is told with its layer, its track and the reason', async () => {
    const path = `${target.name('effective')}/url`;
    const seen = async (
      query: string,
    ): Promise<{ layer: string; track: string; why: string; content?: string }> =>
      (
        await ask<{ layer: string; track: string; why: string }>(
          'GET',
          `${path}/effective?${query}`,
        )
      ).body;
    assert.equal((await seen('')).layer, 'none');
    await using program = await Program.start(target, '1.0.0');
    await program.client.kv.put(`/${path}`, 'by hand');
    assert.deepEqual([(await seen('')).layer, (await seen('')).content], ['plain', 'by hand']);
    await program.config.release(path, 'base');
    await program.config.release(path, 'for eu', { gray: { name: 'eu', match: { region: 'eu' } } });
    const eu = await seen('id=x&label=region=eu');
    assert.deepEqual([eu.layer, eu.track, eu.content], ['gray', 'eu', 'for eu']);
    const us = await seen('id=x&label=region=us');
    assert.deepEqual([us.layer, us.track, us.content], ['release', 'base', 'base']);
    assert.match(eu.why, /labels match \(region\)/);
  });
});

onEachBackend('namespaces as a whole by HTTP', (target) => {
  const ask = <Body>(method: string, path: string, body?: object) =>
    target.gateway.json<Body & Problem>(method, `/v1/configs/${path}`, { body });

  test('a bundle that is taken away comes back elsewhere, at one revision or not at all', async () => {
    await ask('PUT', 'one/a.json', { content: { max: 1 }, comment: 'first' });
    await ask('PUT', 'one/b/c', { content: 'text' });
    const bundle = await ask<{ items: { path: string }[] }>('GET', 'one/export');
    assert.deepEqual(
      bundle.body.items.map(({ path }) => path),
      ['a.json', 'b/c'],
    );
    const planned = await ask<{ isDone: boolean; items: { change: string }[] }>(
      'POST',
      'two/import?dryRun=true',
      bundle.body,
    );
    assert.deepEqual([planned.body.isDone, planned.body.items[0]?.change], [false, 'created']);
    assert.equal((await ask('GET', 'two/a.json')).status, 404);
    const yaml = await (
      await fetch(`${target.gateway.url}/v1/configs/one/export?format=yaml`)
    ).text();
    const imported = await ask<{ revision: number }>('POST', 'two/import', {
      yaml,
      reason: 'a copy',
    });
    assert.equal(imported.status, 200);
    const copy = await ask<{ revision: number; comment: string }>('GET', 'two/b%2Fc');
    assert.deepEqual([copy.body.revision, copy.body.comment], [imported.body.revision, 'a copy']);
    const again = await ask<{ items: { change: string }[] }>('POST', 'two/import', bundle.body);
    assert.deepEqual(
      again.body.items.map(({ change }) => change),
      ['unchanged', 'unchanged'],
    );
    const bad = {
      kind: 'concord.config/v1',
      items: [{ path: 'x.json', format: 'json', content: '{' }],
    };
    assert.equal((await ask('POST', 'two/import', bad)).status, 422);
    assert.equal((await ask('POST', 'two/import', { yaml: 'kind: other' })).status, 400);
  });

  test('a bundle of a thousand items comes in parts, and does nothing when it is repeated', async () => {
    const items = Array.from({ length: 1000 }, (_, index) => ({
      path: `app-${String(index).padStart(4, '0')}.json`,
      format: 'json',
      content: `{"index":${index}}`,
    }));
    const bundle = { kind: 'concord.config/v1', items };
    interface Outcome {
      transactions: number;
      items: { path: string; outcome: string; revision?: number }[];
    }
    const outcomes = ({ items: all }: Outcome) => [...new Set(all.map(({ outcome }) => outcome))];
    const first = await ask<Outcome>('POST', 'large/import', bundle);
    assert.equal(first.status, 200, JSON.stringify(first.body).slice(0, 500));
    assert.deepEqual([first.body.transactions, outcomes(first.body)], [32, ['released']]);
    assert.equal(new Set(first.body.items.map(({ revision }) => revision)).size, 32);
    const last = await ask<{ content: string }>('GET', 'large/app-0999.json');
    assert.equal(last.body.content, '{"index":999}');
    const again = await ask<Outcome>('POST', 'large/import', bundle);
    assert.deepEqual([again.body.transactions, outcomes(again.body)], [0, ['unchanged']]);

    const huge = { path: 'huge', format: 'text', content: 'x'.repeat(800 * 1024) };
    interface Refused {
      errors: { field: string }[];
    }
    const refused = await ask<Refused>('POST', 'refused/import', {
      ...bundle,
      items: [items[0], huge],
    });
    assert.equal(refused.status, 422);
    assert.equal(refused.body.errors[0]?.field, 'body.items.1.content');
    assert.equal((await ask('GET', 'refused/app-0000.json')).status, 404);
  });

  test('contents are searched, with the lines that hold the text', async () => {
    await ask('PUT', 'searched/a', { content: 'one\nneedle here\nthree' });
    await ask('PUT', 'searched/b', { content: 'nothing' });
    const found = await ask<{ items: { path: string; lines: { line: number }[] }[] }>(
      'GET',
      'searched/search?content=needle',
    );
    assert.deepEqual(
      found.body.items.map(({ path, lines }) => [path, lines[0]?.line]),
      [['a', 2]],
    );
  });
});
