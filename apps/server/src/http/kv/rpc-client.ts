/** Asks the member's RPCs on behalf of one HTTP request. */
import { encode, type MethodDescriptor } from '@concord/protocol';
import type {
  LocalCaller,
  LocalCalls,
  LocalStream,
  LocalStreamEvents,
} from '../../rpc/local-call.ts';
import { Problem } from './problem.ts';

export class RpcClient {
  readonly #calls: LocalCalls;
  readonly #caller: LocalCaller;

  constructor(calls: LocalCalls, caller: LocalCaller) {
    this.#calls = calls;
    this.#caller = caller;
  }

  /** Throws `Problem` where the RPC fails. */
  async ask<Request, Response>(
    { path, request, response }: MethodDescriptor<Request, Response>,
    message: Request,
  ): Promise<Response> {
    const outcome = await this.#calls.unary(path, encode(request, message), this.#caller);
    if (outcome.kind === 'failed') throw Problem.ofStatus(outcome);
    return response.decode(outcome.response);
  }

  stream({ path }: MethodDescriptor, events: LocalStreamEvents): LocalStream {
    return this.#calls.stream(path, this.#caller, events);
  }
}
