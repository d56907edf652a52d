# Sourced by every script of this folder: where things are, how they speak, and what is remembered in .run/.
# shellcheck shell=bash
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
run=${PIPELINE_RUN:-$root/.run}

say() { printf '%s: %s\n' "${0##*/}" "$*"; }
fail() { printf '%s: failed: %s\n' "${0##*/}" "$1" >&2; shift; (($# == 0)) || printf '  %s\n' "$@" >&2; exit 1; }

usage() { # usage "$@": prints the header comment of the calling script for -h and --help
  [[ ${1:-} == -h || ${1:-} == --help ]] || return 0
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; exit 0
}

prepare_run() { # other users must be able to pass through .run/ (the database and the broker may run as theirs)
  mkdir -p "$run" && chmod 711 "$run" && mkdir -p "$run/logs"
  (umask 077; touch "$run/env" "$run/secrets" "$run/ports")
}

# One script at a time changes .run/. Children started for good must close descriptor 9 (9>&-).
lock_run() { exec 9>"$run/lock"; flock -w 300 9 || fail "another script has held $run/lock for five minutes"; }

quoted() { if [[ $1 =~ ^[A-Za-z0-9_./:@%+=,-]*$ ]]; then printf %s "$1"; else printf "'%s'" "${1//\'/\'\\\'\'}"; fi; }

keep_in() { # keep_in FILE KEY VALUE: one KEY=value line, replacing an older one
  local rest; rest=$(grep -v "^$2=" "$1" 2>/dev/null || true)
  (umask 077; { [[ -z $rest ]] || printf '%s\n' "$rest"; printf '%s=%s\n' "$2" "$(quoted "$3")"; } > "$1.new"); mv -f "$1.new" "$1"
}
kept_in() { # kept_in FILE KEY: the value, or nothing
  [[ -r $1 ]] || return 0
  (unset -v "$2"; set +u; # shellcheck disable=SC1090
    source "$1"; printf %s "${!2:-}")
}
remember() { keep_in "$run/env" "$1" "$2"; }
recall() { kept_in "$run/env" "$1"; }
forget() { local key; for key; do sed -i "/^$key=/d" "$run/env"; done; }

random_word() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }
secret() { # secret NAME: a random word of 32 hex digits, made on first use
  local value; value=$(kept_in "$run/secrets" "$1")
  [[ -n $value ]] || { value=$(random_word); keep_in "$run/secrets" "$1" "$value"; }
  printf %s "$value"
}

load_env() { # exports .run/env; what the caller's environment already says wins
  local line key
  while IFS= read -r line; do
    key=${line%%=*}
    [[ -n ${!key:-} ]] || { eval "$line"; export "${key?}"; }
  done < "$run/env"
}

runs() { # runs PID TEXT: that process lives and its command line holds TEXT (a pid file may be older than the last boot)
  [[ -n ${1:-} && -r /proc/$1/cmdline ]] && tr '\0' ' ' < "/proc/$1/cmdline" | grep -qF -- "$2"
}
stop_process() { # stop_process PID TEXT SECONDS: asks it to end, then ends it
  runs "$1" "$2" || return 0
  kill -TERM "$1" 2>/dev/null || return 0
  local i; for ((i = 0; i < $3 * 5; i++)); do runs "$1" "$2" || return 0; sleep 0.2; done
  say "process $1 did not end within $3 s: killed"; kill -KILL "$1" 2>/dev/null || true
}

await() { # await SECONDS WHAT LOG COMMAND...: until COMMAND succeeds; else the tail of the log, and out
  local seconds=$1 what=$2 log=$3 since=$SECONDS; shift 3
  until "$@" >/dev/null 2>&1; do
    ((SECONDS - since < seconds)) || {
      [[ ! -r $log ]] || { echo "--- the last lines of $log"; tail -n 25 "$log"; echo ---; } >&2
      fail "$what was not ready after $seconds s" "The whole log: $log" "After putting it right, run this again: it picks up where it stopped."
    }
    sleep 0.3
  done
}
