#!/usr/bin/env bash
# Start the demo: the database and its people on the first run, the server on every run.
set -euo pipefail
cd "$(dirname "$0")/.."
export OUTREACH_DEMO=1 OUTREACH_PUBLIC_URL="${OUTREACH_PUBLIC_URL:-http://localhost:${PORT:-8000}}"
mkdir -p "$OUTREACH_DATA_DIR"
.venv/bin/outreach upgrade
.venv/bin/outreach demo ensure
.venv/bin/outreach demo sign-ins
exec .venv/bin/gunicorn --bind "127.0.0.1:${PORT:-8000}" --workers 2 --threads 4 \
  --worker-tmp-dir /dev/shm --access-logfile /dev/null --log-level warning 'outreach.app:create_app()'
