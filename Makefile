# What is done most often. `make check` is everything that must hold; the rest are its parts.

BIN = .venv/bin

.PHONY: check test lint types run pictures bench site clean

check: ## all of it, in a fresh clone with a fresh environment
	.ci/run

test: .venv/ready ## all tests
	$(BIN)/pytest -n auto

lint: .venv/ready ## style, and that imports only go down
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: .venv/ready ## mypy, strict
	$(BIN)/mypy

run: .venv/ready ## the app: make run, make run FILE=xor
	$(BIN)/nntui $(FILE)

pictures: .venv/ready ## the pictures of the README, as the program draws them
	$(BIN)/nntui show xor --at 40:3:delta:1:2 --width 120 --height 40 --format svg > docs/nntui-120x40.svg
	$(BIN)/nntui show xor --at 1:1:a:1:1 --width 80 --height 24 --format svg > docs/nntui-80x24.svg

bench: .venv/ready ## how fast it is beside others, on this machine and now
	$(BIN)/python -m tests.benchmarks

site: ## the documentation site, in build/site; every dead link is an error
	python3 -m venv build/docs && build/docs/bin/pip install -q -r requirements-docs.txt
	build/docs/bin/sphinx-build -W --keep-going -q -b html docs build/site

clean: ## what tools leave behind, and the environment
	rm -rf .venv build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/ready: requirements-dev.txt pyproject.toml
	python3 -m venv .venv
	$(BIN)/pip install -r requirements-dev.txt
	$(BIN)/pip install --no-deps -e .
	touch $@
