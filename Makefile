PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint accuracy bench campaign docs lock

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(STAMP) ## install everything into .venv; the command is .venv/bin/beffroi

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP) ## run the main job on the bundled archive
	$(BIN)/beffroi demo

test: $(STAMP) ## run the tests
	$(BIN)/python -m pytest -n auto

lint: $(STAMP) ## style, types and the order of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

accuracy: $(STAMP) ## hold the readers against gold facts, every disagreement listed
	$(BIN)/python -m bench.accuracy

bench: $(STAMP) ## speed as ratios in one run
	$(BIN)/python bench/speed.py
	$(BIN)/python -m bench.collecting_speed

campaign: $(STAMP) ## collect thirty days of every bulletin through every fault, then be killed thirty times
	$(BIN)/python -m bench.campaign
	$(BIN)/python -m bench.campaign --kills 30

docs: $(STAMP) ## write the generated parts of docs/
	$(BIN)/python docs/generate.py

lock: $(STAMP) ## resolve the dependencies anew
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --extra dev pyproject.toml -o requirements.lock
