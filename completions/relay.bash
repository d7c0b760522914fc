# bash completion for relay
# Made from the options of relay: change them, then run `make docs`.

_relay_offer() {
    local word
    while IFS= read -r word; do
        [[ ${1-} ]] && printf -v word '%s%q' "$1" "$word"
        COMPREPLY+=("$word")
    done
}

# A column of what ip tells of this machine, a line for each of its IPv4 addresses.
_relay_ip() {
    ip -o -4 addr 2>/dev/null | awk -v column="$1" '{ sub("/.*", "", $column); print $column }'
}

_relay() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=get options words files letters i
    COMPREPLY=()

    # bash takes --option=value for three words, @FILE for two, --option=@FILE for three.
    if [[ $cur == "=" ]]; then
        cur=
    elif [[ $cur == "=@" ]]; then
        cur=@
    elif [[ $COMP_CWORD -gt 2 && $prev =~ ^(=|@|=@)$ ]]; then
        [[ $prev == *@ ]] && cur=@$cur
        prev=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    # -F NAME=@FILE is four words, --form=NAME=@FILE five.
    if [[ $cur == @* && $COMP_CWORD -gt 3 ]]; then
        for ((i = COMP_CWORD - 3; i >= COMP_CWORD - 4; i--)); do
            [[ ${COMP_WORDS[i]} == -F || ${COMP_WORDS[i]} == --form ]] && prev=--form
        done
    fi
    # Of short options in one word, the first that takes a value takes the rest, or the next word.
    if [[ $prev == -[!-]* ]]; then
        letters=${prev#-}
        prev=
        while [[ $letters ]]; do
            if [[ 'HAeXrdFTubcmYyxUEoDwK' == *"${letters:0:1}"* ]]; then
                [[ ${#letters} -eq 1 ]] && prev=-$letters
                break
            fi
            letters=${letters:1}
        done
    fi

    case $prev in
        -H | --header | -d | --data | --data-ascii | --data-binary | --data-urlencode | --json | -u | --user | --bearer | --oauth2-bearer | -U | --proxy-user | --proxy-header | -w | --write-out | --auth)
            if [[ $cur == @* ]]; then
                _relay_offer @ < <(compgen -f -- "${cur#@}")
            fi
            return
            ;;
        -A | --user-agent | --url-query | -r | --range | --data-raw | --form-string | --max-redirs | --connect-timeout | --first-byte-timeout | --idle-timeout | -m | --max-time | -Y | --speed-limit | -y | --speed-time | --resolve | --connect-to | --abstract-unix-socket | --noproxy | --socks4 | --socks4a | --socks5 | --socks5-hostname | --pass | --hold-limit | --limit-rate | --max-filesize | --retry | --retry-delay | --retry-max-time | --parallel | --segment-size | --count | --name | --pass-header | --drop-header | --add-header | --port | --path | --wait | --subprotocol | --ping | --linger)
            return
            ;;
        -e | --referer)
            return
            ;;
        -X | --request)
            _relay_offer < <(compgen -W 'GET POST PUT PATCH DELETE OPTIONS' -- "$cur")
            return
            ;;
        -F | --form)
            if [[ $cur == @* ]]; then
                _relay_offer @ < <(compgen -f -- "${cur#@}")
            fi
            return
            ;;
        -T | --upload-file | --netrc-file | -b | --cookie | -c | --cookie-jar | --unix-socket | --proxy-cacert | --cacert | -E | --cert | --key | --pinnedpubkey | -o | --output | --tee | -D | --dump-header | --report | -K | --config | --tls-cert | --tls-key)
            compopt -o filenames 2>/dev/null
            _relay_offer < <(compgen -f -- "$cur")
            return
            ;;
        --proto-redir)
            _relay_offer < <(compgen -W '=https =http,https +http -http' -- "$cur")
            return
            ;;
        --interface)
            _relay_offer < <(compgen -W "$(_relay_ip 2) $(_relay_ip 4)" -- "$cur")
            return
            ;;
        -x | --proxy)
            compopt -o nospace 2>/dev/null
            _relay_offer < <(compgen -W 'http:// https:// socks4:// socks4a:// socks5:// socks5h://' -- "$cur")
            return
            ;;
        --capath | --output-dir)
            compopt -o filenames 2>/dev/null
            _relay_offer < <(compgen -d -- "$cur")
            return
            ;;
        --cert-type | --key-type)
            _relay_offer < <(compgen -W 'PEM DER P12' -- "$cur")
            return
            ;;
        --tls-max)
            _relay_offer < <(compgen -W '1.2 1.3' -- "$cur")
            return
            ;;
        --retry-on)
            _relay_offer < <(compgen -W '5xx 4xx reset timeout refused dns' -- "$cur")
            return
            ;;
        --checksum)
            compopt -o nospace 2>/dev/null
            _relay_offer < <(compgen -W 'sha256: sha512: sha1: md5: crc32c:' -- "$cur")
            return
            ;;
        --progress)
            _relay_offer < <(compgen -W 'bar json none' -- "$cur")
            return
            ;;
        --header-policy)
            _relay_offer < <(compgen -W 'safe all none' -- "$cur")
            return
            ;;
        --bind)
            _relay_offer < <(compgen -W "0.0.0.0 $(_relay_ip 4)" -- "$cur")
            return
            ;;
        --type)
            _relay_offer < <(compgen -W 'application/json application/gzip application/octet-stream application/pdf application/x-tar application/zip image/jpeg image/png text/csv text/event-stream text/html text/plain' -- "$cur")
            return
            ;;
    esac

    if [[ $COMP_CWORD -eq 1 && $cur != -* ]]; then
        _relay_offer < <(compgen -W 'get head post put patch delete serve listen duplex completion help' -- "$cur")
        return
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        [[ ${COMP_WORDS[i]} == -- ]] && return
    done
    case ${COMP_WORDS[1]} in
        get | head | post | put | patch | delete | serve | listen | duplex | completion | help) command=${COMP_WORDS[1]} ;;
    esac
    case $command in
        get | post | put | patch | delete)
            options='-H --header -A --user-agent -e --referer -X --request -G --get --url-query -r --range --compressed --events -d --data --data-ascii --data-binary --data-raw --data-urlencode --json -F --form --form-string -T --upload-file -u --user --bearer --oauth2-bearer --basic --digest --anyauth -n --netrc --netrc-file --netrc-optional -b --cookie -c --cookie-jar -j --junk-session-cookies -L --location --no-location --max-redirs --location-trusted --proto-redir --connect-timeout --first-byte-timeout --idle-timeout -m --max-time -Y --speed-limit -y --speed-time --http1.1 --http2 -4 --ipv4 -6 --ipv6 --resolve --connect-to --interface --unix-socket --abstract-unix-socket -x --proxy -U --proxy-user --proxy-basic --proxy-digest --proxy-anyauth --proxy-header -p --proxytunnel --noproxy --socks4 --socks4a --socks5 --socks5-hostname --proxy-cacert --proxy-insecure -k --insecure --cacert --capath -E --cert --key --pass --cert-type --key-type --tlsv1.2 --tlsv1.3 --tls-max --pinnedpubkey -o --output -O --remote-name -J --remote-header-name --output-dir --create-dirs --no-clobber --tee -C --continue --hold --hold-limit -i --include --show-headers -D --dump-header --raw -N --no-buffer -f --fail --fail-with-body --no-fail --limit-rate --max-filesize --retry --retry-delay --retry-max-time --retry-all-errors --retry-connrefused --retry-on --no-resume --parallel --segment-size --checksum --no-verify-digest --want-digest -w --write-out --report -v --verbose --progress -# --progress-bar --no-progress-meter -s --silent -S --show-error --no-error-line --debug -K --config -q --no-config --disable -h --help -V --version'
            ;;
        head)
            options='-H --header -A --user-agent -e --referer -X --request -G --get --url-query -r --range --compressed -d --data --data-ascii --data-binary --data-raw --data-urlencode --json -u --user --bearer --oauth2-bearer --basic --digest --anyauth -n --netrc --netrc-file --netrc-optional -b --cookie -c --cookie-jar -j --junk-session-cookies -L --location --no-location --max-redirs --location-trusted --proto-redir --connect-timeout --first-byte-timeout --idle-timeout -m --max-time -Y --speed-limit -y --speed-time --http1.1 --http2 -4 --ipv4 -6 --ipv6 --resolve --connect-to --interface --unix-socket --abstract-unix-socket -x --proxy -U --proxy-user --proxy-basic --proxy-digest --proxy-anyauth --proxy-header -p --proxytunnel --noproxy --socks4 --socks4a --socks5 --socks5-hostname --proxy-cacert --proxy-insecure -k --insecure --cacert --capath -E --cert --key --pass --cert-type --key-type --tlsv1.2 --tlsv1.3 --tls-max --pinnedpubkey -o --output -O --remote-name -J --remote-header-name --output-dir --create-dirs --no-clobber --tee --hold --hold-limit -i --include --show-headers -D --dump-header --raw -N --no-buffer -f --fail --fail-with-body --no-fail --limit-rate --max-filesize --retry --retry-delay --retry-max-time --retry-all-errors --retry-connrefused --retry-on --no-resume --no-verify-digest --want-digest -w --write-out --report -v --verbose --progress -# --progress-bar --no-progress-meter -s --silent -S --show-error --no-error-line --debug -K --config -q --no-config --disable -h --help -V --version'
            ;;
        serve)
            options='--count --name --inline --qr --open --duplex --http2-prior-knowledge --header-policy --pass-header --drop-header --add-header --no-probe --port --bind --path --no-token --wait --tls --tls-cert --tls-key --auth -H --header -A --user-agent -e --referer -X --request -G --get --url-query --compressed -d --data --data-ascii --data-binary --data-raw --data-urlencode --json -F --form --form-string -T --upload-file -u --user --bearer --oauth2-bearer --basic --digest --anyauth -n --netrc --netrc-file --netrc-optional -b --cookie -j --junk-session-cookies -L --location --no-location --max-redirs --location-trusted --proto-redir --connect-timeout --first-byte-timeout --idle-timeout -m --max-time -Y --speed-limit -y --speed-time --http1.1 --http2 -4 --ipv4 -6 --ipv6 --resolve --connect-to --interface --unix-socket --abstract-unix-socket -x --proxy -U --proxy-user --proxy-basic --proxy-digest --proxy-anyauth --proxy-header -p --proxytunnel --noproxy --socks4 --socks4a --socks5 --socks5-hostname --proxy-cacert --proxy-insecure -k --insecure --cacert --capath -E --cert --key --pass --cert-type --key-type --tlsv1.2 --tlsv1.3 --tls-max --pinnedpubkey --limit-rate --max-filesize --retry --retry-delay --retry-max-time --retry-all-errors --retry-connrefused --retry-on --no-resume --parallel --segment-size --checksum --no-verify-digest --want-digest -w --write-out --report -v --verbose --progress -# --progress-bar --no-progress-meter -s --silent -S --show-error --no-error-line --debug -K --config -q --no-config --disable -h --help -V --version'
            files='yes'
            ;;
        listen)
            options='--port --bind --path --no-token --wait --tls --tls-cert --tls-key --auth --type --raw --progress -# --progress-bar --no-progress-meter -s --silent -S --show-error --no-error-line --debug -K --config -q --no-config --disable -h --help -V --version'
            ;;
        duplex)
            options='-H --header -A --user-agent -e --referer -X --request --url-query -u --user --bearer --oauth2-bearer --basic --digest --anyauth -n --netrc --netrc-file --netrc-optional -b --cookie -j --junk-session-cookies -i --include --show-headers -f --fail --fail-with-body --no-fail -N --no-buffer --raw --connect-timeout --first-byte-timeout --idle-timeout -m --max-time -Y --speed-limit -y --speed-time --limit-rate --max-filesize --http1.1 --http2 -4 --ipv4 -6 --ipv6 --resolve --connect-to --interface --unix-socket --abstract-unix-socket --http2-prior-knowledge --binary --subprotocol --ping --linger -x --proxy -U --proxy-user --proxy-basic --proxy-digest --proxy-anyauth --proxy-header -p --proxytunnel --noproxy --socks4 --socks4a --socks5 --socks5-hostname --proxy-cacert --proxy-insecure -k --insecure --cacert --capath -E --cert --key --pass --cert-type --key-type --tlsv1.2 --tlsv1.3 --tls-max --pinnedpubkey -w --write-out --report -v --verbose --progress -# --progress-bar --no-progress-meter -s --silent -S --show-error --no-error-line --debug -K --config -q --no-config --disable -h --help -V --version'
            ;;
        completion)
            options='-h --help -V --version'
            words='bash zsh fish'
            ;;
        help)
            options='-h --help -V --version'
            words='get head post put patch delete serve listen duplex completion all'
            ;;
    esac
    if [[ $cur == -* ]]; then
        _relay_offer < <(compgen -W "$options" -- "$cur")
    elif [[ $words ]]; then
        _relay_offer < <(compgen -W "$words" -- "$cur")
    elif [[ $files ]]; then
        compopt -o filenames 2>/dev/null
        _relay_offer < <(compgen -f -- "$cur")
    fi
}

complete -F _relay relay
