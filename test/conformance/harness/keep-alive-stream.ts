/**
 * A LeaseKeepAlive stream: one answer for every request, in order.
 */
import type { BidiCall } from './bidi-call.ts';
import { deliver } from './bidi-call.ts';
import { Inbox } from './inbox.ts';
import type { Int64, LeaseKeepAliveResponse } from './messages.ts';

export class KeepAliveStream {
  readonly inbox = new Inbox<LeaseKeepAliveResponse>('the keep-alive stream');
  readonly #call: BidiCall;

  constructor(call: BidiCall) {
    this.#call = call;
    deliver(call, this.inbox);
  }

  send(id: Int64): void {
    this.#call.write({ ID: id });
  }

  async ask(id: Int64): Promise<LeaseKeepAliveResponse> {
    this.send(id);
    return this.inbox.next();
  }

  halfClose(): void {
    this.#call.end();
  }

  close(): void {
    this.#call.cancel();
  }
}
