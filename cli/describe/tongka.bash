# Completion of tongka's command lines in bash. The command itself tells the words: `tongka complete`.
_tongka() {
    local cur prev words cword kind found prefix
    _get_comp_words_by_ref -n := cur prev words cword
    local at
    for ((at = 1; at < cword; at++)); do
        if [[ ${words[at]} == -- ]]; then # what follows is another program's command line
            _command_offset $((at + 1))
            return
        fi
    done
    mapfile -t found < <(printf '%s\n' "${words[@]:1:cword}" | "${words[0]}" complete 2>/dev/null)
    kind=${found[0]-none}
    # bash takes `:` and `=` for the ends of words: what stands before the last of them is there already.
    prefix=${cur%"${cur##*[:=]}"}
    COMPREPLY=("${found[@]:1}")
    COMPREPLY=("${COMPREPLY[@]#"$prefix"}")
    cur=${cur#"$prefix"}
    case $kind in
        files) _filedir ;;
        folders) _filedir -d ;;
    esac
    # sim:, pcsc: and --option= are begun, not ended.
    if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *[:=/] ]]; then
        compopt -o nospace 2>/dev/null
    fi
} && complete -F _tongka tongka
