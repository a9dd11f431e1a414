"""What every test shares: a cheap password hash, and the mark of the database for whatever uses it."""

import pytest

_DATABASE = {"db", "transactional_db", "django_db_setup", "client", "admin_client"}


def pytest_collection_modifyitems(items):
    """Whoever asks for the database by fixture bears its mark, so that the run on PostgreSQL finds it."""
    for item in items:
        if _DATABASE & set(getattr(item, "fixturenames", ())) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(autouse=True)
def _cheap_passwords(request):
    if request.node.get_closest_marker("django_db"):
        settings = request.getfixturevalue("settings")
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
