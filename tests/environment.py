"""测试环境. Set before Django reads its settings: both sides in one process, a data folder and keys of their own."""

import os
import tempfile
from pathlib import Path

HOME = Path(os.environ.setdefault("GONGKAI_HOME", tempfile.mkdtemp(prefix="gongkai-test-")))
os.environ["GONGKAI_SIDE"] = "all"
os.environ["GONGKAI_MODE"] = "demo"
os.environ["LINK_CHECKS"] = "off"  # no test asks the network; those of the checks say so themselves

from gongkai.portal.static_copy.manifest import create_pair as create_copy_pair  # noqa: E402
from gongkai.sealing.keys import create_key  # noqa: E402
from gongkai.sealing.unboxing import create_pair  # noqa: E402

for name in ("desk.secret", "portal.secret", "fields.key", "index.key"):
    create_key(HOME / "keys", name)
create_pair(HOME / "keys")
create_copy_pair(HOME / "keys")

# Collected static files have their place, empty: the file server warns about a missing one.
(HOME / "static" / "all").mkdir(parents=True, exist_ok=True)
