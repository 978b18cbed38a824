#!/bin/sh
# Measures questions and pages over a catalogue that benchmarks.catalogue.fill filled; for an idle machine with two cores.
# benchmarks/catalogue/measure.sh DIR            SQLite below DIR
# DATABASE_URL=postgresql:///... benchmarks/catalogue/measure.sh DIR
set -eu
cd "$(dirname "$0")/../.."
export SCHNITTSTELLEN_HOME="$1" PYTHONPATH="$PWD/src:$PWD" SCHNITTSTELLEN_RATE_ADDRESS=0
port=${PORT:-8765}
uptime
python -m benchmarks.catalogue.questions --samples 100
python -m benchmarks.catalogue.pages --inside 40
schnittstellen serve --port "$port" --no-work --empty &
server=$!
trap 'kill $server' EXIT
until python -c "import urllib.request as web; web.urlopen('http://127.0.0.1:$port/')" 2>/dev/null; do sleep 1; done
python -m benchmarks.catalogue.pages --base "http://127.0.0.1:$port" --rounds 40
uptime
