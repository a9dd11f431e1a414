"""公众侧的测试. The portal's own addresses, middleware and templates, as its process has them."""

import pytest
from django.test import Client

from tests.portal.office import released_office

HOST = "127.0.0.1"


@pytest.fixture
def stores(settings, tmp_path, monkeypatch):
    """Two file folders of the test's own. That files are synced to the disk is proved in tests/gateways."""
    monkeypatch.setattr("os.fsync", lambda handle: None)
    settings.FILES_FOLDER = tmp_path / "files"
    settings.PUBLIC_FILES_FOLDER = tmp_path / "public-files"
    return settings


@pytest.fixture
def portal(stores, tmp_path):
    """The settings of the public process."""
    stores.ROOT_URLCONF = "gongkai.config.urls_portal"
    stores.MIDDLEWARE = stores.PORTAL_MIDDLEWARE
    stores.ALLOWED_HOSTS = [HOST]
    stores.STATIC_ROOT = tmp_path / "static"
    stores.STATIC_ROOT.mkdir()
    stores.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["gongkai.portal.pages.context.site"]},
        }
    ]
    return stores


@pytest.fixture
def portal_client(portal):
    return Client(HTTP_HOST=HOST, raise_request_exception=False)


@pytest.fixture
def office(portal):
    """An office with two years of reports, the later one corrected."""
    released_office()


@pytest.fixture
def readers(portal_client, office):
    """A reader of that office's portal."""
    return portal_client
