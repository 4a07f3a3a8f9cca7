# Two commands: `make demo` and `make test`. Both set themselves up, from a bare clone with Python >= 3.11.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready-dev
RUN := $(VENV)/ready
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := $(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header

.PHONY: demo test test-browser ready-test-browser test-clients ready-test-clients lint types unit messages lock bench bench-explain pictures clean

demo: $(RUN)
	$(BIN)/skemaplan demo demo

test: lint types unit

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

unit: $(READY)
	$(BIN)/pytest

# The pages in a real browser; Debian's Chromium is installed if there is none.
test-browser: ready-test-browser
	CHROMIUM="$$(command -v chromium)" $(BIN)/pytest tests/browser

ready-test-browser: $(VENV)/ready-browser
	@command -v chromium >/dev/null || (apt-get update -qq && apt-get install -y -qq chromium fonts-noto-core)

# The calendars in programs, and behind web servers, that nobody here wrote; a few minutes.
test-clients: ready-test-clients
	CLIENTS="$(CURDIR)/$(VENV)/clients" $(BIN)/pytest -rs tests/clients

ready-test-clients: $(READY)
	PYTHON=$(PYTHON) tests/clients/install "$(CURDIR)/$(VENV)/clients"

# Long rounds of the tests that make tables up: wrong cells, any bytes.
fuzz: $(READY)
	FUZZ=1000 $(BIN)/pytest tests/test_tables_planted.py tests/test_tables_garbage.py

bench: $(READY)
	$(BIN)/python -m benchmarks.run $(SPEC)

bench-explain: $(READY)
	$(BIN)/python -m benchmarks.explain $(SPEC)

# The pictures of the README (docs/images), taken anew from the case; a few minutes.
pictures: ready-test-browser
	CHROMIUM="$$(command -v chromium)" $(BIN)/python -m tools.pictures

# What translators work on (src/skemaplan/locale/da/LC_MESSAGES/skemaplan.po), and what is read at run time.
messages: $(READY)
	$(BIN)/python -m tools.messages

# Choose the newest versions that fit and pin them; the only step that looks further than the lock.
lock: $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-tools
	$(COMPILE) --extra build -o requirements.lock pyproject.toml
	$(COMPILE) --extra build --extra dev --extra pdf --extra serve --extra cluster -c requirements.lock -o requirements-dev.lock pyproject.toml
	$(COMPILE) --extra browser -c requirements-dev.lock -o requirements-browser.lock pyproject.toml
	$(COMPILE) -o tests/clients/requirements.lock tests/clients/requirements.in
	cd tests/clients && npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(RUN): requirements.lock pyproject.toml | $(VENV)/bin/python
	$(INSTALL) -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	touch $@

$(READY): requirements-dev.lock $(RUN)
	$(INSTALL) -r requirements-dev.lock
	touch $@

$(VENV)/ready-browser: requirements-browser.lock $(READY)
	$(INSTALL) -r requirements-browser.lock
	touch $@

clean:
	rm -rf $(VENV) demo .mypy_cache .pytest_cache .ruff_cache
