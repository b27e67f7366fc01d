/** `concordutl completion bash|zsh|fish`. */
import { UsageError } from '../command-error.ts';
import { completionScripts } from './completion-script.ts';
import type { Command } from './command.ts';

const flags = {};

export const completionCommand: Command<typeof flags> = {
  usage: 'completion [bash|zsh|fish]',
  summary: 'Generate completion script',
  flags,
  arity: 1,
  choices: [...completionScripts.keys()],
  async run({ args: [shell = ''], print }) {
    const script = completionScripts.get(shell);
    if (script === undefined) {
      throw new UsageError(`invalid argument "${shell}" for "concordutl completion"`);
    }
    // The tree holds this command: it is there when the command runs, and not when it is read.
    const { commandTree } = await import('./commands.ts');
    print(script(commandTree));
  },
};
