/** The grammar of conditions: `mod("key") > "0"`. */
import { Compare, Compare_CompareResult, Compare_CompareTarget } from '@concord/protocol';
import { CommandError, exitCodes } from '../../command-error.ts';
import { asNumber, IntegerError, parseInteger } from '../../go-format/integer.ts';
import { quote, unquotePrefix } from '../../go-format/quote.ts';

const { EQUAL, GREATER, LESS, NOT_EQUAL } = Compare_CompareResult;
const results = new Map([
  ['=', EQUAL],
  ['!=', NOT_EQUAL],
  ['>', GREATER],
  ['<', LESS],
] as const satisfies readonly (readonly [string, number])[]);

type Operand = Pick<Compare, 'target' | 'targetUnion'>;

const { CREATE, LEASE, MOD, VALUE, VERSION } = Compare_CompareTarget;
const version = (operand: string): Operand => ({
  target: VERSION,
  targetUnion: { case: 'version', value: revisionOf(operand) },
});
const create = (operand: string): Operand => ({
  target: CREATE,
  targetUnion: { case: 'createRevision', value: revisionOf(operand) },
});
const mod = (operand: string): Operand => ({
  target: MOD,
  targetUnion: { case: 'modRevision', value: revisionOf(operand) },
});
/** etcdctl ends with a stack trace here: what was meant is the lease's id as it shows ids. */
const lease = (operand: string): Operand => ({
  target: LEASE,
  targetUnion: { case: 'lease', value: parseInteger(operand, 'ParseInt', 16) },
});
const value = (_: string, bytes: Uint8Array): Operand => ({
  target: VALUE,
  targetUnion: { case: 'value', value: bytes },
});

const targets = new Map<string, (operand: string, bytes: Uint8Array) => Operand>([
  ['ver', version],
  ['version', version],
  ['c', create],
  ['create', create],
  ['m', mod],
  ['mod', mod],
  ['val', value],
  ['value', value],
  ['lease', lease],
]);

const revisionOf = (text: string): number => asNumber(parseInteger(text, 'ParseInt', 10));

const refuse = (message: string): never => {
  throw new CommandError(message, exitCodes.badInput);
};

/** Reads one condition. Throws `CommandError`. */
export function parseCompare(line: string): Compare {
  const at = line.indexOf('(');
  if (at < 0) return refuse(`malformed comparison: ${line}`);
  const target = line.slice(0, at);
  const { key, operator, operand } = scan(line.slice(at + 1));
  if (key === undefined || operand === undefined) {
    return refuse(
      `malformed comparison: ${line}; got ${target}(${quote(key ?? '')}) ${operator} ${quote(operand ?? '')}`,
    );
  }
  const operandOf = targets.get(target);
  if (operandOf === undefined) {
    return refuse(`malformed comparison: ${line} (unknown target ${target})`);
  }
  const result = (results as ReadonlyMap<string, number>).get(operator);
  if (result === undefined) {
    return refuse(`malformed comparison: ${line} (unknown operator ${operator})`);
  }
  try {
    const text = new TextDecoder().decode(operand);
    return Compare.create({ result, key, ...operandOf(text, operand) });
  } catch (error) {
    if (!(error instanceof IntegerError)) throw error;
    return refuse(`invalid txn compare request: ${line}`);
  }
}

interface Scanned {
  readonly key: Uint8Array | undefined;
  readonly operator: string;
  readonly operand: Uint8Array | undefined;
}

/** `"key") operator "operand"`, as far as it goes. */
function scan(text: string): Scanned {
  const key = unquotePrefix(text);
  const nothing = { key: key?.bytes, operator: '', operand: undefined };
  if (key?.rest.startsWith(')') !== true) return nothing;
  const [whole, operator] = /^\)\s+(\S+)/.exec(key.rest) ?? [];
  if (whole === undefined || operator === undefined) return nothing;
  const operand = unquotePrefix(key.rest.slice(whole.length));
  return { key: key.bytes, operator, operand: operand?.bytes };
}
