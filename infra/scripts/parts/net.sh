# Ports and HTTP with nothing but bash: a fresh machine may have no curl.
# shellcheck shell=bash
open_port() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

port_for() { # port_for NAME: a free loopback port, the same as last time where it is still free
  local name=${1//-/_} port; port=$(kept_in "$run/ports" "$name")
  while [[ -z $port ]] || open_port "$port"; do
    port=$((20000 + (RANDOM << 2 ^ RANDOM) % 12000)) # below the range that the kernel gives to outgoing connections
    ! grep -q "=$port\$" "$run/ports" || port=
  done
  keep_in "$run/ports" "$name" "$port"; printf %s "$port"
}

http() { # http METHOD URL [USER:PASSWORD [BODY]]: the status code; URL is http://HOST:PORT/PATH
  local rest=${2#http://} place path status body=${4:-}
  place=${rest%%/*}; path=${rest#"$place"}; path=${path:-/}
  exec 4<>"/dev/tcp/${place%:*}/${place##*:}" || return 1
  printf '%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n' "$1" "$path" "$place" >&4
  [[ -z ${3:-} ]] || printf 'Authorization: Basic %s\r\n' "$(printf %s "$3" | base64 -w0)" >&4
  printf 'Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' "${#body}" "$body" >&4
  read -r -t 20 _ status _ <&4 || status=000
  exec 4>&-; printf %s "$status"
}
answers() { local status; status=$(http GET "$@" 2>/dev/null) && [[ $status == 200 ]]; }
