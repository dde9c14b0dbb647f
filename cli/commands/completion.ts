import type { CommandModule } from 'yargs'
import { COMMANDS } from '../commands.ts'
import { print } from '../output.ts'

/** `vpp completion`: a script for bash and zsh; put its output into the shell's start file. */
export const command: CommandModule<object, object> = {
  command: 'completion',
  describe: 'shell completion script',
  handler: () => {
    const names = COMMANDS.map(({ name }) => name).join(' ')
    print(`# vpp completion for bash and zsh: add to ~/.bashrc or ~/.zshrc
if [ -n "$ZSH_VERSION" ]; then autoload -U +X compinit bashcompinit && compinit && bashcompinit; fi
_vpp() {
  local word="\${COMP_WORDS[COMP_CWORD]}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${names}" -- "$word"))
  else
    case "\${COMP_WORDS[1]}" in
      run|validate) COMPREPLY=($(compgen -W "$(vpp scenarios --names 2>/dev/null)" -- "$word") $(compgen -f -- "$word")) ;;
      report) COMPREPLY=($(compgen -W "$(ls runs 2>/dev/null)" -- "$word")) ;;
      ledger)
        if [ "$COMP_CWORD" -eq 2 ]; then COMPREPLY=($(compgen -W "verify query trace root proof export diff" -- "$word"))
        else COMPREPLY=($(compgen -W "$(ls runs 2>/dev/null)" -- "$word")); fi ;;
      data)
        if [ "$COMP_CWORD" -eq 2 ]; then COMPREPLY=($(compgen -W "list audit" -- "$word"))
        else COMPREPLY=($(compgen -W "$(vpp scenarios --names 2>/dev/null)" -- "$word")); fi ;;
      *) COMPREPLY=($(compgen -f -- "$word")) ;;
    esac
  fi
}
complete -o default -F _vpp vpp`)
  },
}
