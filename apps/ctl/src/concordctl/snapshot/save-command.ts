/** `concordctl snapshot save` */
import { CommandError, exitCodes, refuseArguments } from '../../command-error.ts';
import type { Command } from '../command.ts';
import { saveSnapshot, type SnapshotEvent } from './save-snapshot.ts';
import { humanBytes } from '../../human-bytes.ts';
import { ProgressBar } from '../progress/progress-bar.ts';
import { formatDuration } from '../../go-format/duration.ts';
import { DeadlineError } from '../connection/rpc-error.ts';

export const saveCommand: Command = {
  usage: '<filename>',
  flags: {},
  async run(invocation) {
    const { args, given, connect, print, tell, draw, signal } = invocation;
    const [path] = args;
    if (path === undefined || args.length !== 1) {
      refuseArguments('snapshot save expects one argument <filename>');
    }
    const { endpoints, 'command-timeout': timeoutMs } = invocation.settings();
    if (endpoints.length !== 1) {
      throw new CommandError(
        `snapshot must be requested to one selected node, not multiple [${endpoints.join(' ')}]`,
        exitCodes.interrupted,
      );
    }
    // A snapshot takes as long as it takes, unless somebody says otherwise.
    const limit = given.has('command-timeout') ? AbortSignal.timeout(timeoutMs) : undefined;
    const client = await connect();
    const bar = new ProgressBar(draw, 0, 'bytes');
    const log = draw === undefined ? loggedAs(tell, endpoints[0] ?? '') : undefined;
    try {
      const version = await saveSnapshot(client, path, {
        signal: limit === undefined ? signal : AbortSignal.any([signal, limit]),
        onEvent: (event) => log?.(event),
        onProgress: (receivedBytes, totalBytes) => {
          bar.total = totalBytes;
          bar.count = receivedBytes;
        },
      });
      if (draw !== undefined) bar.finish();
      print(`Snapshot saved at ${path}\n`);
      if (version !== '') print(`Server version ${version}\n`);
    } catch (error) {
      if (draw !== undefined && bar.count > 0) draw('\n');
      const cause = limit?.aborted === true ? new DeadlineError() : (error as Error);
      throw new CommandError(cause.message, exitCodes.interrupted);
    }
  },
};

/** As etcdctl's log has it. */
const loggedAs =
  (tell: (line: string) => void, endpoint: string) =>
  (event: SnapshotEvent): void => {
    const head = { level: 'info', ts: new Date().toISOString() };
    const fields = {
      created: () => ({ msg: 'created temporary db file', path: event.path }),
      fetching: () => ({ msg: 'fetching snapshot', endpoint }),
      fetched: () => ({
        ...{ msg: 'fetched snapshot', endpoint, size: humanBytes(event.bytes) },
        ...{ took: formatDuration(event.tookMs), 'etcd-version': event.version },
      }),
      saved: () => ({ msg: 'saved', path: event.path }),
    };
    tell(JSON.stringify({ ...head, ...fields[event.kind]() }));
  };
