#!/usr/bin/env bash
# Prints where Chromium is, or says why it can't be had and exits with 1.
#   perf/chromium.sh            what is installed
#   perf/chromium.sh install    installs the Debian package where it is missing
set -euo pipefail

installed() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

installed && exit
[[ ${1:-} == install ]] || { echo 'Chromium is not installed' >&2; exit 1; }
[[ $(id -u) == 0 ]] && command -v apt-get > /dev/null || { echo 'Chromium is not installed, and only root of a Debian system can install it' >&2; exit 1; }
{ apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } > /dev/null 2>&1 || { echo 'Chromium cannot be installed' >&2; exit 1; }
installed
