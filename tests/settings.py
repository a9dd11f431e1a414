"""The settings in the tests' environment, for tools that import settings themselves (type checker, import graph)."""

import tests.environment  # noqa: F401
from gongkai.config.settings import *  # noqa: F403
