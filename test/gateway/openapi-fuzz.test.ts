/**
 * Goal: nothing that a client sends leads to a 500, and what is answered is what the document says. Method: requests for
 * every operation of `/openapi.json`, made of its schemas, then broken in every place; answers are checked against the
 * document by ajv. Environment: `CONCORD_FUZZ_RUNS` (requests of each kind and operation, default 4),
 * `CONCORD_FUZZ_SEED` (that of a failure, which prints it).
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { onEachBackend } from './harness/gateway-process.ts';
import { brokenRequest, likelyRequest, type RawRequest } from './harness/openapi-requests.ts';
import { operationsOf, type Document, type Operation } from './harness/openapi-document.ts';

const RUNS = Number(process.env['CONCORD_FUZZ_RUNS'] ?? 4);
const SEED = Number(process.env['CONCORD_FUZZ_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));

/** They change what every other request relies on: the only member, the leader, the gateway's way in, all leases. */
const LEFT_OUT: readonly string[] = [
  'removeMember',
  'updateMember',
  'addMember',
  'moveLeader',
  'setUp',
];
/** The gateway says by these that the cluster is away, slow, or full: nothing that the request could help. */
const EXCUSED: readonly number[] = [503, 504, 507];

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

async function ask(url: string, { method, path, headers, body }: RawRequest): Promise<Answer> {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), 10_000);
  try {
    const response = await fetch(url + path, {
      method,
      headers,
      ...(body !== undefined && { body }),
      signal: end.signal,
    });
    const type = response.headers.get('content-type') ?? '';
    const isEndless = type.startsWith('text/event-stream');
    if (isEndless) await response.body?.cancel();
    return { status: response.status, type, text: isEndless ? '' : await response.text() };
  } finally {
    clearTimeout(timer);
  }
}

onEachBackend(
  'the OpenAPI document',
  (target) => {
    let document: Document;
    const validators = new Map<string, ValidateFunction>();
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);

    before(async () => {
      document = (await target.gateway.json<Document>('GET', '/openapi.json')).body;
    });

    test('is one of OpenAPI 3.1, whose operations have ids of their own', async () => {
      const result = await new Validator().validate(structuredClone(document) as never);
      assert.deepEqual(result.errors ?? [], []);
      const ids = operationsOf(document).map(({ id }) => id);
      assert.deepEqual(
        ids.filter((id, at) => ids.indexOf(id) !== at),
        [],
      );
      for (const { id, summary, tags } of operationsOf(document))
        assert.ok(summary && tags.length > 0, `${id} says what it does, and where it belongs`);
    });

    const checked = (operation: Operation, answer: Answer): void => {
      const { status, type, text } = answer;
      if (status >= 400 && !type.startsWith('application/problem+json')) {
        // Terminus answers in its own way, as load balancers know it.
        assert.ok(
          operation.path.startsWith('/health/'),
          `a problem document, not ${type}: ${text}`,
        );
        return;
      }
      if (status >= 400) {
        const problem = JSON.parse(text) as {
          type: string;
          status: number;
          detail: string;
          errors?: { field: string }[];
        };
        assert.equal(problem.status, status);
        assert.match(problem.type, /^urn:concord:problem:[a-z-]+$/);
        assert.ok(problem.detail.length > 0);
        if (problem.type === 'urn:concord:problem:invalid-request')
          assert.ok((problem.errors?.length ?? 0) > 0, `a fault names its field: ${text}`);
        return;
      }
      const schema = operation.responses[String(status)];
      assert.ok(schema !== undefined || status === 304, `${status} is documented`);
      if (schema === undefined || schema === null || text === '') return;
      const name = `${operation.id} ${status}`;
      const validate = validators.get(name) ?? ajv.compile(schema);
      validators.set(name, validate);
      if (!type.startsWith('application/json')) return;
      const isValid = validate(JSON.parse(text));
      assert.ok(isValid, `${ajv.errorsText(validate.errors)}: ${text.slice(0, 500)}`);
    };

    const sound = async (operation: Operation, request: RawRequest): Promise<void> => {
      const answer = await ask(target.gateway.url, request).catch((error: unknown) => {
        throw new Error(`${operation.id}: ${request.method} ${request.path}: no answer`, {
          cause: error,
        });
      });
      const shown = `${operation.id}: ${request.method} ${request.path} ${String(request.body).slice(0, 500)} → ${answer.status} ${answer.text.slice(0, 500)}`;
      assert.ok(answer.status < 500 || EXCUSED.includes(answer.status), shown);
      try {
        if (answer.status >= 400 || request.isForeign !== true) checked(operation, answer);
      } catch (error) {
        throw new Error(`${shown}\n${(error as Error).message}`, { cause: error });
      }
    };

    for (const [kind, requestOf] of [
      ['likely', likelyRequest],
      ['broken', brokenRequest],
    ] as const) {
      test(`${kind} requests are answered as it says, and never by a 500`, async (context) => {
        context.diagnostic(`seed ${SEED}`);
        const failures: string[] = [];
        for (const operation of operationsOf(document)) {
          if (LEFT_OUT.includes(operation.id)) continue;
          const run = await fc.check(
            fc.asyncProperty(requestOf(operation), (request) => sound(operation, request)),
            { numRuns: RUNS, seed: SEED, endOnFailure: true },
          );
          if (run.failed) failures.push((run.errorInstance as Error).message);
        }
        assert.equal(failures.length, 0, `seed ${SEED}\n${failures.join('\n\n')}`);
      });
    }

    test('it still serves after all that', async () => {
      const { status } = await target.gateway.json('GET', '/v1/cluster/status');
      assert.equal(status, 200);
    });
  },
  { backends: ['concord'] },
);
