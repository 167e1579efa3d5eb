#!/usr/bin/env bash
# Install the Debian packages that are missing for `run` or `test`, or say in one line which they are.
set -euo pipefail

need_run=(python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core)
need_test=(chromium postgresql poppler-utils)

missing=()
has() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
case "${1:-run}" in
  run) wanted=("${need_run[@]}") ;;
  test) wanted=("${need_test[@]}") ;;
esac
for package in "${wanted[@]}"; do
  # A Python that brings its own venv, or a PostgreSQL of any version, will do.
  case $package in
    python3-venv) python3 -c 'import ensurepip, venv' 2>/dev/null && continue ;;
    postgresql) compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null && continue ;;
    chromium) command -v chromium >/dev/null && continue ;;
  esac
  has "$package" || missing+=("$package")
done
command -v node >/dev/null || missing+=(nodejs npm)
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root=(sudo -n)
  else echo "Please install first:  sudo apt-get install -y ${missing[*]}" >&2; exit 1; fi
fi
echo "Installing ${missing[*]} …"
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
