# The pipeline's own services as background processes of this machine.
# shellcheck shell=bash
pipeline_services=(Connectors SystemOfRecord Gatekeeper DeadLetters)

dashed() { sed -E 's/([a-z])([A-Z])/\1-\2/g' <<<"$1" | tr '[:upper:]' '[:lower:]'; } # SystemOfRecord: system-of-record
variable() { local name; name=$(dashed "$1"); name=${name//-/_}; printf 'PIPELINE_%s_URL' "${name^^}"; }
program() { printf '%s/artifacts/bin/Pipeline.%s/release/Pipeline.%s.dll' "$root" "$1" "$1"; }

service_named() { # service_named gatekeeper or Gatekeeper: Gatekeeper
  local service
  for service in "${pipeline_services[@]}" VendorSimulator; do
    if [[ $1 == "$service" || $1 == "$(dashed "$service")" ]]; then printf %s "$service"; return; fi
  done
  fail "there is no service '$1'" "One of: $(for service in "${pipeline_services[@]}"; do dashed "$service"; done | paste -sd' ')"
}

pid_of() { cat "$run/$(dashed "$1").pid" 2>/dev/null || true; }
service_runs() { runs "$(pid_of "$1")" "$(program "$1")"; }
service_ready() { # ends the wait at once where the process has died
  service_runs "$1" || { echo "$1 has ended" >&2; return 1; }
  answers "$(recall "$(variable "$1")")/health/ready"
}

build() {
  say "building Pipeline.sln"
  dotnet build "$root/Pipeline.sln" -c Release -v q -nologo -clp:ErrorsOnly >"$run/logs/build.log" 2>&1 </dev/null ||
    { cat "$run/logs/build.log" >&2; fail "the build" "The whole log: $run/logs/build.log"; }
}

# What a service was started with, so that it can be started again after a kill.
keep_environment() {
  local name
  (umask 077; for name in $(compgen -e | grep -E '^(PIPELINE_|OTEL_|ASPNETCORE_|DOTNET_ENVIRONMENT$|[A-Za-z]+__)'); do
    printf 'export %s=%q\n' "$name" "${!name}"
  done > "$run/$(dashed "$1").environment")
}

start_service() { # start_service NAME: in the environment of the caller, on the address that .run/env has for it
  local name; name=$(dashed "$1")
  [[ -f $(program "$1") ]] || fail "$(program "$1") is not there" "Run: dotnet build Pipeline.sln -c Release"
  export ASPNETCORE_URLS; ASPNETCORE_URLS=$(recall "$(variable "$1")")
  keep_environment "$1"
  (cd "$(dirname "$(program "$1")")" && exec setsid dotnet "$(program "$1")" >>"$run/logs/$name.log" 2>&1 </dev/null 9>&-) &
  echo $! > "$run/$name.pid"
}

await_service() { # await_service NAME: until GET /health/ready gives 200, for 120 s at most
  local name since=$SECONDS told=0 log; name=$(dashed "$1"); log=$run/logs/$name.log
  until service_ready "$1" 2>/dev/null; do
    service_runs "$1" || { tail -n 25 "$log" >&2; fail "$name ended while it started" "The whole log: $log"; }
    if ((SECONDS - since >= told + 10)); then
      told=$((SECONDS - since))
      say "waiting for $name, $told s: $(recall "$(variable "$1")")/health/ready does not give 200 yet; log $log"
    fi
    ((SECONDS - since < 120)) || { tail -n 25 "$log" >&2; fail "$name was not ready after 120 s" "The whole log: $log"; }
    sleep 0.3
  done
  say "$name is ready at $(recall "$(variable "$1")"), log $log"
}

stop_service() { # stop_service NAME
  ! service_runs "$1" || { say "stopping $(dashed "$1")"; stop_process "$(pid_of "$1")" "$(program "$1")" 25; }
  rm -f "$run/$(dashed "$1").pid"
}
