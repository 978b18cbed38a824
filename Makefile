# Two commands do all: `make demo` and `make test`. Both set up their own .venv from an empty cache.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
JOBS ?= auto

.PHONY: help setup demo test test-postgresql lint types contracts prove check messages reference lock wheel clean

help:  ## show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(READY): requirements/dev.txt pyproject.toml hatch_build.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

setup: $(READY)  ## make .venv with pinned packages and the project

demo: setup  ## test a good and a broken message of a built-in standard and show the reports
	@PATH="$(abspath $(BIN)):$$PATH" sh tools/demo.sh

test: setup  ## run the tests (in parallel)
	$(BIN)/python -m pytest -n $(JOBS) -q

test-postgresql: setup  ## the tests of the catalogue on a throw-away PostgreSQL (apt-get install postgresql)
	pg_virtualenv sh -c 'DATABASE_URL=postgresql:/// $(BIN)/python -m pytest tests/catalogue -n $(JOBS) -q'

lint: setup  ## ruff: format and rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup  ## mypy, strict
	$(BIN)/mypy

contracts: setup  ## the direction of the dependencies
	$(BIN)/lint-imports

prove: setup  ## every built-in suite proves itself
	$(BIN)/schnittstellen suites prove

check: lint types contracts prove test  ## all of the above

messages: setup  ## compile the languages and name what is missing
	$(BIN)/python tools/messages.py

reference: setup  ## write docs/reference anew from the code
	$(BIN)/python tools/make_reference.py

lock:  ## renew the pinned requirements (needs uv)
	uv pip compile -q pyproject.toml --group dev --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -o requirements/dev.txt
	uv pip compile -q pyproject.toml --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -o requirements/run.txt

wheel: setup  ## build sdist and wheel into dist/
	$(BIN)/python -m build --no-isolation --outdir dist .

clean:  ## remove what was built
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
