/** Shows what watches tell, and runs a command for each change. */
import { Buffer } from 'node:buffer';
import {
  encode,
  etcdErrors,
  Event_EventType,
  ResponseHeader,
  WatchResponse,
  type Event,
} from '@concord/protocol';
import { exitCodes, SilentExit } from '../../command-error.ts';
import { quote } from '../../go-format/quote.ts';
import type { Invocation } from '../command.ts';
import { pairFields, simplePairs } from '../output/key-value.ts';
import type { Presenter } from '../output/presenter.ts';
import type { Subscription } from './subscription.ts';

type Watcher = Pick<Invocation, 'print' | 'tell' | 'presenter' | 'runCommand' | 'environment'>;

/** Ends when the watch does. Throws `SilentExit` where the command fails. */
export async function showChanges(
  subscription: Subscription,
  command: readonly string[],
  watcher: Watcher,
): Promise<void> {
  const { print, tell } = watcher;
  const output = watcher.presenter();
  for await (const answer of subscription) {
    if (answer.canceled) tell(`watch was canceled (${reasonOf(answer)})`);
    const isProgress = answer.events.length === 0 && !answer.canceled;
    if (isProgress) print(`progress notify: ${answer.header?.revision ?? 0}\n`);
    await show(answer, output);
    if (command.length === 0) continue;
    for (const event of answer.events) await runFor(event, answer, command, watcher);
  }
  const { error } = subscription;
  if (error !== undefined) tell(`watch was canceled (${error.message})`);
}

function reasonOf({ compactRevision, cancelReason }: WatchResponse): string {
  if (compactRevision !== 0) return etcdErrors.ErrCompacted.message;
  if (cancelReason === '') return etcdErrors.ErrFutureRev.message;
  return `rpc error: code = FailedPrecondition desc = ${cancelReason}`;
}

const typeOf = ({ type }: Event): string => (type === Event_EventType.DELETE ? 'DELETE' : 'PUT');

/** Answers of watches are types of etcd's client: their JSON has Go's names, and nothing is left out. */
async function show(answer: WatchResponse, output: Presenter): Promise<void> {
  const { isHex } = output;
  await output.show({
    simple: () =>
      Buffer.concat(
        answer.events.flatMap((event) => [
          Buffer.from(`${typeOf(event)}\n`),
          simplePairs(pairsOf(event), { isHex }),
        ]),
      ),
    fields: () =>
      output.headerFields(answer.header) + answer.events.map(eventFields(isHex)).join(''),
    json: async () => {
      const { goJson } = await import('../output/go-json.ts');
      const { header, events, compactRevision, canceled } = answer;
      return (
        `{"Header":${goJson(ResponseHeader.name, ResponseHeader.create(header))},` +
        `"Events":[${events.map((event) => goJson('mvccpb.Event', event)).join(',')}],` +
        `"CompactRevision":${compactRevision},"Canceled":${canceled},"Created":false}\n`
      );
    },
    protobuf: () => {
      const { header, events, compactRevision, canceled } = answer;
      const shown = WatchResponse.create({ header, events, compactRevision, canceled });
      return encode(WatchResponse, shown);
    },
  });
}

const pairsOf = ({ kv, prevKv }: Event): NonNullable<Event['kv']>[] =>
  [prevKv, kv].filter((pair) => pair !== undefined);

const eventFields =
  (isHex: boolean) =>
  (event: Event): string =>
    `"Type" : ${typeOf(event)}\n` +
    (event.prevKv === undefined ? '' : pairFields('Prev', event.prevKv, isHex)) +
    (event.kv === undefined ? '' : pairFields('', event.kv, isHex));

async function runFor(
  event: Event,
  { header }: WatchResponse,
  command: readonly string[],
  { environment, runCommand, tell }: Watcher,
): Promise<void> {
  const { problem } = await runCommand(command, {
    ...environment,
    ETCD_WATCH_REVISION: String(header?.revision ?? 0),
    ETCD_WATCH_EVENT_TYPE: quote(typeOf(event)),
    ETCD_WATCH_KEY: quote(event.kv?.key ?? ''),
    ETCD_WATCH_VALUE: quote(event.kv?.value ?? ''),
  });
  if (problem === undefined) return;
  tell(`command [${command.map(quote).join(' ')}] error (${problem})`);
  throw new SilentExit(exitCodes.failure);
}
