#!/bin/sh
# Tests a good and a broken message of a built-in standard, shows the reports, and opens the catalogue with the result.
set -u
cd "$(dirname "$0")/.."
suite=xhundesteuer@1.1/onlinedienst
fixtures=conformance_suites/xhundesteuer/1.1/onlinedienst/fixtures
out=demo-out
mkdir -p "$out"

show() {
    printf '\n$ schnittstellen test %s\n\n' "$*"
    schnittstellen test "$@"
    status=$?
    printf '\nRückgabewert %s\n' "$status"
}

show "$suite" "$fixtures/gueltig--anmeldung.xml" --report text --report "json=$out/gut.json"
[ "$status" -eq 0 ] || exit 1
show "$suite" "$fixtures/XHS-N-03--rasse-gilt-nicht-mehr.xml" "$fixtures/XHS-N-02--transpondernummer-zu-kurz.xml" --report text --report "html=$out/bericht.html" --report "json=$out/bericht.json"
[ "$status" -eq 1 ] || exit 1
printf '\nDer Bericht für den Browser liegt in %s/bericht.html\n' "$out"

# Der Katalog: die erfundene Beispielwelt mit dem Ergebnis von eben. Mit Terminal bleibt er offen, sonst wird er einmal gefragt.
SCHNITTSTELLEN_HOME=$(mktemp -d)
export SCHNITTSTELLEN_HOME
trap 'rm -rf "$SCHNITTSTELLEN_HOME"' EXIT
trap 'exit 130' INT TERM
unset DATABASE_URL
product=muster-hund-online@3.0
schnittstellen registry import >/dev/null || exit 1
printf '\n$ schnittstellen attach %s --product %s\n\n' "$out/gut.json" "$product"
schnittstellen attach "$out/gut.json" --product "$product" || exit 1
if [ -t 0 ] && [ -t 1 ] && [ -z "${CI:-}" ]; then
    printf '\n$ schnittstellen serve\n\nSehen Sie nach: Seite programme/%s, mit dem Nachweis von eben.\n' "${product%@*}"
    schnittstellen serve --port "${PORT:-8000}" || exit 1
else
    python3 tools/ask_once.py "programme/${product%@*}" "Nachrichten geprüft" || exit 1
fi
