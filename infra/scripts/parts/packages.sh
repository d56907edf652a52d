# The distribution's packages, installed without letting their system services start.
# shellcheck shell=bash
as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }

install_packages() { # install_packages PACKAGE...
  command -v apt-get >/dev/null || fail "$* is missing, and this machine has no apt-get" "Install it by hand, or start a Docker engine."
  as_root true 2>/dev/null || fail "$* is missing, and installing it needs root" "Run: sudo apt-get install $*    (or start a Docker engine)"
  say "installing $* from the distribution's packages; the system's own services are not started"
  local log=$run/logs/packages.log
  (
    policy=/usr/sbin/policy-rc.d
    trap 'as_root rm -f "$policy"; [[ ! -e $policy.before-pipeline ]] || as_root mv "$policy.before-pipeline" "$policy"' EXIT
    [[ ! -e $policy || -e $policy.before-pipeline ]] || as_root mv "$policy" "$policy.before-pipeline"
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null; as_root chmod 755 "$policy"
    apt=(as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -qq -o DPkg::Lock::Timeout=300)
    "${apt[@]}" install --no-install-recommends "$@" || { "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "$@"; }
  ) >"$log" 2>&1 </dev/null || { tail -n 25 "$log" >&2; fail "apt-get could not install $*" "The whole log: $log"; }
}

# PostgreSQL and RabbitMQ refuse to run as root, or should not: as root we are the package's user, otherwise ourselves.
as_user() { # as_user USER COMMAND...
  local user=$1; shift
  if ((EUID == 0)); then setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups -- "$@"; else "$@"; fi
}

private_folder() { # private_folder NAME USER: .run/NAME for that user alone; outside the work tree where that user cannot reach it
  local link=$run/$1 folder
  [[ -e $link ]] || { rm -f "$link"; mkdir -m 700 "$link"; }
  folder=$(cd -P "$link" && pwd)
  if ((EUID == 0)); then
    chown "$2:" "$folder"
    as_user "$2" test -w "$folder" || {
      rmdir "$folder"; folder=$(mktemp -d "/tmp/pipeline-$1-XXXXXX"); ln -s "$folder" "$link"; chown "$2:" "$folder"
    }
    as_user "$2" test -w "$folder" || fail "the user $2 can write neither in $run nor in /tmp"
  fi
  printf %s "$folder"
}
remove_private_folder() { [[ ! -L $run/$1 ]] || rm -rf -- "$(readlink "$run/$1")"; rm -rf -- "${run:?}/$1"; }
