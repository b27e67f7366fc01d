/**
 * What shells read to complete concordctl's command lines. They know nothing themselves: each asks `concordctl __complete`
 * with the words so far, so that a script stays right when commands come and go.
 */
import type { SHELLS } from './argument-kinds.ts';

type Shell = (typeof SHELLS)[number];

/** Words are taken from the line: bash takes them apart at `:` and `=`, which are part of endpoints, keys and flags here. */
const bash = `# bash completion for concordctl: source <(concordctl completion bash)
_concordctl() {
  local line="\${COMP_LINE:0:COMP_POINT}" current last answer
  local -a words candidates
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  current="\${words[-1]}"
  answer=$("\${words[0]}" __complete -- "\${words[@]:1}" 2>/dev/null) || return
  last="\${answer##*$'\\n'}"
  COMPREPLY=()
  if [[ $last == :files ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "\${current#--*=}")
    return
  fi
  mapfile -t candidates < <(printf '%s\\n' "$answer" | cut -f 1 | grep -v '^:')
  mapfile -t COMPREPLY < <(printf '%s\\n' "\${candidates[@]}" | grep .)
  # What stands before the last break is not bash's to replace.
  local kept="\${current%"\${current##*[:=]}"}"
  if [[ -n $kept ]]; then
    local i
    for i in "\${!COMPREPLY[@]}"; do COMPREPLY[i]="\${COMPREPLY[i]#"$kept"}"; done
  fi
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -F _concordctl concordctl
`;

const zsh = `#compdef concordctl
# zsh completion for concordctl: source <(concordctl completion zsh)
_concordctl() {
  local -a lines values described plain
  local line
  lines=("\${(@f)$("\${words[1]}" __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ "\${lines[-1]}" == ':files' ]]; then
    _files
    return
  fi
  for line in "\${lines[@]}"; do
    [[ $line == :* || -z $line ]] && continue
    if [[ $line == *$'\\t'* ]]; then
      described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    else
      plain+=("$line")
    fi
  done
  (( \${#described} )) && _describe 'concordctl' described
  # What ends at a slash goes on: no blank behind it.
  compadd -S '' -- "\${(@M)plain:#*/}"
  compadd -- "\${(@)plain:#*/}"
  return 0
}
if [[ \${funcstack[1]} == _concordctl ]]; then
  _concordctl "$@"
else
  compdef _concordctl concordctl
fi
`;

const fish = `# fish completion for concordctl: concordctl completion fish | source
function __concordctl_complete
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    set -l answer ($program __complete -- $words (commandline -ct) 2>/dev/null)
    if test "$answer[-1]" = ":files"
        __fish_complete_path (commandline -ct)
        return
    end
    string match -v ':*' -- $answer
end
complete -c concordctl -f -a '(__concordctl_complete)'
`;

const powershell = `# PowerShell completion for concordctl: concordctl completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName concordctl -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($wordToComplete -eq '') { $words += '' }
  $answer = @(& concordctl __complete -- @words 2>$null)
  if ($answer[-1] -eq ':files') { return }
  $answer | Where-Object { -not $_.StartsWith(':') } | ForEach-Object {
    $value, $help = $_ -split "\`t", 2
    if (-not $help) { $help = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
  }
}
`;

export const completionScripts: Readonly<Record<Shell, string>> = { bash, zsh, fish, powershell };
