# A private PostgreSQL: in a container, or from the distribution's package with its data under .run/postgres.
# shellcheck shell=bash
postgres_bin() { # the newest server installed, whatever of its own clusters the system runs
  local found; found=$(find /usr/lib/postgresql /usr/pgsql-* -maxdepth 2 -name bin -type d 2>/dev/null | sort -V | tail -1)
  if [[ -x $found/initdb ]]; then printf %s "$found"; else ! command -v initdb >/dev/null || dirname "$(readlink -f "$(command -v initdb)")"; fi
}

psql_private() { # psql_private DATABASE SQL
  local PGPASSWORD; PGPASSWORD=$(secret postgres); export PGPASSWORD PGCONNECT_TIMEOUT=5 PGOPTIONS='-c client_min_messages=warning'
  case $(cat "$run/postgres.source") in
    docker) docker exec -e PGPASSWORD -e PGOPTIONS "$(container postgres)" psql -X -q -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -U pipeline -d "$1" -c "$2" ;;
    *) "$(postgres_bin)/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$(kept_in "$run/ports" postgres)" -U pipeline -d "$1" -c "$2" ;;
  esac
}
postgres_ready() { [[ $(psql_private pipeline 'select 1' 2>/dev/null) == 1 ]]; }

postgres_container() {
  run_container postgres postgres:17 "POSTGRES_USER=pipeline
POSTGRES_PASSWORD=$(secret postgres)
POSTGRES_DB=pipeline
POSTGRES_INITDB_ARGS=--encoding=UTF8 --auth-host=scram-sha-256" 5432 -- postgres -c max_connections=300
  await_container postgres 120 postgres_ready
  keep_in "$run/ports" postgres "$(published postgres 5432)"
}

postgres_private() {
  [[ -n $(postgres_bin) ]] || install_packages postgresql
  local bin home port; bin=$(postgres_bin); home=$(private_folder postgres postgres)
  local log=$home/postgres.log
  if ! as_user postgres test -s "$home/data/PG_VERSION"; then
    say "making a database cluster in $home"
    # An initdb that was killed half way leaves a folder without PG_VERSION; it holds nothing yet.
    rm -rf "$home/data"
    secret postgres | as_user postgres env -C "$home" LC_ALL=C.UTF-8 bash -c \
      '"$1/initdb" -D "$2/data" -U pipeline --pwfile=<(cat) --encoding=UTF8 --auth=scram-sha-256' initdb "$bin" "$home" \
      >"$run/logs/initdb.log" 2>&1 || { tail -n 25 "$run/logs/initdb.log" >&2; fail "initdb" "The whole log: $run/logs/initdb.log"; }
  fi
  as_user postgres "$bin/pg_ctl" -D "$home/data" status >/dev/null 2>&1 || {
    port=$(port_for postgres)
    say "starting PostgreSQL ($("$bin/postgres" --version | cut -d' ' -f3)) on 127.0.0.1:$port, log $log"
    as_user postgres env -C "$home" "$bin/pg_ctl" -D "$home/data" -l "$log" -W start \
      -o "-c port=$port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300" >/dev/null 2>&1 9>&- || true
  }
  await 60 "PostgreSQL" "$log" psql_private postgres 'select 1'
  [[ $(psql_private postgres "select 1 from pg_database where datname = 'pipeline'") == 1 ]] || psql_private postgres 'create database pipeline'
}

postgres_up() { # postgres_up given|docker|local
  echo "$1" > "$run/postgres.source"
  case $1 in
    given) remember PIPELINE_POSTGRES "$PIPELINE_POSTGRES"; return ;;
    docker) postgres_container ;;
    local) postgres_private ;;
  esac
  remember PIPELINE_POSTGRES "Host=127.0.0.1;Port=$(kept_in "$run/ports" postgres);Username=pipeline;Password=$(secret postgres);Database=pipeline"
}

postgres_down() { # postgres_down [purge]
  case $(cat "$run/postgres.source" 2>/dev/null) in
    docker) stop_container postgres "${1:-}" ;;
    local)
      local bin; bin=$(postgres_bin)
      if [[ -n $bin && -d $run/postgres/data ]] && as_user postgres "$bin/pg_ctl" -D "$(cd -P "$run/postgres" && pwd)/data" status >/dev/null 2>&1; then
        say "stopping PostgreSQL"; as_user postgres "$bin/pg_ctl" -D "$(cd -P "$run/postgres" && pwd)/data" -m fast -w stop >/dev/null
      fi
      [[ ${1:-} != purge ]] || remove_private_folder postgres ;;
  esac
}
