/** `concordctl completion SHELL`. */
import { refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { SHELLS } from './argument-kinds.ts';
import { completionScripts } from './scripts.ts';

const flags = {} satisfies Flags;

export const completionCommand: Command<typeof flags> = {
  usage: `<${SHELLS.join('|')}>`,
  description: `Prints what a shell reads to complete the command lines of concordctl: commands, flags, and names that the cluster knows.

bash:        source <(concordctl completion bash)                      in ~/.bashrc
zsh:         source <(concordctl completion zsh)                       in ~/.zshrc, after compinit
fish:        concordctl completion fish > ~/.config/fish/completions/concordctl.fish
PowerShell:  concordctl completion powershell | Out-String | Invoke-Expression   in $PROFILE`,
  flags,
  run({ args, print }) {
    const [name, ...more] = args;
    const shell = SHELLS.find((known) => known === name);
    if (shell === undefined || more.length > 0) {
      refuseArguments(`completion needs a shell as its argument: ${SHELLS.join(', ')}`);
    }
    print(completionScripts[shell]);
  },
};
