/** `concordctl alarm list` and `disarm` */
import {
  AlarmRequest,
  AlarmRequest_AlarmAction,
  AlarmResponse,
  AlarmType,
  Maintenance,
  type AlarmMember,
} from '@concord/protocol';
import { refuseArguments } from '../../command-error.ts';
import type { Command, Invocation } from '../command.ts';
import type { EtcdClient } from '../connection/etcd-client.ts';
import type { Presenter } from '../output/presenter.ts';

const names = new Map<number, string>(
  Object.entries(AlarmType).map(([name, type]) => [type, name]),
);
const nameOf = (alarm: number): string => names.get(alarm) ?? String(alarm);

/** As Go prints the message. */
const told = ({ memberID, alarm }: AlarmMember): string =>
  `${memberID === 0n ? '' : `memberID:${memberID} `}${alarm === 0 ? '' : `alarm:${nameOf(alarm)} `}\n`;

const alarmFields = ({ memberID, alarm }: AlarmMember, { isHex }: Presenter): string =>
  `"MemberID" : ${isHex ? memberID.toString(16) : memberID}\n"AlarmType" : ${nameOf(alarm)}\n\n`;

async function show(
  { presenter }: Pick<Invocation, 'presenter'>,
  answer: AlarmResponse,
): Promise<void> {
  const output = presenter();
  await output.answer(AlarmResponse, answer, {
    simple: () => answer.alarms.map(told).join(''),
    fields: () =>
      output.headerFields(answer.header) +
      answer.alarms.map((one) => alarmFields(one, output)).join(''),
  });
}

const ask = (client: EtcdClient, request: Partial<AlarmRequest>): Promise<AlarmResponse> =>
  client.call(Maintenance.methods.alarm, AlarmRequest.create(request), { isRepeatable: true });

export const listCommand: Command = {
  usage: '',
  flags: {},
  async run({ args, connect, presenter }) {
    if (args.length > 0) refuseArguments('alarm list command accepts no arguments');
    const client = await connect();
    await show({ presenter }, await ask(client, { action: AlarmRequest_AlarmAction.GET }));
  },
};

export const disarmCommand: Command = {
  usage: '',
  flags: {},
  async run({ args, connect, presenter }) {
    if (args.length > 0) refuseArguments('alarm disarm command accepts no arguments');
    const client = await connect();
    const { alarms } = await ask(client, { action: AlarmRequest_AlarmAction.GET });
    const disarmed: AlarmMember[] = [];
    let answer = AlarmResponse.create();
    for (const { memberID, alarm } of alarms) {
      answer = await ask(client, { action: AlarmRequest_AlarmAction.DEACTIVATE, memberID, alarm });
      disarmed.push(...answer.alarms);
    }
    await show({ presenter }, AlarmResponse.create({ header: undefined, alarms: disarmed }));
  },
};
