#!/usr/bin/env bash
# Chromium, for the browser tests: installed where the user may, else one line that says how.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null; then exit 0; fi
done
as_root=()
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root=(sudo -n); else
    echo "No Chromium: the browser tests are skipped. To run them: sudo apt-get install chromium"
    exit 0
  fi
fi
if ! command -v apt-get >/dev/null; then
  echo "No Chromium and no apt-get: the browser tests are skipped. Install Chromium to run them."
  exit 0
fi
echo "Installing Chromium …"
if ! { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -qq -y --no-install-recommends chromium fonts-noto-core; } >/tmp/tilth-chromium.log 2>&1; then
  echo "Chromium could not be installed: the browser tests are skipped. Try: sudo apt-get install chromium"
fi
