/** What every call has in common: who asks, how long there is, what is told of failures, and the audit. */
import type { Metadata, ServerUnaryCall, ServerWritableStream } from '@grpc/grpc-js';
import { RpcException } from '@nestjs/microservices';
import { Observable } from 'rxjs';
import type { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import type { Identification } from '../access/identification.ts';
import { bounded, presentable } from '../audit/audit-record.ts';
import { inAuditScope } from '../audit/audit-scope.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { problemOf } from '../http/problem-of.ts';
import { Problem } from '../http/problem.ts';
import type { Log } from '../log.ts';
import { failureOf } from './rpc-status.ts';

export type UnaryCall = ServerUnaryCall<unknown, unknown>;
export type StreamCall<Message> = ServerWritableStream<unknown, Message>;
type Call = UnaryCall | StreamCall<never>;

export interface CallContext {
  readonly actor: Actor;
  /** Aborts when the caller cancels, or the deadline of the call is over. */
  readonly signal: AbortSignal;
}

export class RpcDesk {
  readonly #identification: Identification;
  readonly #trail: AuditTrail;
  readonly #log: Log;

  constructor(identification: Identification, trail: AuditTrail, log: Log) {
    this.#identification = identification;
    this.#trail = trail;
    this.#log = log;
  }

  /** @throws RpcException the status of whatever problem there is */
  async read<T>(call: UnaryCall, work: (context: CallContext) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#context(call));
    } catch (error) {
      throw this.#failure(error);
    }
  }

  /** The same for what changes something: the audit says so. */
  async write<T>(
    call: UnaryCall,
    action: string,
    subject: string,
    work: (context: CallContext) => Promise<T>,
  ): Promise<T> {
    let context: CallContext | undefined;
    return inAuditScope(async (told) => {
      let status = 200;
      try {
        context = await this.#context(call);
        return await work(context);
      } catch (error) {
        ({ status } = problemOf(error));
        throw this.#failure(error);
      } finally {
        this.#record(call, context, { action, subject, status, facts: told() });
      }
    });
  }

  /** A stream that `work` writes to by itself, until it resolves or the call ends. */
  stream<Message>(
    call: StreamCall<Message>,
    work: (context: CallContext) => Promise<void>,
  ): Observable<never> {
    return new Observable((subscriber) => {
      const end = new AbortController();
      void this.#context(call as never)
        .then(({ actor, signal }) => work({ actor, signal: AbortSignal.any([signal, end.signal]) }))
        .then(
          () => subscriber.complete(),
          (error: unknown) => {
            if (end.signal.aborted || call.cancelled) subscriber.complete();
            else subscriber.error((this.#failure(error) as RpcException).getError());
          },
        );
      return () => end.abort();
    });
  }

  /** The same for what is worth a record though it only reads. */
  sensitiveStream<Message>(
    call: StreamCall<Message>,
    action: string,
    subject: string,
    work: (context: CallContext) => Promise<void>,
  ): Observable<never> {
    return this.stream(call, async (context) => {
      let status = 200;
      try {
        await work(context);
      } catch (error) {
        ({ status } = problemOf(error));
        throw error;
      } finally {
        this.#record(call, context, { action, subject, status, facts: {} });
      }
    });
  }

  #record(
    call: Call,
    context: CallContext | undefined,
    done: {
      readonly action: string;
      readonly subject: string;
      readonly status: number;
      readonly facts: { readonly before?: unknown; readonly after?: unknown };
    },
  ): void {
    const { action, subject, status, facts } = done;
    const [before, after] = [presentable(facts.before), presentable(facts.after)];
    this.#trail.add({
      actor: bounded(context?.actor.name ?? '-'),
      via: context?.actor.via ?? '-',
      source: { address: call.getPeer() },
      action,
      subject: bounded(subject),
      outcome: status < 400 ? 'done' : status < 500 ? 'refused' : 'failed',
      status,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      requestId: `grpc-${call.getPath()}`,
    });
  }

  async #context(call: Call): Promise<CallContext> {
    const gone = new AbortController();
    if (call.cancelled) gone.abort();
    else call.once('cancelled', () => gone.abort());
    return { actor: await this.#actor(call.metadata), signal: gone.signal };
  }

  async #actor(metadata: Metadata): Promise<Actor> {
    const [authorization] = metadata.get('authorization');
    const [, token = ''] = /^Bearer +(\S+) *$/i.exec(String(authorization ?? '')) ?? [];
    const actor = await this.#identification.ofBearer(token);
    if (actor !== undefined) return actor;
    throw new Problem('unauthenticated', {
      detail: 'this needs a session or a token: send the metadata "authorization: Bearer …"',
    });
  }

  #failure(error: unknown): Error {
    const problem = problemOf(error);
    if (problem.kind === 'internal') this.#log.error({ err: error }, problem.message);
    return new RpcException(failureOf(problem));
  }
}

/** Writes a message, and waits until the caller can take another. */
export async function sent<Message>(
  call: StreamCall<Message>,
  message: Message,
  signal: AbortSignal,
): Promise<void> {
  if (call.write(message)) return;
  await new Promise<void>((resolve) => {
    call.once('drain', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** What a schema makes of a part of a request. @throws Problem `invalid-request` naming each field */
export function checked<T>(schema: z.ZodType<T>, value: unknown, prefix = ''): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({
    field: [prefix, ...path.map(String)].filter((part) => part !== '').join('.'),
    message,
  }));
  throw new Problem('invalid-request', {
    detail: errors.map(({ field, message }) => `${field}: ${message}`).join('; '),
    errors,
  });
}

/** Fields without those that were not given: schemas take them as absent. */
export const given = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
