# Everything a developer does with Engross. `make` alone lists it.
#
# Needs Python 3.11 or newer, make and git, and nothing else: the first command makes
# .venv, puts uv into it and installs requirements.lock, every package by its hash.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test test-sqlite test-postgres test-browser check bench pictures generate lock format clean

PORT ?= 8000
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
FIND_PYTHON := sh tools/find_python.sh
RUN := $(BIN)/python -m

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'

demo: $(STAMP) ## write September 2021's Operations Report and serve the site (PORT=8000)
	@$(BIN)/engross demo --port $(PORT)

test: $(STAMP) ## run every test: SQLite, PostgreSQL and a browser, all at once
	@$(RUN) tests.support.browser --install
	@$(RUN) tests.support.suite $(ARGS)

test-sqlite: $(STAMP) ## run the tests on SQLite, without a browser (ARGS="-k word")
	@$(RUN) pytest -m "not browser" $(ARGS)

test-postgres: $(STAMP) ## run the tests on a throw-away PostgreSQL
	@$(RUN) tests.support.postgres -- $(RUN) pytest -m "(not browser and not once) or smoke" $(ARGS)

test-browser: $(STAMP) ## run the journeys in Chromium
	@$(RUN) tests.support.browser --install
	@$(RUN) pytest -m browser $(ARGS)

check: $(STAMP) ## look for faults without running the product: style, types, layers, docs
	@$(RUN) tools.check

bench: $(STAMP) ## measure against the budgets (ARGS="pages" for one file)
	@$(RUN) benchmarks $(ARGS)

pictures: $(STAMP) ## take the pictures of the docs anew from the demonstration
	@$(RUN) tests.support.browser --install
	@$(RUN) tools.pictures

generate: $(STAMP) ## write the generated docs anew
	@$(RUN) tools.check_generated --write

lock: $(STAMP) ## resolve the dependencies of pyproject.toml anew
	@$(BIN)/uv lock
	@$(BIN)/uv export --quiet --group dev --no-emit-project --no-annotate --no-header --output-file requirements.lock > /dev/null
	@rm -f uv.lock
	@$(RUN) tools.check_lock
	@$(MAKE) --no-print-directory $(STAMP)

format: $(STAMP) ## put imports and layout in order
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

clean: ## remove what was installed, built and cached (not var/, where a deployment's data is)
	rm -rf $(VENV) build dist uv.lock .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# uv's own pin and hashes come from the lock, so that there is one place to change it.
$(STAMP): requirements.lock pyproject.toml tools/find_python.sh
	@$(BIN)/python -c "" 2> /dev/null || { python=$$(PYTHON="$(PYTHON)" $(FIND_PYTHON)) && "$$python" tools/make_venv.py $(VENV); }
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > $(VENV)/uv.txt
	@$(BIN)/python -m pip --version > /dev/null 2>&1 || $(BIN)/python -m ensurepip > /dev/null
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r $(VENV)/uv.txt
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@
