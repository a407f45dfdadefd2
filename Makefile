# The course's commands. `make` lists them. Each target that needs .venv makes it.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: help setup demo demo-course test test-browser test-all build verify lint lab bench soak

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(STAMP)  ## make .venv with what the locks pin; nothing outside the checkout changes

$(STAMP): requirements-dev.lock pyproject.toml .ci/install .ci/uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	 || { echo "The course needs Python 3.11 to 3.13; this is `$(PYTHON) --version`. Name another: make PYTHON=python3.12 …"; exit 1; }
	@echo "Setting up .venv, once:"
	@$(PYTHON) -m venv .venv || { echo "$(PYTHON) cannot make an environment; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@.ci/install .venv requirements-dev.lock .
	@touch $(STAMP)

demo: $(STAMP)  ## a first look: release and grade one day for a sample class of 12, in build/demo
	@$(BIN)/autograder build day02_loss
	@$(BIN)/autograder demo day02_loss --students 12

demo-course: $(STAMP)  ## the same for the whole course (some minutes)
	@$(BIN)/autograder build
	@$(BIN)/autograder demo

test: $(STAMP)  ## run the tests; nothing is left behind
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not slow and not whole_course and not browser"

test-browser: $(STAMP)  ## walk through JupyterLab and formgrader in Chromium; pictures in build/browser
	@.ci/browser
	@$(BIN)/python -m pytest -n 0 -m browser tests/browser

test-all: test verify lint demo-course test-browser  ## everything, TensorFlow and PyTorch too (long; needs the network)
	@.ci/postgresql
	@$(BIN)/python -m pytest -n auto --dist loadfile -m slow
	@$(BIN)/python -m pytest -n auto -m whole_course
	@.ci/requirements
	@.ci/frameworks

build: $(STAMP)  ## compile source/**/*.py to source/**/*.ipynb and release/**/*.ipynb
	@$(BIN)/autograder build

verify: $(STAMP)  ## prove every test of every notebook
	@$(BIN)/autograder verify

lint: $(STAMP)  ## ruff (lint, format) and mypy strict
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check autograder benchmarks course docs tests data nbgrader_config.py
	@$(BIN)/mypy

lab: $(STAMP)  ## open the course in JupyterLab, formgrader included
	@$(BIN)/jupyter lab

bench: $(STAMP)  ## measure CPU and wall time a submission beside plain nbgrader
	@$(BIN)/python benchmarks/bench.py

soak: $(STAMP)  ## grade 1,000 submissions, some hostile or broken, and look for losses and leftovers
	@$(BIN)/python benchmarks/soak.py
