#!/bin/sh
# Make the locks anew: every distribution with its version and the hashes of all its files, and no registry's address.
# One lock for running, one for developing (the same versions and more), one for the installer.
# Usage: tools/lock.sh [--upgrade]
set -eu

compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-emit-find-links --custom-compile-command "make lock" "$@"
}

compile requirements/uv.in -o requirements/uv.txt "$@"
compile pyproject.toml requirements/build.in --extra web --extra report --extra analysis -c requirements/uv.txt -o requirements/run.txt "$@"
compile pyproject.toml requirements/build.in --extra web --extra report --extra analysis --group dev \
    -c requirements/run.txt -c requirements/uv.txt -o requirements/dev.txt "$@"
