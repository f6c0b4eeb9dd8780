# Everything a newcomer needs: `make demo` shows Parallax, `make test` proves it. Both do their own set-up.
# Only Python 3.11 or newer, make and the package registries are needed.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
PORT   ?= 8000
JOBS   ?= auto

TOOLS  := .venv-tools/.installed

.PHONY: install demo test lint tools train bench lock wheel clean help

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST)

install: $(STAMP) ## Make .venv and install Parallax with its locked dependencies

$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Parallax needs Python 3.11 or newer: run make PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

demo: $(STAMP) ## Build the example abstracts and open the explorer on port 8000
	$(BIN)/kg demo --port $(PORT)

test: $(STAMP) ## Run the whole suite
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup $(ARGS)

lint: $(STAMP) ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# What ships, from the corpora beside the project; the sentences of the gold standard stay out of all training.
CORPORA ?= ../shared/corpora
GOLD    ?= ../shared/evaluation
WITHOUT := --without $(GOLD)/bilingual_dev.json --without $(GOLD)/bilingual_validation.json
TRAINED ?= build/train

train: $(STAMP) ## Train the shipped models again from ../shared/corpora; one core, under three hours
	@test -d $(CORPORA) || { echo "make: no corpora at $(CORPORA): say CORPORA=… and GOLD=…" >&2; exit 1; }
	$(BIN)/kg train alignment --corpora $(CORPORA) $(WITHOUT) -o extractors/models/alignment
	$(BIN)/python -m benchmarks.terminologies $(TRAINED) bc5cdr-train ncbi-disease-train
	$(BIN)/kg lexicon build --data $(TRAINED)
	$(BIN)/kg train recogniser en --corpora $(CORPORA) --data $(TRAINED) $(WITHOUT) -o extractors/languages/en/recogniser.npz
	$(BIN)/kg train relations en --corpora $(CORPORA) --gold $(GOLD)/bilingual_dev.json \
		--without $(GOLD)/bilingual_validation.json -o extractors/models/relations-en.npz
	$(BIN)/kg train relations zh --corpora $(CORPORA) --gold $(GOLD)/bilingual_dev.json \
		--without $(GOLD)/bilingual_validation.json -o extractors/models/relations-zh.npz

tools: $(TOOLS) ## Install the tools of others that open the exports, apart from everything else

$(TOOLS): tests/kg/export/tools.lock
	$(PYTHON) -m venv .venv-tools
	.venv-tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

bench: $(STAMP) ## Run the benchmarks; results are TSV under benchmarks/results
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks figures

lock: $(STAMP) ## Pin the dependencies again, with hashes and without addresses
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-annotate \
		--no-header --generate-hashes --extra dev pyproject.toml --output-file requirements.lock

wheel: $(STAMP) ## Build the wheel into dist/
	$(BIN)/python -m build --wheel

clean: ## Remove what was made
	rm -rf $(VENV) .venv-tools dist build .mypy_cache .ruff_cache .pytest_cache kg-data
