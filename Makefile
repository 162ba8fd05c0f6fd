# recordsmith: `make` sets up and regenerates, `make test` runs everything.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

# What `make validate` judges: make validate TYPE=InvocationRecord FILES=archive.jsonl
TYPE  ?= InvocationRecord
FILES ?= tests/payloads/invocation_records.jsonl

# How long `make fuzz` goes on.
FUZZ_SECONDS ?= 600

.PHONY: all
all: $(READY)  ## set up .venv, then bring generated/ up to date
	@$(BIN)/recordsmith generate

.PHONY: help
help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "recordsmith needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]' --editable generated/python
	@touch $@

.PHONY: check
check: $(READY)  ## fail, with a diff, if generated/ is stale or was edited
	$(BIN)/recordsmith check

.PHONY: test
test: all  ## run all tests
	$(BIN)/pytest --numprocesses auto --dist worksteal

.PHONY: lint
lint: $(READY)  ## style, types and the floors of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --strict generated/python
	$(BIN)/pyright --project pyproject.toml
	$(BIN)/lint-imports

.PHONY: validate
validate: all  ## judge payloads: make validate TYPE=LogRecord FILES=logs.jsonl
	$(BIN)/recordsmith validate $(TYPE) $(FILES)

.PHONY: publish
publish: all  ## write the schemas into dist/json-schema as other languages read them
	$(BIN)/recordsmith publish

.PHONY: golden
golden: $(READY)  ## accept what the generator makes now as the golden folders
	$(BIN)/python tests/golden/accept.py

.PHONY: fuzz
fuzz: all  ## compare schemas and models at random: make fuzz FUZZ_SECONDS=3600
	FUZZ_SECONDS=$(FUZZ_SECONDS) $(BIN)/python tests/fuzz/run.py

.PHONY: bench
bench: all  ## measure, as ratios of paired runs
	$(BIN)/python tests/bench/bench.py

.PHONY: clean
clean:  ## remove what is made and not committed
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
