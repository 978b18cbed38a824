#!/usr/bin/env bash
# Builds sdist and wheel, installs the wheel into a new environment and uses it from an empty directory.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
make --no-print-directory wheel VENV="${VENV:-.venv}" >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps "$(ls -t dist/*.whl | head -n 1)"
mkdir "$work/empty"
cd "$work/empty"
export SCHNITTSTELLEN_HOME="$work/home"
"$work/venv/bin/schnittstellen" standards list
"$work/venv/bin/schnittstellen" suites list
"$work/venv/bin/schnittstellen" suites prove
"$work/venv/bin/python" -c 'from schnittstellen.catalogue.services.board_terms import editions
assert len(editions()) > 1; print("rules of the board:", *(one.edition for one in editions()))'
