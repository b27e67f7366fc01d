/** `concordctl downgrade validate`, `enable` and `cancel` */
import {
  DowngradeRequest,
  DowngradeRequest_DowngradeAction,
  DowngradeResponse,
  Maintenance,
} from '@concord/protocol';
import { refuseArguments } from '../../command-error.ts';
import type { Command, Invocation } from '../command.ts';

type Action = keyof typeof DowngradeRequest_DowngradeAction;

async function downgrade(
  { connect, presenter }: Invocation,
  action: Action,
  version: string,
): Promise<void> {
  const client = await connect();
  const request = DowngradeRequest.create({
    action: DowngradeRequest_DowngradeAction[action],
    version,
  });
  const answer = await client.call(Maintenance.methods.downgrade, request);
  await presenter().answer(DowngradeResponse, answer, {
    simple: () => `Downgrade ${action.toLowerCase()} success, cluster version ${answer.version}\n`,
  });
}

function versionOf(args: readonly string[]): string {
  const [version] = args;
  if (version === undefined) refuseArguments('TARGET_VERSION not provided');
  if (args.length > 1) refuseArguments('too many arguments');
  if (version === '') refuseArguments('target version not provided');
  return version;
}

export const validateCommand: Command = {
  usage: '<target version>',
  flags: {},
  run: (invocation) => downgrade(invocation, 'VALIDATE', versionOf(invocation.args)),
};

export const enableCommand: Command = {
  usage: '<target version>',
  flags: {},
  run: (invocation) => downgrade(invocation, 'ENABLE', versionOf(invocation.args)),
};

export const cancelCommand: Command = {
  usage: '',
  flags: {},
  run: (invocation) => downgrade(invocation, 'CANCEL', ''),
};
