# fish completion for relay
# Made from the options of relay: change them, then run `make docs`.

function __relay_command
    set -l words (commandline -opc)
    if set -q words[2]; and contains -- $words[2] get head completion help
        echo $words[2]
    else
        echo get
    end
end

function __relay_first
    test (count (commandline -opc)) -eq 1
end

function __relay_at_file
    set -l word (commandline -ct)
    string match -q '@*' -- $word; and printf '@%s\n' (complete -C "__relay_none "(string sub -s 2 -- $word))
end

complete -c relay -f
complete -c relay -n '__relay_first' -a get -d 'fetch URL; its body goes to standard output, or to a file'
complete -c relay -n '__relay_first' -a head -d 'print the head of the response: status line and header fields'
complete -c relay -n '__relay_first' -a completion -d 'print the completion script for a shell'
complete -c relay -n 'not __relay_first; and contains -- (__relay_command) completion' -a 'bash zsh fish'
complete -c relay -n '__relay_first' -a help -d 'show the help of relay, of a command, or of all commands'
complete -c relay -n 'not __relay_first; and contains -- (__relay_command) help' -a 'get head completion all'
complete -c relay -n 'contains -- (__relay_command) get head' -s H -l header -x -a '(__relay_at_file)' -d 'Send this header field'
complete -c relay -n 'contains -- (__relay_command) get head' -s A -l user-agent -x -d 'Send this User-Agent'
complete -c relay -n 'contains -- (__relay_command) get head' -s e -l referer -x -d 'Send this Referer'
complete -c relay -n 'contains -- (__relay_command) get head' -s X -l request -x -a 'GET POST PUT PATCH DELETE OPTIONS' -d 'Send this method instead of the command\'s, as it is typed'
complete -c relay -n 'contains -- (__relay_command) get head' -s G -l get -d 'Put request data into the query of the URL'
complete -c relay -n 'contains -- (__relay_command) get head' -l url-query -x -d 'Add to the query of the URL, encoded'
complete -c relay -n 'contains -- (__relay_command) get head' -s r -l range -x -d 'Ask for these bytes alone (RFC 9110 section 14)'
complete -c relay -n 'contains -- (__relay_command) get head' -l compressed -d 'Ask for the content codings gzip, deflate, br and zstd, and undo them as the body arrives (RFC 9110 section 8.4)'
complete -c relay -n 'contains -- (__relay_command) get head' -l events -d 'Read a stream of server-sent events (WHATWG HTML section 9.2) and keep it up'
complete -c relay -n 'contains -- (__relay_command) get head' -s L -l location -d 'Follow redirects'
complete -c relay -n 'contains -- (__relay_command) get head' -l no-location -d 'Do not follow redirects'
complete -c relay -n 'contains -- (__relay_command) get head' -l max-redirs -x -d 'Follow at most N redirects in a row'
complete -c relay -n 'contains -- (__relay_command) get head' -l location-trusted -d 'Send credentials to every origin that a redirect leads to'
complete -c relay -n 'contains -- (__relay_command) get head' -l proto-redir -x -a '=https =http,https +http -http' -d 'The schemes that a redirect may lead to, a comma list as in curl'
complete -c relay -n 'contains -- (__relay_command) get head' -l connect-timeout -x -d 'The longest time for name look-up, connection and TLS handshake together'
complete -c relay -n 'contains -- (__relay_command) get head' -l first-byte-timeout -x -d 'The longest time from the sent request to the head of the response'
complete -c relay -n 'contains -- (__relay_command) get head' -l idle-timeout -x -d 'The longest silence of the server'
complete -c relay -n 'contains -- (__relay_command) get head' -s m -l max-time -x -d 'The longest time for the whole run, redirects included'
complete -c relay -n 'contains -- (__relay_command) get head' -s Y -l speed-limit -x -d 'The least speed, in bytes a second of waiting for the server, over the time of --speed-time'
complete -c relay -n 'contains -- (__relay_command) get head' -s y -l speed-time -x -d 'How long the speed may stay below --speed-limit'
complete -c relay -n 'contains -- (__relay_command) get head' -l http1.1 -d 'Speak HTTP/1.1 alone'
complete -c relay -n 'contains -- (__relay_command) get head' -l http2 -d 'Speak HTTP/2 where the server can, in clear too'
complete -c relay -n 'contains -- (__relay_command) get head' -s 4 -l ipv4 -d 'Connect to IPv4 addresses alone'
complete -c relay -n 'contains -- (__relay_command) get head' -s 6 -l ipv6 -d 'Connect to IPv6 addresses alone'
complete -c relay -n 'contains -- (__relay_command) get head' -l resolve -x -d 'Take these addresses for HOST and PORT instead of asking for them'
complete -c relay -n 'contains -- (__relay_command) get head' -l connect-to -x -d 'Connect to HOST2 and PORT2 when the URL says HOST1 and PORT1'
complete -c relay -n 'contains -- (__relay_command) get head' -s k -l insecure -d 'Trust any certificate, for any name'
complete -c relay -n 'contains -- (__relay_command) get head' -l cacert -r -F -d 'Trust the certificates in FILE (PEM) and no others'
complete -c relay -n 'contains -- (__relay_command) get head' -l capath -x -a '(__fish_complete_directories)' -d 'Trust the certificates in the files of DIR (PEM, whatever their names), beside those of --cacert, and no others'
complete -c relay -n 'contains -- (__relay_command) get head' -s E -l cert -r -F -d 'Show this certificate to a server that asks for one'
complete -c relay -n 'contains -- (__relay_command) get head' -l key -r -F -d 'The private key of the certificate'
complete -c relay -n 'contains -- (__relay_command) get head' -l pass -x -d 'The password of the private key'
complete -c relay -n 'contains -- (__relay_command) get head' -l cert-type -x -a 'PEM DER P12' -d 'How the certificate is written'
complete -c relay -n 'contains -- (__relay_command) get head' -l key-type -x -a 'PEM DER P12' -d 'How the private key is written'
complete -c relay -n 'contains -- (__relay_command) get head' -l tlsv1.2 -d 'Speak TLS 1.2 or newer'
complete -c relay -n 'contains -- (__relay_command) get head' -l tlsv1.3 -d 'Speak TLS 1.3 or newer'
complete -c relay -n 'contains -- (__relay_command) get head' -l tls-max -x -a '1.2 1.3' -d 'Speak no version of TLS newer than that'
complete -c relay -n 'contains -- (__relay_command) get head' -l pinnedpubkey -r -F -d 'Trust a server only with one of these public keys, whatever else is checked, -k included'
complete -c relay -n 'contains -- (__relay_command) get head' -s o -l output -r -F -d 'Write the body to FILE'
complete -c relay -n 'contains -- (__relay_command) get head' -s O -l remote-name -d 'Write the body to a file named like the last part of the URL\'s path, made safe'
complete -c relay -n 'contains -- (__relay_command) get head' -s J -l remote-header-name -d 'As -O, but the name that the server gives in Content-Disposition (RFC 6266), made safe, comes first'
complete -c relay -n 'contains -- (__relay_command) get head' -l output-dir -x -a '(__fish_complete_directories)' -d 'The directory for the file of -o, -O or -J'
complete -c relay -n 'contains -- (__relay_command) get head' -l create-dirs -d 'Make the directories that the output files need'
complete -c relay -n 'contains -- (__relay_command) get head' -l no-clobber -d 'Keep an existing file and write beside it, to the first free of FILE.1, FILE.2 and so on'
complete -c relay -n 'contains -- (__relay_command) get head' -l tee -r -F -d 'Write the body to FILE too, as -o does'
complete -c relay -n 'contains -- (__relay_command) get head' -s C -l continue -d 'Continue the FILE.part that an earlier run left, guarded by the validator that was saved beside it'
complete -c relay -n 'contains -- (__relay_command) get head' -l hold -d 'Let nothing out before the body is complete and verified'
complete -c relay -n 'contains -- (__relay_command) get head' -l hold-limit -x -d 'The most that --hold holds back'
complete -c relay -n 'contains -- (__relay_command) get head' -s i -l include -l show-headers -d 'Write the heads of the responses before the body'
complete -c relay -n 'contains -- (__relay_command) get head' -s D -l dump-header -r -F -d 'Write the heads of the responses to FILE'
complete -c relay -n 'contains -- (__relay_command) get head' -l raw -d 'On a terminal, write the body as it is'
complete -c relay -n 'contains -- (__relay_command) get head' -s N -l no-buffer -d 'Hold nothing back'
complete -c relay -n 'contains -- (__relay_command) get head' -s f -l fail -d 'With a status of 400 or more, write nothing and end with exit code 22'
complete -c relay -n 'contains -- (__relay_command) get head' -l fail-with-body -d 'With a status of 400 or more, write the body and end with exit code 22'
complete -c relay -n 'contains -- (__relay_command) get head' -l no-fail -d 'With a status of 400 or more, write the body and end with exit code 0'
complete -c relay -n 'contains -- (__relay_command) get head' -l limit-rate -x -d 'The highest speed, in bytes a second'
complete -c relay -n 'contains -- (__relay_command) get head' -l max-filesize -x -d 'The largest body'
complete -c relay -n 'contains -- (__relay_command) get head' -l retry -x -d 'How many tries may follow the first'
complete -c relay -n 'contains -- (__relay_command) get head' -l retry-delay -x -d 'The time between two tries (2, 500ms), unless the server says another (Retry-After, RFC 9110 section 10.2.3)'
complete -c relay -n 'contains -- (__relay_command) get head' -l retry-max-time -x -d 'How long after the first request tries may begin, and wait for the head of an answer (30, 5m)'
complete -c relay -n 'contains -- (__relay_command) get head' -l retry-all-errors -d 'Before the body, try again after any failure of the server or of the way to it, for any status of 400 or more and with any method'
complete -c relay -n 'contains -- (__relay_command) get head' -l retry-connrefused -d 'Before the body, try again also when the connection was refused'
complete -c relay -n 'contains -- (__relay_command) get head' -l retry-on -x -a '5xx 4xx reset timeout refused dns' -d 'Before the body, try again for these alone, with any method'
complete -c relay -n 'contains -- (__relay_command) get head' -l no-resume -d 'Do not continue a body that broke'
complete -c relay -n 'contains -- (__relay_command) get head' -l parallel -x -d 'Fetch the body in ranges over N connections (streams of one connection over HTTP/2), and write them in order'
complete -c relay -n 'contains -- (__relay_command) get head' -l segment-size -x -d 'The size of one range of --parallel, 64K to 256M'
complete -c relay -n 'contains -- (__relay_command) get head' -l checksum -x -a 'sha256: sha512: sha1: md5: crc32c:' -d 'Verify the body as it is delivered, decoded if need be'
complete -c relay -n 'contains -- (__relay_command) get head' -l no-verify-digest -d 'Do not verify the digests that a response carries in Repr-Digest and Content-Digest (RFC 9530)'
complete -c relay -n 'contains -- (__relay_command) get head' -l want-digest -d 'Ask the server for such a digest'
complete -c relay -n 'contains -- (__relay_command) get head' -s w -l write-out -x -a '(__relay_at_file)' -d 'Print FORMAT to standard output at the end, with variables such as %{http_code}'
complete -c relay -n 'contains -- (__relay_command) get head' -l report -r -F -d 'Write all variables to FILE at the end, as a JSON object'
complete -c relay -n 'contains -- (__relay_command) get head' -s v -l verbose -d 'Show the heads of requests (marked >) and responses (<) and how connections were made (*), secrets redacted, on standard error'
complete -c relay -n 'contains -- (__relay_command) get head' -s s -l silent -d 'Show no progress and no notes'
complete -c relay -n 'contains -- (__relay_command) get head' -s S -l show-error -d 'Show errors also with -s'
complete -c relay -n 'contains -- (__relay_command) get head' -l no-error-line -d 'Do not show errors'
complete -c relay -n 'contains -- (__relay_command) get head' -l debug -d 'Show the stack trace of a failure'
complete -c relay -n 'contains -- (__relay_command) get head completion help' -s h -l help -d 'Print this help and exit'
complete -c relay -n 'contains -- (__relay_command) get head completion help' -s V -l version -d 'Print the version of relay, of its JDK and of its HTTP client, and exit'
