#!/bin/sh
# Everything that `make test` proves: the house's contracts, the law with every branch of it, the rest on SQLite, what
# uses the database again on PostgreSQL, and the journeys in a browser. The desk's and the portal's faces are asked on
# SQLite and in the browser alone: what they call, actions and queries, is asked on both databases. The tests' own tables
# are made from the models; the migrations are run by the real setup on each kind of database (tests/operations), where
# what they make is compared with what the models make.
set -eu
python=".venv/bin/python"
sh tools/check.sh
$python -m pytest tests/rules -m "not prove" -q --cov=gongkai.rules --cov-branch --cov-fail-under=100 \
  --cov-report=term:skip-covered
$python -m pytest tests --ignore=tests/rules -m "not prove and not journey" -n 2 --dist loadgroup -q --nomigrations "$@"
$python -m tests.with_postgresql -- $python -m pytest tests -m "django_db and not prove and not journey" -n 2 -q \
  --nomigrations --ignore=tests/desk --ignore-glob="*/test_screens.py" --ignore=tests/portal/test_web_surface.py \
  --ignore=tests/portal/intake/test_apply_pages.py --ignore=tests/portal/test_channels.py \
  --ignore=tests/portal/test_canary_crawl.py "$@"
$python -m pytest tests -m "journey and not prove" -q --nomigrations "$@"
