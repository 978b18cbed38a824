#!/bin/sh
# Tests a good and a broken message of a built-in standard and shows the reports.
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

show "$suite" "$fixtures/gueltig--anmeldung.xml"
[ "$status" -eq 0 ] || exit 1
show "$suite" "$fixtures/XHS-N-03--rasse-gilt-nicht-mehr.xml" "$fixtures/XHS-N-02--transpondernummer-zu-kurz.xml" --report text --report "html=$out/bericht.html" --report "json=$out/bericht.json"
[ "$status" -eq 1 ] || exit 1
printf '\nDer Bericht für den Browser liegt in %s/bericht.html\n' "$out"
