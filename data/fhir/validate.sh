#!/usr/bin/env bash
# Validates the sample bundles with the pinned public validator.
#
#   data/fhir/validate.sh [FILE ...]
#
# The virtual environment lies under the target folder, in a folder named after
# requirements.txt and the interpreter: nothing is installed twice, and a
# changed pin never meets an old environment.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(cd -- "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-target}
case $target in
  /*) ;;
  *) target=$root/$target ;;
esac
python=${PYTHON:-python3}

if ! command -v "$python" >/dev/null 2>&1; then
  echo "validate.sh: $python is missing; install it with: apt-get install python3 python3-venv" >&2
  exit 127
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))'; then
  echo "validate.sh: the pinned packages need Python 3.10 or newer (they are tested on 3.11); found $("$python" --version)" >&2
  exit 1
fi
if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
  echo "validate.sh: $python cannot make virtual environments; install what it lacks with: apt-get install python3-venv" >&2
  exit 1
fi

key=$("$python" - "$here/requirements.txt" <<'PYTHON'
import hashlib, sys
pins = open(sys.argv[1], "rb").read()
print(hashlib.sha256(pins + sys.version.encode() + sys.prefix.encode()).hexdigest()[:16])
PYTHON
)
venv=$target/fhir-venv/$key

# The mark is written last, so an installation that was cut short is redone.
if [[ ! -f $venv/.complete ]]; then
  rm -rf -- "$venv"
  "$python" -m venv -- "$venv"
  "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check \
    --require-hashes --only-binary :all: -r "$here/requirements.txt"
  touch -- "$venv/.complete"
fi

exec "$venv/bin/python" -I "$here/validate.py" "$@"
