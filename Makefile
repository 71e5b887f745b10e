# The only list of commands. `make help` prints it.
# PORT and GONGKAI_DATA may be given: make run PORT=9000 GONGKAI_DATA=/srv/gongkai
SHELL := /bin/sh
# The first Python that is new enough; make run PYTHON=/path/to/python3.11 names another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; \
	done)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# What the environment must hold is known by the digest of what it is built from.
STAMP_OF = cat requirements/$(1).txt pyproject.toml | cksum | tr -d ' '

.DEFAULT_GOAL := help
.PHONY: help run setup test check bench bench-tools docs requirements screenshots clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## install what is needed, load the demo body, serve portal and desk (PORT, GONGKAI_DATA)
	@$(call ENSURE,base)
	@GONGKAI_PORT=$(PORT) exec $(BIN)/gongkai serve --demo

setup: ## make .venv with everything for building and testing
	@$(call ENSURE,dev)

test: setup ## lint, types, import directions, then all tests on SQLite, PostgreSQL and in a browser
	@$(MAKE) --no-print-directory check HOUSE=
	@$(BIN)/python -m tests.run $(ARGS)

check: setup ## under a minute: format, lint, types, import directions, migrations, deploy check, house
	@$(BIN)/ruff format --check --quiet . && echo "format: ok"
	@$(BIN)/ruff check --quiet . && echo "lint: ok"
	@$(BIN)/lint-imports --no-logo >.build/imports.log 2>&1 || { cat .build/imports.log; exit 1; }
	@echo "import directions: ok"
	@$(BIN)/mypy
	@$(BIN)/python -m tests.deploy
	@if [ "$(HOUSE)" != "" ]; then $(BIN)/pytest -q tests/house; fi
HOUSE ?= yes

bench: setup bench-tools ## every benchmark, each with its ratio against a named baseline
	@for script in $$(grep -l '^if __name__ == "__main__":' bench/*.py); do \
		name=$$(basename "$$script" .py); echo "== bench.$$name"; \
		$(BIN)/python -m "bench.$$name" || exit 1; done

bench-tools: setup ## what benchmarks compare with, in .build/bench (not needed to run or test)
	@if [ "$$(cat .build/bench/.stamp 2>/dev/null)" != "$$($(call STAMP_OF,bench))" ]; then \
		$(BIN)/python -m venv .build/bench && .build/bench/bin/python -m pip install -qq \
		--disable-pip-version-check --require-hashes -r requirements/bench.txt \
		&& $(call STAMP_OF,bench) > .build/bench/.stamp \
		|| echo "没有装上对照用的程序, 相应的比较将跳过。"; fi

docs: setup ## write the reference pages that come from the code
	@GONGKAI_DATA=.build/docs-data $(BIN)/gongkai docs

requirements: ## pin requirements/*.in again, with hashes and without index addresses (needs uv)
	@cd requirements && for part in base dev bench; do \
		uv pip compile -q --upgrade --generate-hashes --no-emit-index-url \
		--python-version 3.11 $$part.in -o $$part.txt || exit 1; done

clean: ## remove what building and testing made; never the data folder
	@rm -rf .build .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# $(call ENSURE,base|dev): .venv holds what requirements/<part>.txt names; costs nothing when it does.
# A dev environment also serves `make run`.
define ENSURE
set -e; mkdir -p .build; want=$$($(call STAMP_OF,$(1))); \
if [ -x $(BIN)/gongkai ]; then \
  if [ "$$(cat $(VENV)/.stamp-$(1) 2>/dev/null)" = "$$want" ]; then exit 0; fi; \
  if [ "$(1)" = base ] && [ "$$(cat $(VENV)/.stamp-dev 2>/dev/null)" = "$$($(call STAMP_OF,dev))" ]; \
  then exit 0; fi; \
fi; \
[ -n "$(PYTHON)" ] \
  || { echo "需要 Python 3.11 或更新版本: make $@ PYTHON=/path/to/python3.11" >&2; exit 1; }; \
$(PYTHON) -c 'import venv, ensurepip' \
  || { echo "这个 Python 没有 venv, 请先安装 (Debian: apt-get install python3-venv)" >&2; exit 1; }; \
echo "正在准备运行环境 .venv (首次需要几分钟)…"; \
[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV); \
$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes \
  -r requirements/$(1).txt; \
$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .; \
echo "$$want" > $(VENV)/.stamp-$(1)
endef
