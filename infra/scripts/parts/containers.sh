# Broker and database as containers of a Docker engine, named after the run folder, published on the loopback address alone.
# shellcheck shell=bash
engine_answers() { command -v docker >/dev/null && timeout 10 docker version >/dev/null 2>&1; }
container() { printf 'pipeline-%s-%s' "$(printf %s "$run" | cksum | cut -d' ' -f1)" "$1"; }
container_is() { [[ $(docker inspect -f '{{.State.Running}}' "$(container "$1")" 2>/dev/null) == "$2" ]]; }
published() { local at; at=$(docker port "$(container "$1")" "$2/tcp" | head -1); printf %s "${at##*:}"; }

run_container() { # run_container NAME IMAGE "ENV LINES" PORT... -- COMMAND...: starts it again where it exists, else makes it
  local name=$1 image=$2 environment=$3 ports=(); shift 3
  while (($#)) && [[ $1 != -- ]]; do ports+=(-p "127.0.0.1:$(port_for "$name-$1"):$1"); shift; done # kept over a restart
  (($# == 0)) || shift
  # Its password is in .run/secrets: a container older than that file cannot be used any more.
  [[ $(kept_in "$run/secrets" "container_$name") == "$(docker inspect -f '{{.Id}}' "$(container "$name")" 2>/dev/null || echo none)" ]] ||
    docker rm -fv "$(container "$name")" >/dev/null 2>&1 || true
  if container_is "$name" true; then return; fi
  if container_is "$name" false; then say "starting the container $(container "$name") again"; docker start "$(container "$name")" >/dev/null; return; fi
  say "starting the container $(container "$name") from $image"
  (umask 077; printf '%s\n' "$environment" > "$run/$name.container.env")
  docker run -d --name "$(container "$name")" --hostname "pipeline-$name" --env-file "$run/$name.container.env" \
    "${ports[@]}" "$image" "$@" >"$run/$name.container" 2>"$run/logs/$name.log" ||
    { cat "$run/logs/$name.log" >&2; fail "docker run $image" "PIPELINE_SERVICES=local uses the distribution's packages instead."; }
  rm -f "$run/$name.container.env"
  keep_in "$run/secrets" "container_$name" "$(cat "$run/$name.container")"; rm -f "$run/$name.container"
}
await_container() { # await_container NAME SECONDS COMMAND...
  local name=$1 seconds=$2; shift 2
  (docker logs -f "$(container "$name")" >"$run/logs/$name.log" 2>&1 9>&- &) || true
  await "$seconds" "$name (container $(container "$name"))" "$run/logs/$name.log" "$@"
}
stop_container() { # stop_container NAME [purge]
  engine_answers || return 0
  if container_is "$1" true; then say "stopping the container $(container "$1")"; docker stop -t 20 "$(container "$1")" >/dev/null; fi
  if [[ ${2:-} == purge ]]; then docker rm -fv "$(container "$1")" >/dev/null 2>&1 || true; fi
}
