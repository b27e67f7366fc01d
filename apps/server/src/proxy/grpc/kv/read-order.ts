/**
 * `--experimental-serializable-ordering`: a serializable read never tells of an earlier state than one before. A member that
 * is behind is asked again, which means the next one, until one is far enough or all had their chance.
 */
import { ResponseHeader, StatusCode } from '@concord/protocol';
import { CallFailure } from '../cluster/call-failure.ts';
import type { Answered, ForwardedRequest, Forwarder } from '../forwarder.ts';

/** A member that is behind catches up in the time of some heartbeats. */
const PAUSE_MS = 100;
/** Of rounds over all endpoints. */
const ROUNDS_MAX = 3;

export class ReadOrder {
  #newest = 0;

  /** An answer to a write or a transaction, which is of the present: what is read later is no older. */
  observe(response: Uint8Array): void {
    this.#newest = Math.max(this.#newest, revisionOf(response));
  }

  /** How a range is asked; the same as `Forwarder.ask` from outside. */
  asking(forwarder: Pick<Forwarder, 'ask' | 'cluster'>, isSerializable: boolean) {
    return (request: ForwardedRequest, answered: Answered): (() => void) => {
      const attemptsMax = forwarder.cluster.urls.length * ROUNDS_MAX;
      let giveUp = (): void => undefined;
      const attempt = (count: number): void => {
        giveUp = forwarder.ask(request, (failure, response) => {
          const revision = failure === undefined ? revisionOf(response) : 0;
          if (failure !== undefined || !isSerializable || revision >= this.#newest) {
            this.#newest = Math.max(this.#newest, revision);
            answered(failure, response);
          } else if (count >= attemptsMax) answered(noneIsFarEnough(), response);
          else {
            const timer = setTimeout(() => attempt(count + 1), PAUSE_MS);
            giveUp = () => clearTimeout(timer);
          }
        });
      };
      attempt(1);
      return () => giveUp();
    };
  }
}

/** In the words of etcd's client library. */
const noneIsFarEnough = (): CallFailure =>
  new CallFailure(
    StatusCode.UNKNOWN,
    'etcdclient: no cluster members have a revision higher than the previously received revision',
  );

const HEADER_TAG = 0x0a;

/** The revision in the header of any answer; its header is its first field. */
function revisionOf(response: Uint8Array): number {
  const [tag, length = 0] = response;
  if (tag !== HEADER_TAG || length > 0x7f) return 0;
  return ResponseHeader.decode(response, 2, 2 + length).revision;
}
