#!/bin/sh
# See to it that Chromium is there for the journeys. It comes from Debian; no browser is downloaded from elsewhere.
set -u

command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The journeys need Chromium, and only root may install it here: run 'apt-get install chromium' as root, then make test again." >&2
    exit 1
fi
echo "Installing Chromium from Debian for the journeys (apt-get install chromium) ..."
export DEBIAN_FRONTEND=noninteractive
{ apt-get update -q && apt-get install -q -y --no-install-recommends chromium; } >/dev/null || {
    echo "Chromium could not be installed with apt-get (see above): the journeys cannot be run." >&2
    exit 1
}
