#!/usr/bin/env bash
# Everything that must hold, or only the parts that are named. All parts run; one failure fails all.
set -uo pipefail
cd "$(dirname "$0")/.."
parts=("$@")
[ ${#parts[@]} -eq 0 ] && parts=(lint types imports test-frontend test-model test-sqlite test-postgresql test-faults journeys)
failed=()

part() {
  case $1 in
    lint) .venv/bin/ruff check . && .venv/bin/ruff format --check -q . && npm --prefix frontend run --silent lint ;;
    types) .venv/bin/mypy && npm --prefix frontend run --silent check ;;
    imports) .venv/bin/lint-imports ;;
    test-frontend) npm --prefix frontend run --silent test ;;
    # On its own: it keeps both cores busy, and screens' tests wait for what happens within a second.
    test-model) npm --prefix frontend run --silent model ;;
    test-sqlite) .venv/bin/pytest -n 2 -m 'not journey and not faults' --database sqlite ;;
    test-postgresql) .venv/bin/pytest -n 2 -m 'not journey and not faults' --database postgresql ;;
    # On its own: its phones and its server's processes keep both cores busy.
    test-faults) .venv/bin/pytest -m faults ;;
    journeys) .venv/bin/pytest -n 2 -m journey ;;
    *) echo "no part named $1" >&2; return 2 ;;
  esac
}

for name in "${parts[@]}"; do
  echo "== $name"
  part "$name" || failed+=("$name")
done
if [ ${#failed[@]} -gt 0 ]; then echo "FAILED: ${failed[*]}" >&2; exit 1; fi
echo "All parts hold: ${parts[*]}"
