#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image: Python, the packages that the course
# is locked to, and a trial of the whole.
#
# AUTOGRADER_ROOT    another folder than /autograder, to try it elsewhere
# AUTOGRADER_PYTHON  the Python to use; what it needs must be installed for it. Nothing is then
set -euo pipefail
root=${AUTOGRADER_ROOT:-/autograder}
class=$root/source/class

suits() { "$1" -c 'import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }
find_python() {
  for python in python3.12 python3.13 python3.11 python3; do
    if suits "$python"; then command -v "$python"; return; fi
  done
  return 1
}

python=${AUTOGRADER_PYTHON:-}
if [ -z "$python" ]; then
  if ! find_python >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    for version in 3.12 3.11 3.13; do
      apt-get install -y -qq "python$version" "python$version-venv" && break
    done
  fi
  base=$(find_python) || {
    echo "error: this image has no Python 3.11 to 3.13; choose a newer Ubuntu for the assignment" >&2
    exit 1
  }
  # beside source/ and not in it: students' code may read the environment's libraries
  "$base" -m venv "$root/env"
  python=$root/env/bin/python
  "$python" -m pip install --quiet --disable-pip-version-check --no-cache-dir --require-hashes \
    -r "$root/source/requirements.txt"
  for more in "$root"/source/requirements-*.txt; do
    [ -e "$more" ] || continue
    "$python" -m pip install --quiet --disable-pip-version-check --no-cache-dir -r "$more"
  done
  echo "$class" > "$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/class.pth"
fi

# what students get, graded as if it were handed in: fills caches, and shows early what is wrong
trial=$(mktemp -d)
cd "$class"
"$python" -m autograder.export.gradescope.grade @ARGUMENTS@ \
  --submission "$class/release/@ASSIGNMENT@" --results "$trial/results.json" \
  || echo "warning: the trial failed; see above. Submissions will not be graded either" >&2
rm -rf "$trial"
