/**
 * `concordctl __complete -- WORD…`: what the scripts of shells ask. A line a candidate, with its help behind a tab; the last
 * line is `:files` where names of files may stand there, too, else `:done`.
 */
import { CommandError } from '../../command-error.ts';
import { parseFlags, type Flags, type FlagValue } from '../../flags.ts';
import type { Command, Invocation } from '../command.ts';
import { commands } from '../commands.ts';
import { flagsOfEnvironment } from '../environment.ts';
import { globalFlags, type GlobalValues } from '../global-flags.ts';
import { completionsOf, type Completions } from './completions.ts';

const flags = {} satisfies Flags;

export const completeCommand: Command<typeof flags> = {
  usage: '-- <word>…',
  flags,
  async run(invocation) {
    const words = invocation.args.length === 0 ? [''] : invocation.args;
    const found = await completionsOf(words, commands);
    const values = await known(invocation, words, found);
    const lines = [
      ...found.candidates.map(({ value, help }) => (help === '' ? value : `${value}\t${help}`)),
      ...values,
      found.isFile ? ':files' : ':done',
    ];
    invocation.print(`${lines.join('\n')}\n`);
  },
};

/** A cluster that does not answer, or lets nobody in, has no names to tell: completion is no place for errors. */
async function known(
  invocation: Invocation<typeof flags>,
  words: readonly string[],
  { wanted, args }: Completions,
): Promise<readonly string[]> {
  if (wanted === undefined) return [];
  const [{ connectionSettings }, { EtcdClient }, { clusterValues }] = await Promise.all([
    import('../connection/connection-settings.ts'),
    import('../connection/etcd-client.ts'),
    import('./cluster-values.ts'),
  ]);
  try {
    const { values, given } = globalsIn(words.slice(0, -1), invocation);
    const askPassword = (): Promise<string> => {
      throw new CommandError('nobody is asked for a password at a prompt');
    };
    const settings = await connectionSettings({
      values,
      given,
      askPassword,
      tell: () => undefined,
    });
    const client = await EtcdClient.open({ ...settings, commandTimeoutMs: 1_000 });
    try {
      return await clusterValues(client, wanted, words.at(-1) ?? '', args);
    } finally {
      client.close();
    }
  } catch {
    return [];
  }
}

/** The global flags of the line that is being typed, and of the environment. */
function globalsIn(
  words: readonly string[],
  { environment }: Invocation<typeof flags>,
): { readonly values: GlobalValues; readonly given: ReadonlySet<string> } {
  const own: string[] = [];
  for (const [at, word] of words.entries()) {
    const [, name = '', value] = /^--([^=]+)(=.*)?$/s.exec(word) ?? [];
    if (!Object.hasOwn(globalFlags, name)) continue;
    own.push(word);
    const isAlone = value === undefined && globalFlags[name as keyof GlobalValues].kind !== 'bool';
    const next = words[at + 1];
    if (isAlone && next !== undefined) own.push(next);
  }
  const { values, given } = parseFlags(globalFlags, own);
  const ofEnvironment = flagsOfEnvironment(globalFlags, given, environment, {
    warn: () => undefined,
    refuse: (message, variable) => {
      throw new CommandError(`${message}: ${variable}`);
    },
  });
  const known: Record<string, FlagValue> = { ...values, ...Object.fromEntries(ofEnvironment) };
  return { values: known as unknown as GlobalValues, given };
}
