"""进程. Starts Django for one side, and says in one sentence why it cannot."""

import os
import sys

from gongkai.sealing.keys import KeyMissing


class CannotRun(RuntimeError):
    """运维命令无法执行: carries the sentence the operator reads."""


def start_django(side: str) -> None:
    """Set up Django for ``side``. Raises CannotRun when keys or settings are not in order."""
    os.environ["GONGKAI_SIDE"] = side
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except (KeyMissing, ImproperlyConfigured) as error:
        raise CannotRun(str(error)) from error


def say(text: str) -> None:
    """A line to the operator."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
