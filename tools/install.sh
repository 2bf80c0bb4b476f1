#!/bin/sh
# Make .venv from the hashed locks.
#
#   tools/install.sh run|dev
#
# uv does the work, fetched by pip; where it cannot be had, pip does it all. Nothing is installed without a hash of
# the lock. The two sets may lie in the same .venv: dev holds the same versions as run, and more.
# SAMSYN_INSTALLER=pip does without uv.
set -u

set_name=$1
lock=requirements/$set_name.txt
stamp=.venv/installed-$set_name
log=.venv/install.log

stop() {
    echo "Samsyn kan inte installeras: $1" >&2
    exit 1
}

is_python_311() {
    "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-} python3.11 python3 python; do
        if is_python_311 "$candidate"; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

make_environment() {
    is_python_311 .venv/bin/python && [ -x .venv/bin/pip ] && return 0
    python=$(find_python) ||
        stop "Python 3.11 behövs, men här finns $(python3 --version 2>/dev/null || echo 'ingen Python'). Installera python3.11 (Debian: apt install python3.11-venv)."
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        stop "Python saknar modulen venv eller ensurepip. Installera dem (Debian: apt install python3.11-venv)."
    [ -e .venv ] && [ ! -e .venv/pyvenv.cfg ] && [ -n "$(ls -A .venv)" ] &&
        stop "mappen .venv finns men är ingen Python-miljö. Flytta den åt sidan."
    echo "Gör .venv med $("$python" --version) ..."
    "$python" -m venv --clear .venv || stop "det gick inte att göra mappen .venv. Se felet ovanför."
}

pip_install() {
    .venv/bin/python -m pip install --disable-pip-version-check --no-input --quiet "$@"
}

choose_installer() {
    [ "${SAMSYN_INSTALLER:-uv}" = pip ] && return 1
    [ -x .venv/bin/uv ] && return 0
    pip_install --require-hashes -r requirements/uv.txt >"$log" 2>&1 && .venv/bin/uv --version >/dev/null 2>&1
}

install_with_uv() {
    VIRTUAL_ENV=$PWD/.venv .venv/bin/uv pip install --quiet --require-hashes -r "$lock" >"$log" 2>&1
}

install_with_pip() {
    pip_install --require-hashes -r "$lock" >"$log" 2>&1
}

make_environment
echo "Installerar det som står i $lock ..."
if choose_installer; then
    install_with_uv || {
        echo "uv kom inte igenom; pip försöker. Det tar lite längre tid."
        install_with_pip
    }
else
    echo "uv går inte att få tag på; pip gör hela arbetet. Det tar lite längre tid."
    install_with_pip
fi || {
    grep -qi 'hash' "$log" &&
        stop "ett paket är inte det som låset ($lock) säger: fel kontrollsumma. Installera det inte; hela loggen finns i $log."
    tail -n 4 "$log" >&2
    stop "något paket gick inte att hämta. Kontrollera nätet och kör kommandot igen; hela loggen finns i $log."
}
pip_install --no-build-isolation --no-deps --no-index -e . >"$log" 2>&1 || {
    tail -n 4 "$log" >&2
    stop "paketet självt gick inte att bygga. Hela loggen finns i $log."
}
touch "$stamp"
