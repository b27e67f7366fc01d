/** `concordctl get` */
import { KV, RangeRequest, RangeResponse } from '@concord/protocol';
import { CommandError, exitCodes, refuseArguments } from '../../command-error.ts';
import type { FlagValues, Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { simplePairs } from '../output/key-value.ts';
import { isSerializable } from './consistency.ts';
import { selectKeys, type Word } from './key-selection.ts';
import { rangeFields } from './answers.ts';

export const getFlags = {
  consistency: { kind: 'string', default: 'l', help: 'linearizable (l) or serializable (s)' },
  order: { kind: 'string', default: '', help: 'ASCEND or DESCEND' },
  'sort-by': { kind: 'string', default: '', help: 'CREATE, KEY, MODIFY, VALUE or VERSION' },
  limit: { kind: 'int', default: 0, help: 'how many keys at most' },
  prefix: { kind: 'bool', default: false, help: 'all keys that begin with the key' },
  'from-key': { kind: 'bool', default: false, help: 'all keys from the key on' },
  rev: { kind: 'int', default: 0, help: 'as it was at this revision' },
  'keys-only': { kind: 'bool', default: false, help: 'without the values' },
  'count-only': { kind: 'bool', default: false, help: 'only how many there are' },
  'print-value-only': { kind: 'bool', default: false, help: 'only the values, in simple format' },
  'min-create-rev': { kind: 'int', default: 0, help: 'created at this revision or later' },
  'max-create-rev': { kind: 'int', default: 0, help: 'created at this revision or before' },
  'min-mod-rev': { kind: 'int', default: 0, help: 'changed at this revision or later' },
  'max-mod-rev': { kind: 'int', default: 0, help: 'changed at this revision or before' },
} satisfies Flags;

type GetValues = FlagValues<typeof getFlags>;

const orders = new Map([
  ['', 0],
  ['ASCEND', 1],
  ['DESCEND', 2],
]);
const targets = new Map([
  ['', 0],
  ['KEY', 0],
  ['VERSION', 1],
  ['CREATE', 2],
  ['MODIFY', 3],
  ['VALUE', 4],
]);

/** What `get` asks for. Throws `CommandError`. */
export function rangeRequest(args: readonly Word[], values: GetValues): RangeRequest {
  if (args.length === 0) {
    refuseArguments('get command needs one argument as key and an optional argument as range_end');
  }
  if (values['keys-only'] && values['count-only'] && !(values.prefix && values['from-key'])) {
    refuseArguments('`--keys-only` and `--count-only` cannot be set at the same time, choose one');
  }
  const serializable = isSerializable(values.consistency);
  const selection = selectKeys(args, values);
  const sortOrder = orders.get(values.order.toUpperCase());
  if (sortOrder === undefined) throw badFeature(`bad sort order ${values.order}`);
  const sortTarget = targets.get(values['sort-by'].toUpperCase());
  if (sortTarget === undefined) throw badFeature(`bad sort target ${values['sort-by']}`);
  return RangeRequest.create({
    ...selection,
    serializable,
    limit: values.limit,
    revision: Math.max(0, values.rev),
    ...sortOf(sortOrder, sortTarget),
    keysOnly: values['keys-only'],
    countOnly: values['count-only'],
    ...revisionLimits(values),
  });
}

/** Keys come in ascending order anyway; and a target without an order means ascending. */
function sortOf(sortOrder: number, sortTarget: number): Partial<RangeRequest> {
  if (sortTarget === 0 && sortOrder === 1) return {};
  return { sortOrder, sortTarget };
}

function revisionLimits(values: GetValues): Partial<RangeRequest> {
  const limits = {
    minCreateRevision: Math.max(0, values['min-create-rev']),
    maxCreateRevision: Math.max(0, values['max-create-rev']),
    minModRevision: Math.max(0, values['min-mod-rev']),
    maxModRevision: Math.max(0, values['max-mod-rev']),
  };
  for (const kind of ['Create', 'Mod'] as const) {
    const min = values[kind === 'Create' ? 'min-create-rev' : 'min-mod-rev'];
    const max = values[kind === 'Create' ? 'max-create-rev' : 'max-mod-rev'];
    if (max > 0 && min > max) {
      throw badFeature(`getMin${kind}Rev(=${min}) > getMax${kind}Rev(=${max})`);
    }
  }
  return limits;
}

const badFeature = (message: string): CommandError =>
  new CommandError(message, exitCodes.badFeature);

export const getCommand: Command<typeof getFlags> = {
  usage: '[options] <key> [range_end]',
  flags: getFlags,
  async run({ values, args, connect, presenter }) {
    const request = rangeRequest(args, values);
    const client = await connect();
    const answer = await client.call(KV.methods.range, request, { isRepeatable: true });
    const output = presenter();
    if (values['count-only'] && output.format !== 'fields') {
      refuseArguments('--count-only is only for `--write-out=fields`');
    }
    const isValueOnly = values['print-value-only'];
    if (isValueOnly && output.format !== 'simple') {
      refuseArguments('print-value-only is only for `--write-out=simple`');
    }
    const { isHex } = output;
    await output.answer(RangeResponse, answer, {
      simple: () => simplePairs(answer.kvs, { isHex, isValueOnly }),
      fields: () => rangeFields(answer, output),
    });
  },
};
