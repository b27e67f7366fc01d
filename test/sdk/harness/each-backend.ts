/**
 * Declares the tests of an SDK package once for every backend of this machine, on members behind fault proxies that the
 * tests of one suite share. What a test breaks it mends: the lines are healed after each, members have to be brought
 * back by whoever stopped them.
 *
 *     onEachBackend('a session', (target) => {
 *       test('survives a cut', async () => { … target.endpoints … target.lines.at(0).cut() … });
 *     }, { members: 3 });
 */
import { after, afterEach, before, describe, test } from 'node:test';
import {
  availableBackends,
  type Backend,
  type BackendName,
} from '../../conformance/harness/backend.ts';
import type { WireClient } from '../../conformance/harness/wire-client.ts';
import { Members, type MembersOptions } from './members.ts';

export class SdkTarget {
  readonly backend: BackendName;
  #members: Members | undefined;
  #corners = 0;

  constructor(backend: BackendName) {
    this.backend = backend;
  }

  get members(): Members {
    if (this.#members === undefined) throw new Error('the members run while a test runs');
    return this.#members;
  }

  /** `host:port` of the proxies: what a client under test is given. */
  get endpoints(): readonly string[] {
    return this.members.endpoints;
  }

  get lines(): Members['lines'] {
    return this.members.lines;
  }

  get processes(): Members['processes'] {
    return this.members.processes;
  }

  get wire(): WireClient {
    return this.members.wire;
  }

  /** A namespace that no other test on these members uses, such as `/corner7`. */
  corner(): string {
    return `/corner${++this.#corners}`;
  }

  async start(backend: Backend, options: MembersOptions): Promise<void> {
    this.#members = await Members.start(backend, options);
  }

  async stop(): Promise<void> {
    await this.#members?.[Symbol.asyncDispose]();
  }
}

export function onEachBackend(
  name: string,
  body: (target: SdkTarget) => void,
  options: MembersOptions = {},
): void {
  const backends = availableBackends();
  for (const wanted of ['concord', 'etcd'] as const) {
    const backend = backends.find((one) => one.name === wanted);
    if (backend === undefined) {
      test(`${name}, on ${wanted}`, { skip: `there is no ${wanted} here` }, () => undefined);
      continue;
    }
    describe(`${name}, on ${wanted}`, () => {
      const target = new SdkTarget(wanted);
      before(() => target.start(backend, options));
      after(() => target.stop());
      afterEach(() => target.lines.heal());
      body(target);
    });
  }
}
