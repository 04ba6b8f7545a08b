# Shared by the commands in bin/: finds Python 3.11+, sets up, and goes to the project's folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Compiled modules are kept, whatever the machine's habit: each start is seconds faster.
unset PYTHONDONTWRITEBYTECODE

find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14 python; do
    if command -v "$candidate" >/dev/null &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "Kantoor needs Python 3.11 or newer: sudo apt-get install python3 python3-venv" >&2
  return 1
}

# set_up run|test: makes .venv and what else is needed; silent when nothing is to be done.
set_up() {
  local python
  python="$(find_python)"
  "$python" dev/setup.py "$1" </dev/null
}
