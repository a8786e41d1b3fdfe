# Duet: `make demo` shows it, `make test` proves it. Both set up .venv by themselves.

# The first Python that the locked requirements know.
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3; do \
	"$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo "$$python" && break; done)
VENV := .venv
BIN := $(VENV)/bin
SUPERSET := .venv-superset
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps

# Without compiled files every start pays for compiling Dagster and dbt again.
unexport PYTHONDONTWRITEBYTECODE
export DO_NOT_TRACK := 1
# The tests of what must not fail: what coverage is measured with.
GUARDED_BY := tests/publish tests/trust tests/test_cli.py tests/test_disk.py tests/test_headline.py $(addprefix \
	tests/ingest/test_, lake.py keeping.py filing.py outcome.py keys.py faults.py exports.py explain.py settled.py)
SQL := dbt_project/models dbt_project/macros dbt_project/tests

.DEFAULT_GOAL := help
.PHONY: help demo refresh status dev server test test-slow trust coverage mutation audit lint format types check \
	generated superset lock bench clean

help: ## Show what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

demo: $(VENV)/.base ## Write believable exports, run the job, print the headline KPIs
	@$(BIN)/duet demo

refresh: $(VENV)/.base ## Run the job on what has landed in data/landing
	@$(BIN)/duet refresh

status: $(VENV)/.base ## Say which version is online, how fresh the sources are, what holds
	@$(BIN)/duet status

dev: $(VENV)/.base ## Open the Dagster pages on this machine (loopback only)
	DAGSTER_HOME=$$($(BIN)/duet dagster-home) $(BIN)/dg dev --host 127.0.0.1

server: $(VENV)/.server ## Set up a house that runs by itself (docs/deploy.md)

test: $(VENV)/.dev ## Run the tests (a few minutes on two cores)
	$(BIN)/python -m pytest -q -n auto --dist loadfile -m "not slow and not trial"

test-slow: $(VENV)/.all ## Run the slow suites: both engines, docs, Superset where `make superset` has set it up
	$(BIN)/python -m pytest -q -n auto --dist loadfile -m "slow and not trial"

trust: $(VENV)/.dev ## Put every promise to the test (two hours), print the table, write docs/trust.md
	DUET_TRUST_MINUTES=$(or $(MINUTES),inf) $(BIN)/python -m tests.trust $(ONLY)

coverage: $(VENV)/.dev ## Measure which branches of ledger, quarantine, gate and publish the tests take
	$(BIN)/python -m coverage run -m pytest -q -p no:xdist -m "not slow and not trial" $(GUARDED_BY) && $(BIN)/python -m coverage report

mutation: $(VENV)/.dev ## Change ledger, quarantine, gate and publish one expression at a time (an hour); tests must notice
	$(BIN)/python -m tests.mutation $(ONLY)

audit: $(VENV)/.dev ## Look the locked requirements up among known vulnerabilities
	$(BIN)/python -m requirements.audit

lint: $(VENV)/.dev ## Check format and lint of Python and SQL
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/sqlfmt --check --quiet --no-progressbar $(SQL)

format: $(VENV)/.dev ## Format Python and SQL
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format . && $(BIN)/sqlfmt --quiet --no-progressbar $(SQL)

types: $(VENV)/.dev ## Check types
	$(BIN)/mypy

check: lint types test ## What a commit must pass

bench: $(VENV)/.dev ## Measure ingest, refresh and memory
	$(BIN)/python -m benchmarks

generated: $(VENV)/.base ## Write what is made of the KPI registry: metrics, docs/kpis.md, texts of dbt docs, bi/superset
	$(BIN)/python -m orchestration.dictionary
	$(BIN)/python -m orchestration.deliver.superset

superset: $(SUPERSET)/.ready ## Set up Apache Superset in an environment of its own (0.7 GB), for the dashboard in bi/superset

lock: $(VENV)/.dev ## Write requirements/*.txt anew from pyproject.toml
	$(BIN)/python -m requirements.lock

clean: ## Throw away everything that can be made again, the environment included
	rm -rf $(VENV) $(SUPERSET) dbt_project/target dbt_project/logs .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Duet needs Python 3.11, 3.12 or 3.13; name one with: make PYTHON=/path/to/python3.11 demo"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make environments here; on Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.base: requirements/base.txt pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) (once, about half a minute)"
	@$(PIP) --no-compile --require-hashes -r requirements/base.txt
	@$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/.server: requirements/server.txt $(VENV)/.base
	@$(PIP) --no-compile --require-hashes -r requirements/server.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@$(PIP) --no-compile --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.all: requirements/all.txt $(VENV)/.dev
	@$(PIP) --no-compile --require-hashes -r requirements/all.txt
	@touch $@

$(SUPERSET)/.ready: requirements/superset.txt | $(BIN)/python
	@$(PYTHON) -m venv $(SUPERSET)
	@$(SUPERSET)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/superset.txt
	@touch $@
