"""A small office of the test's own, with its own file folders."""

import pytest

from gongkai.outbox.worker import run_waiting
from tests.annual_report.office import Office


@pytest.fixture
def office(settings, tmp_path, request):
    """The office, in both databases."""
    settings.FILES_FOLDER = tmp_path / "files"
    settings.PUBLIC_FILES_FOLDER = tmp_path / "public-files"
    request.getfixturevalue("db")
    return Office()


@pytest.fixture
def published(office):
    """Released and confirmed by the worker."""
    from gongkai.annual_report import actions

    edition = actions.release(office.approved(), by=office.publisher)
    run_waiting()
    edition.refresh_from_db()
    return edition
