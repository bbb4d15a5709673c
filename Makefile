# The two commands of the README, and what maintainers run. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BIB := $(BIN)/llm4rs-bib

.PHONY: help bib test test-all lint types exports schema bench clean

help:
	@echo 'make bib       install into $(VENV) and write references.bib'
	@echo 'make test      install into $(VENV), then lint, types and tests'
	@echo 'make test-all  and the tests that need TeX, pandoc, bibutils and Node, or some minutes'
	@echo 'make exports   write exports/ anew'
	@echo 'make schema    write docs/schema/ anew'
	@echo 'make bench     time start, growth, formats, reference lists and enrichment'

bib: $(VENV)/installed
	$(BIB) --catalog catalog export --format bibtex -o references.bib
	@echo 'references.bib written'

test: lint types $(VENV)/installed-dev
	$(BIN)/pytest --cov --cov-report=term:skip-covered -m 'not big and not long'

test-all: $(VENV)/installed-dev
	$(BIN)/pytest -m 'big or long'

lint: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/installed-dev
	$(BIN)/mypy

exports: $(VENV)/installed-styles
	$(BIB) --catalog catalog export --all

schema: $(VENV)/installed
	$(BIN)/python -m llm4rs_bib.schema docs/schema

bench: $(VENV)/installed-styles
	$(BIN)/python benchmarks/start.py
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python benchmarks/formats.py
	$(BIN)/python benchmarks/references.py
	$(BIN)/python benchmarks/enrich.py

clean:
	rm -rf $(VENV) dist references.bib

# uv where it is there, else venv and pip. Compiling is for machines that are told not to write bytecode on import.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.11" >&2; exit 1; }
	@if command -v uv >/dev/null; then uv venv --quiet --python '$(PYTHON)' $(VENV); \
	elif $(PYTHON) -c 'import ensurepip' 2>/dev/null; then $(PYTHON) -m venv $(VENV); \
	else echo "Python's ensurepip is missing. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; fi

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(call install,-e .)
	@touch $@

$(VENV)/installed-styles: pyproject.toml | $(VENV)/bin/python
	$(call install,-e '.[styles]')
	@touch $@ $(VENV)/installed

$(VENV)/installed-dev: pyproject.toml | $(VENV)/bin/python
	$(call install,-e '.[dev]')
	@touch $@ $(VENV)/installed-styles $(VENV)/installed

define install
@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python $(1); \
else $(BIN)/python -m pip install --quiet --disable-pip-version-check $(1); fi
@$(BIN)/python -m compileall -q src
endef
