#!/bin/sh
# Everything that `make test` proves: the house's contracts, then the tests on SQLite, then those of the database
# again on PostgreSQL, then the journeys in a browser.
set -eu
python=".venv/bin/python"
sh tools/check.sh
$python -m pytest tests -m "not prove and not journey" -n 2 -q "$@"
$python -m tests.with_postgresql -- $python -m pytest tests -m "django_db and not prove and not journey" -n 2 -q "$@"
$python -m pytest tests -m "journey and not prove" -q "$@"
