"""Fails when a model has changed without its migration."""

import os

import tests.environment  # noqa: F401

os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402

django.setup()
call_command("makemigrations", "--check", "--dry-run", verbosity=1)
