#!/bin/sh
# Compiles requirements/*.txt from pyproject.toml: every package pinned with hashes, no registry named.
set -eu
cd "$(dirname "$0")/.."
lock() { uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --no-strip-extras --quiet "$@"; }
lock pyproject.toml --output-file requirements/run.txt
lock pyproject.toml --group dev --output-file requirements/dev.txt
