/**
 * `etcdserverpb.KV`: linearizable reads and all writes go to the cluster, serializable reads are answered from the cache
 * where it has them. Whoever shows a token is always answered by the cluster, which alone knows what he may see.
 */
import {
  decodeKeyRange,
  encode,
  KV,
  RangeRequest,
  RangeResponse,
  type DeleteRangeRequest,
  type DeleteRangeResponse,
  type KeyRange,
  type MethodDescriptor,
  type TxnRequest,
} from '@concord/protocol';
import type { MethodRegistry, UnaryHandler } from '../../../rpc/method.ts';
import { askerOf } from '../asker.ts';
import { rowOf, type ForwardedRequest, type Forwarder, type Rewrite } from '../forwarder.ts';
import type { Caller } from '../leasing/cluster-kv.ts';
import type { LeasingProtocol } from '../leasing/leasing-protocol.ts';
import type { Namespace } from '../namespace.ts';
import { LeasedCall } from './leased-call.ts';
import type { RangeCache } from './range-cache.ts';
import type { ReadOrder } from './read-order.ts';
import { touchedRanges } from './touched-ranges.ts';

export interface KvServiceOptions {
  readonly forwarder: Forwarder;
  readonly cache: RangeCache;
  readonly namespace: Namespace | undefined;
  /** `--experimental-serializable-ordering`. */
  readonly order: ReadOrder | undefined;
  /** `--experimental-leasing-prefix`. */
  readonly leasing: LeasingProtocol | undefined;
}

const NO_END = new Uint8Array();

export class KvService {
  readonly #options: KvServiceOptions;

  constructor(options: KvServiceOptions) {
    this.#options = options;
  }

  register(registry: MethodRegistry): void {
    const { namespace, forwarder, leasing } = this.#options;
    const { put, deleteRange, txn, compact, range, rangeStream } = KV.methods;
    registry.unary(KV, range, this.#range);
    registry.unary(
      KV,
      put,
      this.#write(put, ({ key }) => [decodeKeyRange(key, NO_END)], {
        request: namespace?.put,
        response: namespace?.putResponse,
        leased: leasing && ((request, caller) => leasing.writes.put(request, caller)),
      }),
    );
    registry.unary(
      KV,
      deleteRange,
      this.#write<DeleteRangeRequest, DeleteRangeResponse>(
        deleteRange,
        ({ key, rangeEnd }) => [decodeKeyRange(key, rangeEnd)],
        {
          request: namespace?.span,
          response: namespace?.deleteResponse,
          leased: leasing && ((request, caller) => leasing.writes.deleteRange(request, caller)),
        },
      ),
    );
    registry.unary(
      KV,
      txn,
      this.#write(txn, (request: TxnRequest) => touchedRanges(request), {
        request: namespace?.txn,
        response: namespace?.txnResponse,
        leased:
          leasing &&
          ((request, caller) =>
            leasing.writes.txn(request, caller) ?? leasing.reads.txn(request, caller.asker)),
      }),
    );
    // What was read of revisions that are compacted now is not to be found any more.
    registry.unary(
      KV,
      compact,
      this.#write(compact, () => 'all', {}),
    );
    forwarder.answers(registry, KV, rangeStream, {
      request: namespace?.span,
      response: (message) => {
        if (message.rangeResponse !== undefined) namespace?.rangeResponse(message.rangeResponse);
        return message;
      },
    });
  }

  readonly #range: UnaryHandler = (bytes, reply, call) => {
    const { cache, forwarder, namespace, order, leasing } = this.#options;
    const request = RangeRequest.decode(bytes);
    const asker = askerOf(call.metadata);
    const isSerializable = request.serializable;
    const key = asker.hasCredentials ? undefined : cacheKey(request);
    if (isSerializable && key !== undefined) {
      const known = cache.get(key);
      if (known !== undefined) return reply.ok((writer) => writer.raw(known));
    }
    const owned = leasing?.reads.range(request, asker);
    if (owned !== undefined) return reply.ok((writer) => RangeResponse.encode(owned, writer));
    const range = decodeKeyRange(request.key, request.rangeEnd);
    const pending = key === undefined ? undefined : cache.begin(range);
    if (leasing !== undefined) {
      const leased = new LeasedCall(call, reply);
      const acquiring = leasing.reads.acquire(RangeRequest.decode(bytes.slice()), leased);
      if (acquiring !== undefined) {
        leased.answer(acquiring, RangeResponse, (answer) => {
          if (answer !== undefined) order?.observe(answer);
          if (pending === undefined || key === undefined) return;
          if (answer !== undefined) cache.add(pending, key, answer);
          cache.end(pending);
        });
        return;
      }
    }
    const sent = namespace === undefined ? bytes : encode(RangeRequest, namespace.span(request));
    const forwarded = { method: KV.methods.range, bytes: sent, asker, isRead: true };
    const ask = order?.asking(forwarder, isSerializable) ?? forwarder.ask.bind(forwarder);
    const giveUp = ask(forwarded, (failure, response) => {
      if (failure !== undefined) reply.fail(rowOf(failure));
      else {
        const answer = this.#toClient(response);
        if (pending !== undefined && key !== undefined) cache.add(pending, key, answer);
        reply.ok((writer) => writer.raw(answer));
      }
      if (pending !== undefined) cache.end(pending);
    });
    call.onCancel = () => {
      giveUp();
      if (pending !== undefined) cache.end(pending);
    };
  };

  #toClient(response: Uint8Array): Uint8Array {
    const { namespace } = this.#options;
    if (namespace === undefined) return response;
    const { response: type } = KV.methods.range;
    return encode(type, namespace.rangeResponse(type.decode(response)));
  }

  /** A method that changes keys: those of `touched`, as the client names them, or all. */
  #write<Request, Response>(
    method: MethodDescriptor<Request, Response>,
    touched: (request: Request) => readonly KeyRange[] | 'all',
    options: WriteOptions<Request, Response>,
  ): UnaryHandler {
    const { cache, forwarder, order } = this.#options;
    return (bytes, reply, call) => {
      const request = method.request.decode(bytes);
      const ranges = touched(request);
      const invalidate = (): void => {
        if (ranges === 'all') cache.clear();
        else for (const range of ranges) cache.invalidate(range);
      };
      if (options.leased !== undefined) {
        const leased = new LeasedCall(call, reply);
        const answer = options.leased(method.request.decode(bytes.slice()), leased);
        if (answer !== undefined) {
          invalidate();
          return leased.answer(answer, method.response, (told) => {
            invalidate();
            if (told !== undefined) order?.observe(told);
          });
        }
      }
      const sent =
        options.request === undefined ? bytes : encode(method.request, options.request(request));
      const forwarded: ForwardedRequest = {
        method,
        bytes: sent,
        asker: askerOf(call.metadata),
        isRead: false,
      };
      invalidate();
      const giveUp = forwarder.ask(forwarded, (failure, response) => {
        invalidate();
        if (failure !== undefined) return reply.fail(rowOf(failure));
        order?.observe(response);
        const { response: rewrite } = options;
        if (rewrite === undefined) return reply.ok((writer) => writer.raw(response));
        const answer = rewrite(method.response.decode(response));
        reply.ok((writer) => method.response.encode(answer, writer));
      });
      call.onCancel = () => {
        giveUp();
        // It may have been applied, or be about to.
        invalidate();
      };
    };
  }
}

interface WriteOptions<Request, Response> {
  readonly request?: Rewrite<Request> | undefined;
  readonly response?: Rewrite<Response> | undefined;
  /** By the leasing protocol; undefined where it has no say. The request may be kept. */
  readonly leased?:
    ((request: Request, caller: Caller) => Promise<Response> | Response | undefined) | undefined;
}

/** Of the request as a serializable one. */
const cacheKey = (request: RangeRequest): string =>
  Buffer.from(encode(RangeRequest, { ...request, serializable: true })).toString('latin1');
