#!/usr/bin/env bash
# Install the Debian packages that are missing for `run` or `test`, or say in one line which they are.
set -euo pipefail

need_run=(python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core)
need_test=(chromium postgresql redis-server poppler-utils sqlite3) # sqlite3 is for `make bench`

missing=()
has() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
case "${1:-run}" in
  run) wanted=("${need_run[@]}") ;;
  test) wanted=("${need_test[@]}") ;;
esac
for package in "${wanted[@]}"; do
  # A Python that brings its own venv, or a PostgreSQL of any version, will do.
  case $package in
    python3-venv) "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null && continue ;;
    postgresql) compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null && continue ;;
    redis-server) command -v redis-server >/dev/null && continue ;;
    sqlite3) command -v sqlite3 >/dev/null && continue ;;
    chromium) command -v chromium >/dev/null && continue ;;
  esac
  has "$package" || missing+=("$package")
done
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)

# Debian may have an older Node than the build can use; then a person has to choose where it comes from.
new_enough() {
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    { echo "Please install Node 20.19 or newer (found $(node --version)): https://nodejs.org" >&2; exit 1; }
}
if [ ${#missing[@]} -eq 0 ]; then new_enough; exit 0; fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root=(sudo -n)
  else echo "Please install first:  sudo apt-get install -y ${missing[*]}" >&2; exit 1; fi
fi
echo "Installing ${missing[*]} …"
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
# Tests start a Redis of their own: the one that Debian starts with its package need not listen here.
if [[ " ${missing[*]} " == *" redis-server "* ]] && [ -d /run/systemd/system ]; then
  "${as_root[@]}" systemctl disable --quiet --now redis-server
fi
new_enough
