# Every command of the project. `make` alone explains them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.PHONY: help setup demo test check format run dashboards dev bench docs clean lock browser postgres

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
SERVE ?= 1
DEMO_HOME ?= data
READY := $(VENV)/.ready

# Byte code is kept: without it every start of dbt costs seconds.
unexport PYTHONDONTWRITEBYTECODE
export DO_NOT_TRACK := 1
export UV_NO_PROGRESS := 1

help: ## Show what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tilth needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V). Choose another with: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing. On Debian and Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@echo "Setting up $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)" 2>&1 | grep -v -e 'is ignored' || true
	@VIRTUAL_ENV=$(abspath $(VENV)) $(BIN)/uv pip install --quiet --require-hashes -r requirements.lock
	@VIRTUAL_ENV=$(abspath $(VENV)) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

setup: $(READY) ## Make the environment in .venv from the pinned, hashed lock

demo: $(READY) ## A synthetic company through the whole way, then the dashboards (SERVE=0 stops before them)
	@TILTH_HOME=$(DEMO_HOME) $(BIN)/python -m pipelines.demo
	@if [ "$(SERVE)" = "1" ]; then TILTH_HOME=$(DEMO_HOME) $(BIN)/tilth dashboards; fi

browser: ## Install Chromium for the browser tests where that is allowed
	@bash .ci/browser.sh

postgres: ## Install PostgreSQL for the tests of SQL sources where that is allowed
	@bash .ci/postgres.sh

test: $(READY) browser postgres ## Run every test
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(READY) ## Format, lint, types, import arrows, SQL style
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache | tail -n 3
	@$(BIN)/sqlfluff lint --disable-progress-bar dbt_project/models dbt_project/tests

format: $(READY) ## Write Python and SQL in the house style
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --fix --quiet .
	@$(BIN)/sqlfluff fix --disable-progress-bar dbt_project/models dbt_project/tests

run: $(READY) ## The night: inbox, checks, models, published files
	@$(BIN)/tilth run

dashboards: $(READY) ## Serve the pages on http://127.0.0.1:8501
	@$(BIN)/tilth dashboards

dev: $(READY) ## Dagster's web UI: lineage, runs, schedule
	@$(BIN)/tilth dev

bench: $(READY) ## Every performance figure, as a ratio measured in one run
	@$(BIN)/python -m benchmarks

docs: $(READY) ## Write the generated pages of docs/ and the lineage site (docs/site)
	@$(BIN)/python -m pipelines.lib.docs

lock: $(READY) ## Resolve the dependencies again (hashes, no index address)
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --group dev pyproject.toml -o requirements.lock

clean: ## Remove the environment, caches and everything built (data stays)
	@rm -rf $(VENV) dbt_project/target dbt_project/logs .mypy_cache .ruff_cache .pytest_cache .hypothesis docs/site
