"""Makes both databases from the models, as the tests' own are made (--nomigrations): python -m tests.operations.from_models."""

import tests.environment  # noqa: F401, I001

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections


class _None:
    """As pytest-django says it: no app has migrations."""

    def __contains__(self, label: str) -> bool:
        return True

    def __getitem__(self, label: str) -> None:
        return None


if __name__ == "__main__":
    django.setup()
    settings.MIGRATION_MODULES = _None()
    for alias in connections:
        call_command("migrate", database=alias, run_syncdb=True, verbosity=0)
    from tests.conftest import make_what_no_model_describes

    make_what_no_model_describes()
