# A private RabbitMQ with its management API: in a container, or from the distribution's package with all it owns under .run/rabbitmq.
# shellcheck shell=bash
rabbitmq_bin=/usr/lib/rabbitmq/bin

rabbitmq_api() { # rabbitmq_api METHOD PATH [BODY]: the status code
  http "$1" "http://127.0.0.1:$(kept_in "$run/ports" rabbitmq_management)$2" "pipeline:$(secret rabbitmq)" "${3:-}"
}
rabbitmq_ready() { [[ $(rabbitmq_api GET /api/vhosts 2>/dev/null) == 200 ]] && open_port "$(kept_in "$run/ports" rabbitmq)"; }

rabbitmq_container() {
  run_container rabbitmq rabbitmq:4-management "RABBITMQ_DEFAULT_USER=pipeline
RABBITMQ_DEFAULT_PASS=$(secret rabbitmq)" 5672 15672
  keep_in "$run/ports" rabbitmq "$(published rabbitmq 5672)"
  keep_in "$run/ports" rabbitmq_management "$(published rabbitmq 15672)"
  await_container rabbitmq 120 rabbitmq_ready
}

rabbitmq_settings() { # rabbitmq_settings FOLDER: nothing of /etc/rabbitmq, the system's cookie or the system's epmd is used
  printf '%s\n' "HOME=$1" "RABBITMQ_CONF_ENV_FILE=$1/environment.conf" "RABBITMQ_CONFIG_FILE=$1/rabbitmq.conf" \
    "RABBITMQ_ADVANCED_CONFIG_FILE=$1/advanced.config" "RABBITMQ_ENABLED_PLUGINS_FILE=$1/enabled_plugins" \
    "RABBITMQ_NODENAME=pipeline@localhost" "RABBITMQ_MNESIA_BASE=$1/data" "RABBITMQ_LOG_BASE=$1/log" "RABBITMQ_PID_FILE=$1/pid" \
    "RABBITMQ_DIST_PORT=$(kept_in "$run/ports" rabbitmq_distribution)" "ERL_EPMD_PORT=$(kept_in "$run/ports" epmd)" ERL_EPMD_ADDRESS=127.0.0.1 \
    "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1}" \
    LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
}

rabbitmq_configure() { # rabbitmq_configure FOLDER
  local port; for port in rabbitmq rabbitmq_management rabbitmq_distribution epmd; do port_for "$port" >/dev/null; done
  as_user rabbitmq bash -c 'umask 077; cd "$0"; touch environment.conf; echo "[]." > advanced.config; echo "[rabbitmq_management]." > enabled_plugins; cat > rabbitmq.conf' "$1" <<EOF
listeners.tcp.1 = 127.0.0.1:$(kept_in "$run/ports" rabbitmq)
management.tcp.ip = 127.0.0.1
management.tcp.port = $(kept_in "$run/ports" rabbitmq_management)
default_user = pipeline
default_pass = $(secret rabbitmq)
disk_free_limit.absolute = 200MB
EOF
}

rabbitmq_private() {
  [[ -x $rabbitmq_bin/rabbitmq-server ]] || install_packages rabbitmq-server
  local home; home=$(private_folder rabbitmq rabbitmq)
  runs "$(cat "$home/pid" 2>/dev/null)" "$home" || {
    rabbitmq_stop_epmd
    rabbitmq_configure "$home"
    local settings; mapfile -t settings < <(rabbitmq_settings "$home")
    say "starting RabbitMQ on 127.0.0.1:$(kept_in "$run/ports" rabbitmq), logs in $home/log"
    as_user rabbitmq env -i -C "$home" "${settings[@]}" setsid "$rabbitmq_bin/rabbitmq-server" >"$run/logs/rabbitmq.log" 2>&1 </dev/null 9>&- &
  }
  await 120 RabbitMQ "$run/logs/rabbitmq.log" rabbitmq_ready
}

rabbitmq_define() { # exchanges, queues, bindings, policies; what is there already stays
  local status; status=$(rabbitmq_api POST /api/definitions/%2F "$(<"$root/infra/rabbitmq/definitions.json")")
  [[ $status == 20[04] ]] || fail "RabbitMQ refused infra/rabbitmq/definitions.json with status $status"
}

rabbitmq_stop_epmd() { # ours alone: it listens on a port that only this run folder knows
  local port epmd; port=$(kept_in "$run/ports" epmd); epmd=$(command -v epmd || true)
  [[ -z $port || -z $epmd ]] || "$epmd" -port "$port" -kill >/dev/null 2>&1 || true
}

rabbitmq_up() { # rabbitmq_up given|docker|local
  echo "$1" > "$run/rabbitmq.source"
  case $1 in
    given)
      remember PIPELINE_RABBITMQ "$PIPELINE_RABBITMQ"
      if [[ -n ${PIPELINE_RABBITMQ_MANAGEMENT:-} ]]; then remember PIPELINE_RABBITMQ_MANAGEMENT "$PIPELINE_RABBITMQ_MANAGEMENT"; else forget PIPELINE_RABBITMQ_MANAGEMENT; fi
      say "rabbitmq is yours: it should have infra/rabbitmq/definitions.json too, as \`rabbitmqctl import_definitions\` gives it (docs/decisions/0013-arguments-guard-policies-add.md)"
      return ;;
    docker) rabbitmq_container ;;
    local) rabbitmq_private ;;
  esac
  rabbitmq_define
  remember PIPELINE_RABBITMQ "amqp://pipeline:$(secret rabbitmq)@127.0.0.1:$(kept_in "$run/ports" rabbitmq)/"
  remember PIPELINE_RABBITMQ_MANAGEMENT "http://127.0.0.1:$(kept_in "$run/ports" rabbitmq_management)"
}

rabbitmq_down() { # rabbitmq_down [purge]
  case $(cat "$run/rabbitmq.source" 2>/dev/null) in
    docker) stop_container rabbitmq "${1:-}" ;;
    local)
      [[ -d $run/rabbitmq ]] || return 0
      local home; home=$(cd -P "$run/rabbitmq" && pwd)
      ! runs "$(cat "$home/pid" 2>/dev/null)" "$home" || { say "stopping RabbitMQ"; stop_process "$(cat "$home/pid")" "$home" 40; }
      rabbitmq_stop_epmd
      [[ ${1:-} != purge ]] || remove_private_folder rabbitmq ;;
  esac
}
