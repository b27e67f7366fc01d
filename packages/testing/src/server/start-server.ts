/**
 * A member for tests: `await using server = await startServer()` gives endpoints, and its end removes everything.
 * It runs in a thread of this process, with a data directory and a port of its own, so that tests need no set-up
 * and can run side by side. A fault proxy stands before it, and its time may be the test's.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FaultProxy } from '../proxy/fault-proxy.ts';
import { durationMs, type Duration } from './duration.ts';
import { EmbeddedMember } from './embedded-member.ts';
import { leaseId, type LeaseId } from './lease-id.ts';

export interface ServerOptions {
  /** Kept when given; otherwise a temporary directory that is removed at the end. */
  readonly dataDirectory?: string;
  /** Further flags of `concord`, such as `['--max-txn-ops', '16']`. */
  readonly flags?: readonly string[];
  /**
   * With `virtual`, the time by which the server's leases and tokens count stands until `advance`. Default `real`.
   * Requests, elections and the clients' own clocks go by real time all the same.
   */
  readonly time?: 'real' | 'virtual';
}

export interface TestServer extends AsyncDisposable {
  /** `host:port`, as clients take them; they stay the same when the server restarts. */
  readonly endpoints: readonly string[];
  readonly dataDirectory: string;
  /** The way to the server, for faults other than `partition`: `server.line.delay(50)`. */
  readonly line: FaultProxy;
  /**
   * Lets time pass, such as `'15s'`. Resolves when all leases that have ended by then are gone, with their keys.
   *
   * @throws Error where the server's time is real; RangeError for what is no span of time
   */
  advance(span: Duration): Promise<void>;
  /**
   * Ends a lease now, as if it had not been kept alive.
   *
   * @param id - a number, or its decimal digits
   * @throws Error where there is no such lease
   */
  expireLease(id: LeaseId): Promise<void>;
  /**
   * Throws history away up to a revision, itself included; up to the newest by default. Where that is the newest, a
   * key of the server's own is written and deleted. Answers the oldest revision that can be read still.
   *
   * @throws Error where that has been thrown away already
   */
  compactPast(revision?: number): Promise<number>;
  /** Clients can't reach the server any more: connections break, new ones too, until `heal`. */
  partition(): void;
  /** Ends `partition`, and whatever else was done to the `line`. */
  heal(): void;
  /** Stops the server and starts it again on its data. Connections break; endpoints stay. */
  restart(): Promise<void>;
  /** Stops it and removes what was temporary. */
  stop(): Promise<void>;
}

const ANY_PORT = 'http://127.0.0.1:0';

/** Rejects with the member's own words if it can't start. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const isTemporary = options.dataDirectory === undefined;
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'concord-')));
  const remove = async (): Promise<void> => {
    if (isTemporary) await rm(dataDirectory, { recursive: true, force: true });
  };
  const flags = [
    ...['--data-dir', dataDirectory, '--log-level', 'error'],
    ...['--listen-client-urls', ANY_PORT, '--advertise-client-urls', ANY_PORT],
    ...['--listen-peer-urls', ANY_PORT],
    ...(options.flags ?? []),
  ];
  const start = { flags, time: options.time ?? 'real' };
  let member: EmbeddedMember;
  try {
    member = await EmbeddedMember.start(start);
  } catch (error) {
    await remove();
    throw error;
  }
  const line = await FaultProxy.start({ target: targetOf(member) });
  return new EmbeddedServer({ start, member, line, dataDirectory, remove });
}

/** Flags may have given it several; the first serves clients. */
const targetOf = ({ endpoints }: EmbeddedMember): string => endpoints[0] ?? '';

interface ServerParts {
  readonly start: { readonly flags: readonly string[]; readonly time: 'real' | 'virtual' };
  readonly member: EmbeddedMember;
  readonly line: FaultProxy;
  readonly dataDirectory: string;
  readonly remove: () => Promise<void>;
}

class EmbeddedServer implements TestServer {
  readonly endpoints: readonly string[];
  readonly dataDirectory: string;
  readonly line: FaultProxy;
  readonly #parts: ServerParts;
  #member: EmbeddedMember;
  #stopped: Promise<void> | undefined;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#member = parts.member;
    this.line = parts.line;
    this.endpoints = [parts.line.endpoint];
    this.dataDirectory = parts.dataDirectory;
  }

  async advance(span: Duration): Promise<void> {
    if (this.#parts.start.time === 'real') {
      throw new Error(
        "server.advance: the server's time is the real one; start it with startServer({ time: 'virtual' })",
      );
    }
    await this.#member.tell({ kind: 'advance', ms: durationMs(span, 'server.advance') });
  }

  async expireLease(id: LeaseId): Promise<void> {
    await this.#member.tell({ kind: 'expire-lease', id: leaseId(id) });
  }

  async compactPast(revision?: number): Promise<number> {
    return (await this.#member.tell({ kind: 'compact-past', revision })) ?? 0;
  }

  partition(): void {
    this.line.cut();
  }

  heal(): void {
    this.line.heal();
  }

  async restart(): Promise<void> {
    await this.#member.stop();
    this.#member = await EmbeddedMember.start(this.#parts.start);
    this.line.target = targetOf(this.#member);
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #stop(): Promise<void> {
    await this.line.close();
    await this.#member.stop();
    await this.#parts.remove();
  }
}
