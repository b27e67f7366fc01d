/** How a gRPC call failed, before anybody has said what that means to the user. */

/** Why the client ended a call itself. */
export type Interruption = 'aborted' | 'closed' | 'abandoned';

export interface RpcFailureDetails {
  readonly code: number;
  readonly details: string;
  /** Whether the request may have left this process. */
  readonly isSent: boolean;
  readonly endpoint: string;
  readonly interruption?: Interruption | undefined;
}

/** Internal to the transport: users get a `ConcordError`. */
export class RpcFailure extends Error {
  override readonly name = 'RpcFailure';
  readonly code: number;
  readonly details: string;
  readonly isSent: boolean;
  readonly endpoint: string;
  readonly interruption: Interruption | undefined;

  constructor({ code, details, isSent, endpoint, interruption }: RpcFailureDetails) {
    super(`${endpoint}: ${code} ${details}`);
    this.code = code;
    this.details = details;
    this.isSent = isSent;
    this.endpoint = endpoint;
    this.interruption = interruption;
  }
}
