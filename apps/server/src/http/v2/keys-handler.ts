/** `/v2/keys`: reads a request, has it done, and answers with what came of it and the indexes in headers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ByteString } from '@concord/protocol';
import type { LocalCaller } from '../../rpc/local-call.ts';
import { answerLate } from '../http-server.ts';
import type { EventFeed } from './event-feed.ts';
import { Form } from './form.ts';
import { KeyError } from './key-error.ts';
import { eventBody, isCreation, type KeyEvent } from './key-event.ts';
import { cleanPath } from './key-path.ts';
import {
  parseKeyRequest,
  type KeyMethod,
  type KeyRequest,
  type WaitRequest,
} from './key-request.ts';
import { told, type KeyStore } from './key-store.ts';
import type { LocalStore } from './local-store.ts';
import { json, JSON_TYPE, methodNotAllowed, sendReply, type V2Reply } from './reply.ts';
import { readBody } from './request-body.ts';
import type { StoreStats } from './store-stats.ts';
import { readIndexOfHistory } from './tree-reading.ts';
import type { Waiters } from './waiters.ts';

const METHODS: readonly string[] = ['HEAD', 'GET', 'PUT', 'POST', 'DELETE'] satisfies KeyMethod[];
/** Unsent bytes of a client that does not read its stream: then the stream ends, as etcd's does after 100 events. */
const STREAM_BYTES_MAX = 1024 * 1024;

export interface KeysHandlerOptions {
  readonly store: LocalStore;
  readonly keys: KeyStore;
  readonly feed: EventFeed;
  readonly waiters: Waiters;
  readonly stats: StoreStats;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How far the log has come. */
  readonly raft: () => { readonly index: number; readonly term: number };
  readonly headers: Readonly<Record<string, string>>;
}

/** Somebody who waits, and what ends that. */
interface OpenWait {
  readonly caller: LocalCaller;
  readonly end: () => void;
}

export class KeysHandler {
  readonly #options: KeysHandlerOptions;
  readonly #openWaits = new Set<OpenWait>();

  constructor(options: KeysHandlerOptions) {
    this.#options = options;
  }

  /** @param path what follows `/v2/keys` */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: ByteString,
    query: ByteString,
    caller: LocalCaller,
  ): Promise<void> {
    if (!METHODS.includes(request.method ?? '')) {
      sendReply(request, response, methodNotAllowed({ Allow: METHODS.join() }));
      return;
    }
    try {
      const asked = await this.#parse(request, path, query);
      if (asked.ask.kind !== 'wait') answerLate(request);
      if (asked.ask.kind === 'wait') await this.#wait(asked.ask, request, response, caller);
      else sendReply(request, response, await this.#answer(asked, caller));
    } catch (error) {
      if (!(error instanceof KeyError)) throw error;
      sendReply(request, response, this.#failure(error));
    }
  }

  async #parse(request: IncomingMessage, path: ByteString, query: ByteString): Promise<KeyRequest> {
    const method = request.method as KeyMethod;
    const takesForm = method === 'PUT' || method === 'POST';
    const text = takesForm ? await readBody(request) : '';
    if (text === undefined) throw new KeyError('invalidForm', 'http: POST too large');
    const contentType = request.headers['content-type'];
    const form = Form.parse(query, takesForm ? { contentType, text } : undefined);
    return parseKeyRequest(method, cleanPath(path), form, this.#options.now());
  }

  async #answer({ ask, omitsValueOnSuccess }: KeyRequest, caller: LocalCaller): Promise<V2Reply> {
    const { keys, stats } = this.#options;
    if (ask.kind === 'wait') throw new Error('a wait is answered as a stream');
    try {
      if (ask.kind === 'read') {
        const { node, index } = await keys.read(ask, caller);
        stats.succeeded('read');
        return json(200, eventBody({ action: 'get', node }), this.#indexes(index));
      }
      const event = await keys.write(ask, caller);
      if (event === undefined) throw new Error('only an expiry can be overtaken');
      stats.succeeded(ask.kind);
      const index = event.node.modifiedIndex;
      const body = omitsValueOnSuccess ? shortBody(event) : eventBody(event);
      return json(isCreation(event) ? 201 : 200, body, this.#indexes(index));
    } catch (error) {
      if (error instanceof KeyError) stats.failed(ask.kind);
      throw error;
    }
  }

  /** Headers at once, then events as they come; one only, unless a stream is wanted. */
  async #wait(
    ask: WaitRequest,
    request: IncomingMessage,
    response: ServerResponse,
    caller: LocalCaller,
  ): Promise<void> {
    const { store, feed, waiters } = this.#options;
    const index = await told(readIndexOfHistory(store, caller));
    await told(feed.ready());
    request.resume();
    const begin = (): void => {
      if (response.headersSent) return;
      response.writeHead(200, { 'Content-Type': JSON_TYPE, ...this.#indexes(index) });
      response.flushHeaders();
    };
    const { leave } = waiters.join(ask, index, {
      told: (event) => {
        begin();
        if (response.writableLength > STREAM_BYTES_MAX) response.destroy();
        else if (ask.isStream) response.write(eventBody(event));
        else response.end(eventBody(event));
        return ask.isStream && !response.destroyed;
      },
      ended: () => void response.end(),
    });
    begin();
    const wait: OpenWait = { caller, end: () => void response.end() };
    this.#openWaits.add(wait);
    const close = (): void => {
      this.#openWaits.delete(wait);
      leave();
    };
    response.once('close', close);
    if (response.destroyed) close();
  }

  /** A wait tells of what its caller may read; who may no more is told nothing further. */
  async endForbiddenWaits(): Promise<void> {
    for (const wait of this.#openWaits) {
      const mayGoOn = await told(readIndexOfHistory(this.#options.store, wait.caller)).then(
        () => true,
        (error: unknown) => !(error instanceof KeyError && error.name === 'unauthorized'),
      );
      if (!mayGoOn) wait.end();
    }
  }

  #indexes(index: number): Readonly<Record<string, string>> {
    const raft = this.#options.raft();
    return {
      ...this.#options.headers,
      'X-Etcd-Index': String(index),
      'X-Raft-Index': String(raft.index),
      'X-Raft-Term': String(raft.term),
    };
  }

  #failure({ status, body, index, cause }: KeyError): V2Reply {
    const isUnread = cause === 'http: POST too large';
    return json(status, body, {
      ...this.#options.headers,
      'X-Etcd-Index': String(index),
      ...(isUnread && { Connection: 'close' }),
    });
  }
}

/** Only what brings a value along is shortened: a deletion is told in full. */
function shortBody(event: KeyEvent): string {
  const isShortened = event.action !== 'delete' && event.action !== 'compareAndDelete';
  return isShortened ? `{"action":"${event.action}"}\n` : eventBody(event);
}
