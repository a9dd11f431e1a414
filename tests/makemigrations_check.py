"""Fails when a model has changed without its migration."""

import os

import tests.environment  # noqa: F401

os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"

import django
from django.core.management import call_command

django.setup()
call_command("makemigrations", "--check", "--dry-run", verbosity=1)
