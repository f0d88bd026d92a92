#!/usr/bin/env bash
# PostgreSQL, for the tests of SQL sources: installed where the user may, else one line that says how.
set -euo pipefail
if command -v postgres >/dev/null || compgen -G "/usr/lib/postgresql/*/bin/postgres" >/dev/null; then exit 0; fi
as_root=()
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root=(sudo -n); else
    echo "No PostgreSQL: its tests are skipped. To run them: sudo apt-get install postgresql"
    exit 0
  fi
fi
if ! command -v apt-get >/dev/null; then
  echo "No PostgreSQL and no apt-get: its tests are skipped. Install PostgreSQL to run them."
  exit 0
fi
echo "Installing PostgreSQL …"
# No cluster of its own: the tests start one in a temporary folder.
if ! { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" mkdir -p /etc/postgresql-common && \
  "${as_root[@]}" sh -c 'test -e /etc/postgresql-common/createcluster.conf || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf' && \
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends postgresql; } \
  >/tmp/tilth-postgresql.log 2>&1; then
  echo "PostgreSQL could not be installed: its tests are skipped. Try: sudo apt-get install postgresql"
fi
