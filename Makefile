# Every command of the project. People and .ci/run call the same ones.
#
#   make run      install, fill the demonstration town the first time, serve on http://localhost:8000
#   make test     everything: check, then unit, records and web tests, then journeys in a real browser
#
#   make install  .venv/bin/samsyn, with what it takes to run
#   make wheel    dist/samsyn-*.whl, to install with pip where this repository is not
#   make check    lint, types, import contracts, formats: the quick part
#   make pictures  take the pictures of the user guide anew, with the journeys
#   make tidy     put templates in the agreed format and mend what lint can mend by itself
#   make bench    the figures the project holds, each beside its baseline
#   make mutate   plant faults in the analysis and count how many its tests see (half an hour or more); MODULES="power trend"
#   make lock     make requirements/*.txt anew from pyproject.toml (needs the network)
#   make clean    take away .venv and everything that can be made again; var/ (your data) stays
#
# PYTHON=/path/to/python3.11 chooses the Python; PORT=8001 another port for `make run`.

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run install install-dev wheel browser check tidy test pictures bench mutate lock clean

RUN_LOCK := requirements/run.txt requirements/uv.txt
DEV_LOCK := requirements/dev.txt requirements/uv.txt

help:
	@sed -n 's/^#   //p' Makefile

run: .venv/installed-run
	@.venv/bin/samsyn demo
	@exec env $(if $(PORT),SAMSYN_PORT=$(PORT)) .venv/bin/samsyn serve

install: .venv/installed-run
install-dev: .venv/installed-dev

.venv/installed-run: $(RUN_LOCK) pyproject.toml tools/install.sh
	@PYTHON="$(PYTHON)" sh tools/install.sh run

.venv/installed-dev: $(DEV_LOCK) pyproject.toml tools/install.sh
	@PYTHON="$(PYTHON)" sh tools/install.sh dev

wheel: .venv/installed-run
	@rm -rf build dist
	@.venv/bin/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-index --no-build-isolation --wheel-dir dist .
	@rm -rf build
	@ls dist/samsyn-*.whl

browser:
	@sh tools/browser.sh

check: .venv/installed-dev
	@.venv/bin/python tools/suite.py check

tidy: .venv/installed-dev
	@find src -path '*/templates/*' -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +
	@.venv/bin/ruff check --fix --quiet .

test: .venv/installed-dev browser
	@.venv/bin/python tools/suite.py test

pictures: .venv/installed-dev browser
	@SAMSYN_PICTURES=1 .venv/bin/pytest -q tests/journeys -k "pictures or invites or same_place or first_visitor or comes_back"

bench: .venv/installed-dev
	@.venv/bin/python benchmarks/run.py

mutate: .venv/installed-dev
	@.venv/bin/python tools/mutate.py $(MODULES)

lock: .venv/installed-dev
	@sh tools/lock.sh

clean:
	rm -rf .venv build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis tests/journeys/failed
	find . -path ./.git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
