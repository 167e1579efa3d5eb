# `make run` starts the demo, `make test` runs everything that must hold, `make bench` measures,
# `make test-long SEEDS=1-10000 RUNS=1-30 STORIES=1-2 KILLS=500` plays the storms of processes, the long
# simulation and the stories of the state machine, and kills browsers; each goes on where it was broken off.
SHELL := /bin/bash
PORT ?= 8000
NAME ?=
SIZES ?=
SEEDS ?= 1-10000
RUNS ?= 1-30
STORIES ?= 1-2
KILLS ?= 500
# Debian's own Python, which is built to be fast; another on the path often is not.
export PYTHON ?= $(firstword $(wildcard /usr/bin/python3) python3)
PY := .venv/bin/python
export OUTREACH_DATA_DIR ?= $(CURDIR)/var

.PHONY: run test test-long test-kills bench lint types imports test-sqlite test-postgresql test-frontend test-model test-faults journeys format clean

run: .venv/.ready outreach/static/app/index.html
	@PORT=$(PORT) scripts/run.sh

test: .venv/.ready .venv/.dev frontend/node_modules/.ready outreach/static/app/index.html
	@scripts/test.sh

test-long: .venv/.dev frontend/node_modules/.ready outreach/static/app/index.html
	@$(PY) -m tests.long $(RUNS) $(SEEDS) $(STORIES) $(KILLS)

test-kills: .venv/.dev outreach/static/app/index.html
	@$(PY) -m tests.journeys.kills $(KILLS)

bench: .venv/.dev outreach/static/app/index.html
	@$(PY) bench/run.py $(NAME) $(SIZES)

lint types imports test-sqlite test-postgresql test-frontend test-model test-faults journeys: .venv/.dev outreach/static/app/index.html
	@scripts/test.sh $@

format: .venv/.dev frontend/node_modules/.ready
	.venv/bin/ruff check --fix -q . ; .venv/bin/ruff format -q .
	npm --prefix frontend run --silent format

clean:
	rm -rf .venv frontend/node_modules outreach/static/app var

.venv/.system: scripts/system.sh
	@scripts/system.sh run
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@touch $@

.venv/.ready: .venv/.system pyproject.toml constraints.txt
	@.venv/bin/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/.dev: .venv/.ready
	@scripts/system.sh test
	@.venv/bin/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

frontend/node_modules/.ready: frontend/package.json frontend/package-lock.json
	@npm --prefix frontend ci --silent --no-audit --no-fund
	@touch $@

outreach/static/app/index.html: frontend/node_modules/.ready frontend/index.html frontend/vite.config.ts \
		$(shell find frontend/src frontend/resident frontend/public frontend/build outreach/strings -type f 2>/dev/null)
	@npm --prefix frontend run --silent build
	@touch $@
