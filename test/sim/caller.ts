/**
 * Makes calls over a link that takes its time, and writes the history of them. The member's production services get
 * the encoded request and answer with encoded responses: only HTTP/2 is left out.
 */
import { Metadata, type Method, type StreamCall, type UnaryCall } from '@concord/grpc-server';
import type { Random } from '@concord/testing';
import { encodeMarked, rpcs, type RequestOf } from './calls.ts';
import type { CallOutcome, History, Operation } from './history.ts';
import type { SimulatedCluster } from './cluster.ts';
import type { Incarnation } from './incarnation.ts';
import type { SimulatedMember } from './member.ts';
import type { CallKind } from './temper.ts';
import type { SimulatedWorld } from './world.ts';

/** What a request's bytes become once they are no longer the handler's. */
const STALE_BYTE = 0xff;
const MARGIN_BYTES = 8;
/** How often an answer that was on its way when the member died gets through. */
const ANSWER_SURVIVES = 0.5;

const callBasics = {
  metadata: new Metadata([]),
  peer: 'simulated',
  tlsPeerCertificate: undefined,
  deadline: undefined,
  cancelled: false,
} as const;

/** What the member says, as the link carries it. */
type Answer = { readonly bytes: Uint8Array } | { readonly error: string };

export class Caller {
  readonly #world: SimulatedWorld;
  readonly #random: Random;
  readonly #cluster: SimulatedCluster;
  readonly #history: History;
  readonly #unanswered = new Set<Operation>();
  /** The newest revision in any answer. */
  seenRevision = 1;

  constructor(world: SimulatedWorld, cluster: SimulatedCluster, history: History) {
    this.#world = world;
    this.#random = world.random.fork();
    this.#cluster = cluster;
    this.#history = history;
  }

  /** Calls that live members have taken and not answered, whether or not their clients still wait. */
  get unansweredCount(): number {
    return this.#unanswered.size;
  }

  /** How many calls were made. */
  get count(): number {
    return this.#history.operations.length;
  }

  /** Calls `done` once the client knows the outcome, or knows that it never will. */
  call<Kind extends CallKind>(
    client: number,
    member: SimulatedMember,
    kind: Kind,
    request: RequestOf<Kind>,
    done: (outcome: CallOutcome<Kind>) => void,
  ): void {
    const number = this.#history.operations.length + 1;
    const operation: Operation<Kind> = {
      number,
      client,
      life: '',
      kind,
      request,
      bytes: encodeMarked(kind, request, number),
      invokedAtMs: this.#world.nowMs,
      indexBefore: this.#cluster.witness.appliedIndex,
      arrivedAtMs: NaN,
      answeredIndex: NaN,
      indexAfter: NaN,
      completedAtMs: NaN,
      outcome: undefined,
    };
    this.#history.operations.push(operation);
    const complete = (outcome: CallOutcome<Kind>): void => {
      if (operation.outcome !== undefined) return;
      this.#complete(operation, outcome);
      done(outcome);
    };
    this.#world.queue.schedule(this.#linkMs(), `call ${number} ${kind}`, () =>
      this.#arrive(operation, member, complete),
    );
    const { clientTimeoutMs } = this.#world.temper;
    if (clientTimeoutMs === Infinity) return;
    this.#world.queue.schedule(clientTimeoutMs, `patience ${number}`, () =>
      complete({ kind: 'lost' }),
    );
  }

  #arrive<Kind extends CallKind>(
    operation: Operation<Kind>,
    member: SimulatedMember,
    complete: (outcome: CallOutcome<Kind>) => void,
  ): void {
    const { queue } = this.#world;
    const later = (label: string, outcome: () => CallOutcome<Kind>): void => {
      queue.schedule(this.#linkMs(), `${label} ${operation.number}`, () => complete(outcome()));
    };
    const life = member.incarnation;
    if (!life.isServing) return later('refusal', () => ({ kind: 'refused' }));
    // A paused process takes its requests when it goes on.
    const pausedMs = life.pausedUntilMs - this.#world.nowMs;
    if (pausedMs > 0) {
      queue.schedule(pausedMs, `call ${operation.number}`, () =>
        this.#arrive(operation, member, complete),
      );
      return;
    }
    operation.arrivedAtMs = this.#world.nowMs;
    operation.life = life.label;
    const lose = (): void => {
      this.#unanswered.delete(operation);
      later('loss', () => ({ kind: 'lost' }));
    };
    life.onDeath.add(lose);
    this.#unanswered.add(operation);
    const answer = (said: Answer): void => {
      if (life.isDead) return;
      life.onDeath.delete(lose);
      this.#unanswered.delete(operation);
      if ('bytes' in said) this.#notePromise(member, operation);
      operation.answeredIndex = life.appliedIndex;
      operation.indexAfter = this.#cluster.witness.appliedIndex;
      later('answer', () =>
        life.isDead && !this.#random.chance(ANSWER_SURVIVES)
          ? { kind: 'lost' }
          : this.#outcomeOf(operation.kind, said),
      );
    };
    this.#handOver(life, operation, answer);
  }

  /** What the checkers cannot see in answers, the member is to prove after its next start. */
  #notePromise(member: SimulatedMember, { kind, request }: Operation): void {
    if (kind !== 'compact') return;
    const { physical, revision } = request as RequestOf<'compact'>;
    if (!physical) return;
    member.physicallyCompacted = Math.max(member.physicallyCompacted, revision);
  }

  #handOver(life: Incarnation, { kind, bytes }: Operation, answer: (said: Answer) => void): void {
    const { path } = rpcs[kind];
    const method = life.methods.get(path) as Method;
    // A piece of a connection's buffer, with strange bytes around it.
    const wire = new Uint8Array(bytes.length + 2 * MARGIN_BYTES).fill(STALE_BYTE);
    const request = wire.subarray(MARGIN_BYTES, MARGIN_BYTES + bytes.length);
    request.set(bytes);
    let isAnswered = false;
    const once = (said: Answer): void => {
      if (isAnswered) throw new Error(`${path} was answered twice`);
      isAnswered = true;
      answer(said);
    };
    const fail = (_code: number, message: string): void => once({ error: message });
    if (method.kind === 'unary') {
      const respond = (response: Uint8Array): void => once({ bytes: response.slice() });
      const call: UnaryCall = { ...callBasics, path, fail, respond, onCancel: undefined };
      method.handle(request, call);
    } else {
      const write = (response: Uint8Array): boolean => (once({ bytes: response.slice() }), true);
      const call: StreamCall = { ...callBasics, ...streamBasics, path, fail, write };
      method.open(call).message(request);
    }
    wire.fill(STALE_BYTE);
  }

  #outcomeOf<Kind extends CallKind>(kind: Kind, said: Answer): CallOutcome<Kind> {
    if ('error' in said) return { kind: 'error', message: said.error };
    this.#world.trace.bytes(said.bytes);
    return { kind: 'ok', response: rpcs[kind].response.decode(said.bytes) };
  }

  #complete<Kind extends CallKind>(operation: Operation<Kind>, outcome: CallOutcome<Kind>): void {
    operation.outcome = outcome;
    operation.completedAtMs = this.#world.nowMs;
    const revision = outcome.kind === 'ok' ? (outcome.response.header?.revision ?? 0) : 0;
    this.seenRevision = Math.max(this.seenRevision, revision);
    const text = outcome.kind === 'error' ? outcome.message : `revision ${revision}`;
    this.#world.trace.tell(
      this.#world.queue,
      `call ${operation.number} of client ${operation.client} at ${operation.life || 'nobody'}: ${operation.kind}: ${outcome.kind}, ${text}`,
    );
  }

  #linkMs(): number {
    return this.#random.between(...this.#world.temper.linkMs);
  }
}

const streamBasics = {
  pendingBytes: 0,
  end: () => undefined,
  sendHeaders: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
} as const;
