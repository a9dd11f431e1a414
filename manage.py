#!/usr/bin/env python
"""Django's command line, for developers; operators use `gongkai manage`."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
execute_from_command_line(sys.argv)
