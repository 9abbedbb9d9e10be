# The environment is .venv, made by the first target that needs it and made anew when
# pyproject.toml or constraints.txt changed. `compare` takes what reach runs on; `test` adds
# the tools. It takes a Python of 3.11 or newer with venv, and make; nothing else.

PYTHON ?= python3
EXPERIMENT ?= experiments/2014-telephone-campaign
BASELINE ?= compare

DEMO = experiments/jabar-vaccination-demo

# Everything comes as a wheel whose hash constraints.txt knows: nothing else runs on the way in.
PIP = .venv/bin/python -m pip --disable-pip-version-check install --quiet --no-input --no-deps
LOCKED = $(PIP) --require-hashes --only-binary :all: --requirement
TOOLS = \# Tools$$

# It must run on the Pythons that it refuses.
define CHECK_PYTHON
import sys
if sys.version_info < (3, 11):
    sys.exit("reach needs Python 3.11 or newer, and this is %d.%d (%s). Install one and name it: make PYTHON=python3.11 ..." % (sys.version_info[0], sys.version_info[1], sys.executable))
try:
    import ensurepip, venv
except ImportError:
    sys.exit("This Python (%s) cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv" % sys.executable)
endef
export CHECK_PYTHON

.DELETE_ON_ERROR:
.PHONY: help compare demo test lint bench bench-full constraints clean

help: ## Show these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

compare: .venv/.runtime ## Compare an experiment's channels (EXPERIMENT=folder for another one)
	@.venv/bin/reach compare $(EXPERIMENT)

# The demo's logs hold bad records on purpose, which reach tells by exit code 1.
demo: $(DEMO)/simulated/truth.json ## Simulate a campaign, compare its channels, and count whom all its media reached
	@.venv/bin/reach compare $(DEMO) || test $$? -eq 1
	@.venv/bin/reach people $(DEMO) || test $$? -eq 1

$(DEMO)/simulated/truth.json: .venv/.runtime $(wildcard reach/simulate/*.py reach/simulate/records/*.py)
	@.venv/bin/reach simulate $(DEMO)/simulated --people 20000 --seed 20260105 --force > /dev/null

test: lint ## Check everything: format, lint, types, layers, tests and doctests
	.venv/bin/python -m pytest --numprocesses auto --dist worksteal

lint: .venv/.tools ## Check format, lint, types and layers
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: .venv/.tools ## Run the benchmarks, in minutes (BASELINE=write: keep their ratios)
	.venv/bin/python benchmarks/run.py --baseline $(BASELINE)

bench-full: .venv/.tools ## Run those of up to 100 million events (an hour, and 30 GB of disk)
	.venv/bin/python benchmarks/run.py --full --baseline $(BASELINE)

clean: ## Remove the environment and all caches; stores and benchmark data stay
	rm -rf .venv $(DEMO)/simulated .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find reach tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.runtime: pyproject.toml constraints.txt
	@command -v $(firstword $(PYTHON)) >/dev/null || { \
		echo "There is no $(PYTHON) here. On Debian or Ubuntu: apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c "$$CHECK_PYTHON"
	@echo "Making the environment .venv; the next run will not need to." >&2
	@$(PYTHON) -m venv --clear .venv
	@sed '/^$(TOOLS)/,$$d' constraints.txt > .venv/runtime.txt
	@$(LOCKED) .venv/runtime.txt
	@$(PIP) --no-build-isolation --editable .
	@touch $@

.venv/.tools: .venv/.runtime
	@echo "Adding the tools to .venv; the next run will not need to." >&2
	@$(LOCKED) constraints.txt
	@touch $@

# Versions that still fit pyproject.toml are kept, unless UPGRADE=1. The resolver is uv, put into
# an environment that is thrown away; nothing else here needs it. The file's first part is what
# reach runs on and is built with, the second what the tools need besides.
COMPILE = "$$work/bin/uv" pip compile --quiet --no-config --python "$$work/bin/python" \
	--universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url
PART = awk 'NR == FNR { runtime[$$1]; next } /^[^ ]/ { mine = ($$1 in runtime) == want } mine' \
	"$$work/runtime"

constraints: ## Make constraints.txt anew from pyproject.toml (UPGRADE=1: with the newest versions)
	@$(PYTHON) -c "$$CHECK_PYTHON"
	@set -e; work=$$(mktemp -d); trap 'rm -rf "$$work"' EXIT; \
	$(PYTHON) -m venv "$$work"; \
	"$$work/bin/python" -m pip --disable-pip-version-check install --quiet uv; \
	$(if $(UPGRADE),,cp constraints.txt "$$work/all";) \
	$(COMPILE) pyproject.toml --extra dev --output-file "$$work/all" >/dev/null; \
	echo hatchling | $(COMPILE) pyproject.toml - --constraint "$$work/all" \
		--output-file "$$work/runtime" >/dev/null; \
	{ echo "# Made by \`make constraints\`, not by hand."; \
	echo "# Runtime"; $(PART) want=1 "$$work/all"; \
	echo "# Tools"; $(PART) want=0 "$$work/all"; } > "$$work/parts"; \
	cp "$$work/parts" constraints.txt
