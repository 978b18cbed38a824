#!/usr/bin/env bash
# Debian packages that some tests need: a browser and a PostgreSQL server. Only what is missing is installed.
set -euo pipefail

missing=()
command -v chromium-headless-shell > /dev/null || missing+=(chromium-headless-shell)
command -v pg_virtualenv > /dev/null || missing+=(postgresql postgresql-common)
if [ "${#missing[@]}" -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
fi
