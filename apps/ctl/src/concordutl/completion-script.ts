/** Scripts by which shells complete the command line of concordutl: its commands, their flags, and files otherwise. */
import { isGroup, type Group, type Node } from './command.ts';
import { globalFlags } from './usage.ts';

type Tree = Group<Node>;

/** What may stand behind some words: the words that lead there, and what may follow. */
interface Place {
  readonly path: readonly string[];
  readonly words: readonly { readonly word: string; readonly help: string }[];
}

const flagWords = (flags: Readonly<Record<string, { readonly help: string }>>): Place['words'] =>
  Object.entries(flags).map(([name, { help }]) => ({ word: `--${name}`, help }));

function placesOf(tree: Tree, path: readonly string[] = []): Place[] {
  const words = [...tree.commands].map(([word, { summary: help }]) => ({ word, help }));
  const below = [...tree.commands].flatMap(([name, node]) => {
    const own = [...path, name];
    if (isGroup(node)) return placesOf(node, own);
    const choices = (node.choices ?? []).map((word) => ({ word, help: '' }));
    return [{ path: own, words: [...choices, ...flagWords({ ...node.flags, ...globalFlags })] }];
  });
  return [{ path, words: [...words, ...flagWords(globalFlags)] }, ...below];
}

const functionHead = `# Made by "concordutl completion". `;

function bash(tree: Tree): string {
  const cases = placesOf(tree).map(
    ({ path, words }) =>
      `    "${path.join(' ')}") words="${words.map(({ word }) => word).join(' ')}" ;;\n`,
  );
  return `${functionHead}In bash: source <(concordutl completion bash)
_concordutl() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" word words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] || path+="\${path:+ }$word"
  done
  case "$path" in
${cases.join('')}  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _concordutl concordutl
`;
}

function zsh(tree: Tree): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const cases = placesOf(tree).map(({ path, words }) => {
    const described = words.map(({ word, help }) => quote(`${word}:${help}`)).join(' ');
    return `    ${quote(path.join(' '))}) choices=(${described}) ;;\n`;
  });
  return `#compdef concordutl
${functionHead}In zsh: source <(concordutl completion zsh)
_concordutl() {
  local -a choices path
  path=(\${\${words[2,CURRENT-1]}:#-*})
  case "$path" in
${cases.join('')}  esac
  _describe 'concordutl' choices || _files
}
compdef _concordutl concordutl
`;
}

function fish(tree: Tree): string {
  const quote = (text: string): string =>
    `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = placesOf(tree).flatMap(({ path, words }) =>
    words.map(({ word, help }) => {
      const choice = word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${word}`;
      return `complete -c concordutl -n '__concordutl_at ${path.join(' ')}' ${choice} -d ${quote(help)}\n`;
    }),
  );
  return `${functionHead}In fish: concordutl completion fish | source
function __concordutl_at
  set -l words (commandline -opc)[2..-1]
  test (string join ' ' -- (string match -v -- '-*' $words)) = "$argv"
end
${lines.join('')}`;
}

/** By the name of the shell. */
export const completionScripts: ReadonlyMap<string, (tree: Tree) => string> = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
]);
