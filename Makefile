# The two commands: `make run` and `make test`. The others are their parts.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help

PYTHON ?= python3.11
ZHICANG_DATA ?= data
PORT ?= 8501
SEED ?= 1
SCALE ?= demo
export ZHICANG_DATA
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: help install run warehouse pipeline serve dagster test lint format real reference credit-real parity bench lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(INSTALLED): requirements.txt requirements-bootstrap.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "error: $(PYTHON) is not installed; install Python 3.11 or name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "== virtual environment: .venv"
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.txt
	@echo "== locked packages (hashes checked)"
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

install: $(INSTALLED)  ## virtual environment with the locked packages

$(ZHICANG_DATA)/landing/_origin.json: | $(INSTALLED)
	@if [ -d "$(ZHICANG_DATA)/landing" ]; then echo "== $(ZHICANG_DATA)/landing holds your own files: nothing is simulated"; else
		echo "== simulated landing data ($(SCALE), seed $(SEED)), models parsed meanwhile"
		$(BIN)/python -m orchestration.run_pipeline --parse-only & PARSING=$$!
		$(BIN)/simulate --out "$(ZHICANG_DATA)" --scale $(SCALE) --seed $(SEED)
		wait $$PARSING; fi

warehouse: $(INSTALLED) $(ZHICANG_DATA)/landing/_origin.json  ## simulate if nothing is there, then load, build, publish
	@$(MAKE) --no-print-directory pipeline

pipeline: $(INSTALLED)  ## load, build and publish what lies in $ZHICANG_DATA/landing
	@echo "== pipeline"
	$(BIN)/python -m orchestration.run_pipeline

run: warehouse  ## everything, then the cockpit on loopback
	@$(MAKE) --no-print-directory serve

serve: $(INSTALLED)  ## the cockpit over what is published
	@$(BIN)/python -m dashboards.serve --port $(PORT)

dagster: $(INSTALLED)  ## Dagster's web interface over the same data folder
	@$(BIN)/zhicang dagster

lint: $(INSTALLED)  ## ruff, sqlfluff, import directions, metric definitions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --processes 2 models tests/data_tests macros/tests
	$(BIN)/lint-imports
	$(BIN)/metrics check
	$(BIN)/zhicang contracts check

format: $(INSTALLED)  ## let ruff and sqlfluff put files in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: $(INSTALLED) lint  ## everything
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report=term

real: $(INSTALLED)  ## the pipeline over real records against independent queries
	$(BIN)/python -m tests.real.compare

reference: $(INSTALLED)  ## the articles' published figures beside what the pipeline computes from the simulated group
	$(BIN)/python -m tests.simulator.reference

credit-real: $(INSTALLED)  ## the scorecard on real borrowers beside gradient boosting
	$(BIN)/python -m tests.real.credit

parity: $(INSTALLED)  ## every published value beside MetricFlow's own, sums beside their parts
	$(BIN)/metrics parity --all

bench: $(INSTALLED)  ## side-by-side measurements, ratios from one run
	@$(BIN)/python -m benchmarks.load || MISSED=1
	$(BIN)/python -m benchmarks.metrics || MISSED=1
	$(BIN)/python -m benchmarks.lineage || MISSED=1
	exit $${MISSED:-0}

lock: $(INSTALLED)  ## resolve requirements*.in anew
	$(BIN)/uv pip compile requirements-bootstrap.in --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q -o requirements-bootstrap.txt
	$(BIN)/uv pip compile requirements-dev.in --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --no-header -q -o requirements.txt

clean:  ## remove what can be made again; never data
	rm -rf .venv target logs htmlcov .pytest_cache .ruff_cache .coverage*
