# Broker and database together: where each comes from, and whether both serve.
# shellcheck shell=bash
for part in net packages containers postgres rabbitmq; do
  # shellcheck disable=SC1090
  source "$root/infra/scripts/parts/$part.sh"
done

source_of() { cat "$run/$1.source" 2>/dev/null || true; }

choose() { # choose NAME VARIABLE: given, docker or local
  local before given=${!2:-}; before=$(source_of "$1")
  # A value that these scripts wrote and the caller sourced is not one from outside.
  if [[ -n $given && ($before == given || $given != "$(recall "$2")") ]]; then echo given
  elif [[ -n ${PIPELINE_SERVICES:-} ]]; then echo "$PIPELINE_SERVICES"
  elif [[ $before == local ]] && "$1_ready"; then echo local
  elif engine_answers; then echo docker
  else echo local; fi
}

serving() { # serving NAME: it was started by us and answers
  local source; source=$(source_of "$1")
  [[ $source == docker || $source == local ]] && "$1_ready"
}
both_serving() { serving rabbitmq && serving postgres; }
