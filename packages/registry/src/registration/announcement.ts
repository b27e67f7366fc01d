/**
 * What an instance says of itself, and which life of it says so. Every change counts up `version`, so that a writer
 * knows whether the key says the newest.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { InstanceState } from '../instance.ts';
import { encodeRecord, RECORD_BYTES_MAX, type InstanceRecord } from '../instance-record.ts';
import type { Labels } from '../labels.ts';
import { invalidOption } from '../options.ts';
import type { CheckedRegisterOptions } from './register-options.ts';

const HOST_CHARACTERS_MAX = 80;

export interface AnnouncementChange {
  readonly weight?: number;
  readonly labels?: Labels;
  readonly metadata?: unknown;
  /** What the service says by `setServing`. */
  readonly isServing?: boolean;
  /** What its readiness check says. */
  readonly isReady?: boolean;
  readonly isDraining?: true;
}

type Fixed = Pick<
  InstanceRecord,
  'id' | 'service' | 'address' | 'port' | 'ports' | 'zone' | 'warmupMs' | 'ttlMs' | 'app'
>;

type Said = Required<Omit<AnnouncementChange, 'isDraining'>> & { readonly isDraining: boolean };

export class Announcement {
  readonly #fixed: Fixed;
  #said: Said;
  #incarnation = '';
  #registeredAt = 0;
  #servingSince: number | undefined;
  #version = 0;

  /** @param wallMs - now, on the wall clock, which consumers read it by */
  constructor(fixed: Fixed, said: Said, incarnation: string, wallMs: number) {
    this.#fixed = fixed;
    this.#said = said;
    this.reincarnate(incarnation, wallMs);
  }

  get version(): number {
    return this.#version;
  }

  get incarnation(): string {
    return this.#incarnation;
  }

  get isDraining(): boolean {
    return this.#said.isDraining;
  }

  get state(): InstanceState {
    if (this.#said.isDraining) return 'draining';
    return this.#said.isServing && this.#said.isReady ? 'serving' : 'starting';
  }

  /** Begins another life. */
  reincarnate(incarnation: string, wallMs: number): void {
    this.#incarnation = incarnation;
    this.#registeredAt = wallMs;
    this.#servingSince = this.state === 'serving' ? wallMs : undefined;
    this.#version += 1;
  }

  /** Says something else from now on; what says nothing new changes nothing. */
  change(change: AnnouncementChange, wallMs: number): void {
    const next = { ...this.#said, ...change };
    if (JSON.stringify(next) === JSON.stringify(this.#said)) return;
    this.#said = next;
    if (this.state === 'serving') this.#servingSince ??= wallMs;
    // What was unready warms up again.
    if (this.state === 'starting') this.#servingSince = undefined;
    this.#version += 1;
  }

  /**
   * Whether the record would still fit after the change.
   *
   * @throws ConcordError `INVALID_ARGUMENT`
   */
  checkSize(operation: string, change: AnnouncementChange = {}): void {
    const bytes = Buffer.byteLength(this.#encode({ ...this.#said, ...change }));
    if (bytes <= RECORD_BYTES_MAX) return;
    const allowed = `shorten it by ${bytes - RECORD_BYTES_MAX}: an instance has ${RECORD_BYTES_MAX} bytes, labels included`;
    throw invalidOption(operation, 'metadata', `of ${bytes} bytes`, allowed);
  }

  /** The value of its key. */
  encode(): string {
    return this.#encode(this.#said);
  }

  #encode({ weight, labels, metadata }: Said): string {
    return encodeRecord({
      ...this.#fixed,
      weight,
      labels,
      metadata,
      state: this.state,
      incarnation: this.#incarnation,
      registeredAt: this.#registeredAt,
      ...(this.#servingSince !== undefined && { servingSince: this.#servingSince }),
    });
  }
}

/** What a registration says first. */
export function announcementOf(
  options: CheckedRegisterOptions,
  id: string,
  address: string,
  app: InstanceRecord['app'],
): Announcement {
  const { definition, port, ports, zone, warmupMs, ttlMs, weight, labels, metadata } = options;
  const isServing = options.readiness !== undefined || options.start === 'serving';
  const isReady = options.readiness === undefined || options.start === 'serving';
  return new Announcement(
    {
      id,
      service: definition.name,
      address,
      port,
      ...(ports !== undefined && { ports }),
      ...(zone !== undefined && { zone }),
      ...(warmupMs > 0 && { warmupMs }),
      ttlMs,
      ...(app !== undefined && { app }),
    },
    { weight, labels, metadata, isServing, isReady, isDraining: false },
    randomUUID(),
    Date.now(),
  );
}

/** An id that says where it runs to whoever reads it, and is unlike any before. */
export function newId(port: number): string {
  const host = hostname()
    .replaceAll(/[^A-Za-z0-9-]/g, '-')
    .replace(/^-+/, '');
  const name = host === '' ? 'host' : host.slice(0, HOST_CHARACTERS_MAX);
  return `${name}-${port}-${randomBytes(3).toString('hex')}`;
}
