/**
 * The program under `ETCDCTL_API=2`: etcdctl's old command set, which speaks HTTP to `/v2/`. Flags, outputs and
 * statuses are those of etcdctl 3.4, the last with it in use.
 */
import type { Terminal } from '../command.ts';
import type { V2Command, V2Group, V2World } from './command.ts';
import { healthCommand } from './cluster/health-command.ts';
import { memberGroup } from './cluster/member-commands.ts';
import { V2Connection } from './connection/connection.ts';
import { authGroup } from './auth/auth-commands.ts';
import { roleGroup } from './auth/role-commands.ts';
import { userGroup } from './auth/user-commands.ts';
import { backupCommand } from './backup/backup-command.ts';
import { V2Failure, statuses } from './failure.ts';
import { globalFlags } from './global-flags.ts';
import { getCommand, lsCommand } from './keys/read-commands.ts';
import { rmCommand, rmdirCommand } from './keys/remove-commands.ts';
import { execWatchCommand, watchCommand } from './keys/watch-commands.ts';
import * as writes from './keys/write-commands.ts';
import {
  FlagError,
  TwoFormsError,
  flagsFirst,
  parseFlagSet,
  type FlagSet,
  type V2Flag,
} from './line/flag-set.ts';
import { appHelp, commandHelp, groupHelp, helpFlag, helpOfHelp, versionFlag } from './line/help.ts';

const commands: readonly (V2Command | V2Group)[] = [
  backupCommand,
  healthCommand,
  writes.mkCommand,
  writes.mkdirCommand,
  rmCommand,
  rmdirCommand,
  getCommand,
  lsCommand,
  writes.setCommand,
  writes.setdirCommand,
  writes.updateCommand,
  writes.updatedirCommand,
  watchCommand,
  execWatchCommand,
  memberGroup,
  userGroup,
  roleGroup,
  authGroup,
];

const rootFlags = [...globalFlags, helpFlag, versionFlag];

/** As the user calls it, and whose commands these are. */
export interface V2Identity {
  readonly name: string;
  readonly version: string;
}

const self: V2Identity = { name: 'concordctl', version: '3.4.23' };

const helpWords = ['help', 'h'];

/** Answers the status that the process ends with. */
export async function runV2(
  words: readonly string[],
  terminal: Terminal,
  identity: V2Identity = self,
): Promise<number> {
  // Stdin and signals are touched by those commands alone that need them.
  const world: V2World = {
    environment: terminal.environment,
    askPassword: terminal.askPassword,
    print: terminal.stdout,
    complain: terminal.stderr,
    get stdin() {
      return terminal.stdin;
    },
    get signal() {
      return terminal.signal;
    },
  };
  try {
    return await new V2Program(world, identity).run(words);
  } catch (error) {
    if (!(error instanceof V2Failure)) throw error;
    world.complain(error.text);
    return error.status;
  }
}

class V2Program {
  readonly #world: V2World;
  readonly #identity: V2Identity;

  constructor(world: V2World, identity: V2Identity) {
    this.#world = world;
    this.#identity = identity;
  }

  async run(words: readonly string[]): Promise<number> {
    const { version } = this.#identity;
    const globals = this.#parse(rootFlags, words, 'root', this.#rootHelp());
    const [word, ...rest] = globals.args;
    if (globals.bool('help')) return this.#print(this.#rootHelp());
    if (globals.bool('version')) {
      return this.#print(`etcdctl version: ${version}\nAPI version: 2\n`);
    }
    if (word === undefined) return this.#print(this.#rootHelp());
    if (helpWords.includes(word)) return this.#help(rest[0]);
    const found = commands.find((command) => command.name === word);
    if (found === undefined) throw noHelp(word);
    return 'commands' in found
      ? this.#runGroup(found, rest, globals)
      : this.#runCommand(this.#identity.name, found, rest, globals);
  }

  #runGroup(group: V2Group, words: readonly string[], globals: FlagSet): Promise<number> | number {
    const program = this.#identity.name;
    const own = this.#parse([helpFlag], words, 'group', groupHelp(program, group));
    const [word, ...rest] = own.args;
    if (own.bool('help') || word === undefined) return this.#print(groupHelp(program, group));
    const name = `${program} ${group.name}`;
    if (helpWords.includes(word)) {
      const { usage, commands: subcommands } = group;
      const page = { name, usage, version: this.#identity.version, commands: subcommands };
      if (rest[0] === undefined) {
        return this.#print(appHelp({ ...page, flags: [helpFlag], isRoot: false }));
      }
    }
    const wanted = helpWords.includes(word) ? (rest[0] ?? '') : word;
    const command = group.commands.find((one) => one.name === wanted);
    if (command === undefined) throw noHelp(wanted);
    if (wanted !== word) return this.#print(commandHelp(name, command));
    return this.#runCommand(name, command, rest, globals);
  }

  async #runCommand(
    program: string,
    command: V2Command,
    words: readonly string[],
    globals: FlagSet,
  ): Promise<number> {
    const help = commandHelp(program, command);
    const known = [...command.flags, helpFlag];
    const flags = this.#parse(known, flagsFirst(known, words), 'command', help);
    if (flags.bool('help')) return this.#print(help);
    using connection = new V2Connection(globals, this.#world);
    return await command.run({ world: this.#world, args: flags.args, flags, globals, connection });
  }

  #help(word: string | undefined): number {
    if (word === undefined) return this.#print(this.#rootHelp());
    if (helpWords.includes(word)) return this.#print(helpOfHelp);
    const found = commands.find((command) => command.name === word);
    if (found === undefined) throw noHelp(word);
    return this.#print(commandHelp(this.#identity.name, found));
  }

  /** A command line that cannot be read is answered with the help. Throws `V2Failure`. */
  #parse(
    flags: readonly V2Flag[],
    words: readonly string[],
    of: 'root' | 'group' | 'command',
    help: string,
  ): FlagSet {
    try {
      return parseFlagSet(flags, words);
    } catch (error) {
      if (!(error instanceof FlagError)) throw error;
      const isPlain = error instanceof TwoFormsError && of !== 'command';
      const before = isPlain ? '' : `Incorrect Usage${of === 'command' ? ':' : '.'} `;
      const gap = isPlain && of === 'root' ? '' : '\n';
      this.#print(`${before}${error.message}\n${gap}${help}`);
      throw new V2Failure(statuses.badArguments, `${error.message}\n`);
    }
  }

  #rootHelp(): string {
    const { name, version } = this.#identity;
    const usage = 'A simple command line client for etcd.';
    return appHelp({ name, usage, version, commands, flags: rootFlags, isRoot: true });
  }

  #print(text: string): number {
    this.#world.print(text);
    return statuses.success;
  }
}

const noHelp = (word: string): V2Failure =>
  new V2Failure(statuses.noHelp, `No help topic for '${word}'\n`);
