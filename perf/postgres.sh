#!/usr/bin/env bash
# A PostgreSQL server of our own for the claims: default settings, loopback, a free port, a temporary folder.
#   perf/postgres.sh start        installs the Debian package where it is missing; prints "<port> <folder>", or says why not and exits with 1
#   perf/postgres.sh stop FOLDER  stops the server and removes the folder
set -euo pipefail

binaries() { command -v initdb > /dev/null && dirname "$(readlink -f "$(command -v initdb)")" || ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -1; }

# The server refuses to run as root.
as_server() { if [[ $(id -u) == 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi; }

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2> /dev/null || echo $((20000 + RANDOM % 20000)); }

case ${1:-} in
  start)
    bin=$(binaries)
    if [[ -z $bin ]]; then
      [[ $(id -u) == 0 ]] && command -v apt-get > /dev/null || { echo 'PostgreSQL is not installed' >&2; exit 1; }
      { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql; } > /dev/null 2>&1 || { echo 'PostgreSQL cannot be installed' >&2; exit 1; }
      bin=$(binaries)
    fi
    folder=$(mktemp -d)
    [[ $(id -u) == 0 ]] && chown postgres "$folder"
    cd "$folder"
    port=$(free_port)
    as_server "$bin/initdb" -D "$folder/data" -U postgres --auth=trust > "$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
    as_server "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/server.log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='$folder'" start > "$folder/start.log" 2>&1 < /dev/null || { cat "$folder/start.log" >&2; exit 1; }
    echo "$port $folder"
    ;;
  stop)
    folder=${2:?which folder}
    cd /
    as_server "$(binaries)/pg_ctl" -D "$folder/data" -m immediate stop > /dev/null 2>&1 || true
    rm -rf "$folder"
    ;;
  *)
    sed -n '2,4p' "$0" >&2
    exit 2
    ;;
esac
