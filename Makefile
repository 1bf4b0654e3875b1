# Everything is done in .venv, with plain pip; a second call of any target installs nothing.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
WORKERS ?= 2 # each runs a PostgreSQL and a browser of its own, in about 700 MB

.PHONY: help run test check format lint types contracts compiled bench simulate fuzz chaos features lock clean
.DEFAULT_GOAL := help

help: ## show what can be asked of make
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 16

run: $(VENV)/.run ## set up and start the demo: a made-up collective and the playground at http://127.0.0.1:8000
	$(BIN)/seintje demo

test: $(VENV)/.dev ## install what tests need and run them all
	$(BIN)/pytest --numprocesses $(WORKERS) --dist worksteal

check: format lint types contracts test ## everything a change must pass

format: $(VENV)/.dev ## say which files are not formatted (to mend: .venv/bin/ruff format)
	$(BIN)/ruff format --check

lint: $(VENV)/.dev ## ruff, all rules but the ones named in pyproject.toml
	$(BIN)/ruff check

types: $(VENV)/.dev ## mypy, strict
	$(BIN)/mypy

contracts: $(VENV)/.dev ## who may import whom
	$(BIN)/lint-imports

# The same program, its ears (nlu/) and the rules of matching as machine code: for `make bench`, and for an installation
# with much to read. Built from a copy, since a compiled module left beside its source would be read instead of it ever after.
COMPILED := build/compiled
SOURCES  := $(shell find assistant nlu dialogs db alembic -type f -not -path '*/__pycache__/*' 2>/dev/null)

# The rules that are compiled, and a lead from first to last: what was kept must be read back as it was.
DECIDING := $(addprefix tests/rules/test_,availability.py matching.py ranking.py) \
	tests/app/test_candidates.py \
	$(foreach story,lead.nl waves.nl availability.nl deal.nl why.en,'tests/stories/test_stories.py::test_story[$(story)]')

compiled: $(COMPILED)/.done ## build/compiled: Seintje with compiled ears, which read a third faster, and rules; needs a C compiler

$(COMPILED)/.done: $(SOURCES) pyproject.toml | $(VENV)/.dev
	rm -rf $(COMPILED) build/source && mkdir -p build/source
	cp -R assistant nlu dialogs db alembic pyproject.toml README.md LICENSE build/source
	HATCH_BUILD_HOOKS_ENABLE=1 $(PIP) install --no-deps --no-build-isolation --target $(COMPILED) ./build/source
	rm -rf build/source
	$(BIN)/pytest -q --override-ini 'pythonpath=$(COMPILED) .' tests/nlu $(DECIDING) # it must read and decide the same
	@touch $@

bench: $(VENV)/.dev ## measure; a table here, build/bench.json for scripts; a part with ONLY=parse; PLAIN=1 compiles nothing
	@if [ -z "$(PLAIN)" ] && $(CAN_COMPILE); then $(MAKE) --no-print-directory compiled; fi
	PYTHONSAFEPATH=1 PYTHONPATH="$(if $(PLAIN),,$(COMPILED):)$(CURDIR)" $(BIN)/python -m tests.bench $(ONLY)

# A C compiler, and the headers of this Python.
CAN_COMPILE = command -v cc >/dev/null && $(BIN)/python -c \
	'import pathlib, sys, sysconfig; sys.exit(not pathlib.Path(sysconfig.get_path("include"), "Python.h").exists())'

simulate: $(VENV)/.dev ## a year of two hundred members: a table here, a plot in build/simulate.png
	$(BIN)/python -m tests.simulate

fuzz: $(VENV)/.dev ## bring payloads no platform sends, then read texts nobody writes, guided by what they reach; MINUTES=3
	$(BIN)/python -m tests.fuzz payloads
	-$(PIP) install --editable '.[fuzz]'
	$(BIN)/python -m tests.fuzz $(MINUTES)

MINUTES ?= 3

chaos: $(VENV)/.dev ## kill real processes under load, five hundred times, on either database; KILLS=250 on each
	$(BIN)/pytest -s -m chaos --kills $(KILLS)

KILLS ?= 250

features: $(VENV)/.dev ## write docs/features.md from the stories
	$(BIN)/seintje features > docs/features.md

# Versions only: no addresses, no hashes, so a lock file says nothing about the machine it was made on.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links pyproject.toml

lock: $(BIN)/python ## pin the newest versions that pyproject.toml allows (UPGRADE= keeps what is pinned)
	$(PIP) install uv
	$(COMPILE) $(UPGRADE) --output-file requirements.lock
	$(COMPILE) $(UPGRADE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock

UPGRADE ?= --upgrade

clean: ## forget the environment and what was built
	rm -rf $(VENV) build

# A Debian Python without ensurepip makes no pip in its venv; then the pip we have puts one there.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Seintje needs Python 3.11 or newer; say which: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || \
	{ $(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $(VENV) --quiet install pip; }

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --requirement requirements.lock
	$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	$(PIP) install --requirement requirements-dev.lock
	$(PIP) install --no-deps --editable .
	@touch $@ $(VENV)/.run
