#!/bin/sh
# Everything that `make test` proves: the house's contracts, the law with every branch of it, the rest on SQLite, what
# uses the database again on PostgreSQL, and the journeys in a browser.
set -eu
python=".venv/bin/python"
sh tools/check.sh
$python -m pytest tests/rules -m "not prove" -q --cov=gongkai.rules --cov-branch --cov-fail-under=100 \
  --cov-report=term:skip-covered
$python -m pytest tests --ignore=tests/rules -m "not prove and not journey" -n 2 -q "$@"
$python -m tests.with_postgresql -- $python -m pytest tests -m "django_db and not prove and not journey" -n 2 -q "$@"
$python -m pytest tests -m "journey and not prove" -q "$@"
