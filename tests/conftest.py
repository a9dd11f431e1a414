"""测试设置. Both sides in one process, a data folder of their own, keys made on the spot."""

import os
import tempfile
from pathlib import Path

HOME = Path(os.environ.setdefault("GONGKAI_HOME", tempfile.mkdtemp(prefix="gongkai-test-")))
os.environ["GONGKAI_SIDE"] = "all"
os.environ["GONGKAI_MODE"] = "demo"
os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"

from gongkai.sealing.keys import create_key  # noqa: E402

for name in ("desk.secret", "portal.secret", "fields.key", "index.key"):
    create_key(HOME / "keys", name)
