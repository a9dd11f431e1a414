"""WSGI入口. The side is chosen by GONGKAI_SIDE."""

import os
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
_django = get_wsgi_application()

if os.environ.get("GONGKAI_SIDE") == "portal":
    from gongkai.portal.hot_pages import HotPages

    application: Callable[..., Any] = HotPages(_django)
else:
    application = _django
