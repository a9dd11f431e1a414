"""An editorial office of the test's own, with its own file folders."""

import pytest

from tests.duties.catalogue.editorial import Editorial


@pytest.fixture
def office(settings, tmp_path, monkeypatch, request):
    monkeypatch.setattr("os.fsync", lambda handle: None)  # proved in tests/gateways
    settings.FILES_FOLDER = tmp_path / "files"
    settings.PUBLIC_FILES_FOLDER = tmp_path / "public-files"
    request.getfixturevalue("db")
    return Editorial()
