#!/bin/sh
# What can be seen without running the product.
set -eu
export PATH="$PWD/.venv/bin:$PATH"
ruff format --check --quiet .
ruff check --quiet .
mypy gongkai
lint-imports --no-cache
python -m tests.makemigrations_check
