# Every target sets up what it needs: a virtual environment in .venv, made once and remade when the lock changes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.from-lock
ROOMS := actions bot channels domain handlers rehearsal reports schedules storage texts web

PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder
RULES := tests/actions tests/channels tests/domain tests/reports tests/schedules tests/storage
DOORS := tests/bot tests/browser tests/handlers tests/rehearsal tests/stories tests/texts tests/web

.PHONY: run test coverage check format bench screenshots lock clean setup

run: $(STAMP)      ## the bot; without BOT_TOKEN the rehearsal with its page
	@$(BIN)/python -m bot run

setup: $(STAMP)

test: $(STAMP)     ## the whole suite, a process for each core: the rules with branch coverage, then the doors
	$(PYTEST) $(RULES) $(RULES:tests/%=--cov=%) --cov-report=term:skip-covered --cov-fail-under=95
	$(PYTEST) $(DOORS)

coverage: $(STAMP) ## the whole suite with branch coverage of every room; twice as long (decision 0011)
	$(PYTEST) --cov --cov-report=term:skip-covered --cov-fail-under=90

check: $(STAMP)    ## format, lint, types, import contracts, texts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(ROOMS) bench tests
	$(BIN)/lint-imports
	$(BIN)/python -m texts.check

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP)    ## medians of five runs, ratios side by side; the rehearsal's page and year; «Мои задачи»; a file of people; the dashboard; a survey; an announcement
	$(BIN)/python -m bench
	$(BIN)/python -m bench.page
	$(BIN)/python -m bench.year
	$(BIN)/python -m bench.tasks
	$(BIN)/python -m bench.registry
	$(BIN)/python -m bench.board
	$(BIN)/python -m bench.survey
	$(BIN)/python -m bench.broadcast

screenshots: $(STAMP)  ## the pictures of docs/img anew
	$(BIN)/python -m tests.browser.screenshots

lock: $(STAMP)     ## re-pin requirements.lock from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra test --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-strip-extras --no-emit-index-url --custom-compile-command 'make lock' --quiet -o requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage

$(STAMP): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …"; exit 1; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "No venv module: apt-get install python3-venv"; exit 1; }
	@echo "Installing what requirements.lock names (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $(STAMP)
