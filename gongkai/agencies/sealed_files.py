"""加密文件的存放. The one way a file that names people is kept: sealed, bound to its record, then stored; proved when read.

Rooms say what a file is bound to and which columns tell its key and its name; sealing, storing and what can go wrong
stand here.
"""

from gongkai.gateways.files import FileDamaged, FileMissing, desk_files
from gongkai.sealing import vault
from gongkai.sealing.keys import KeyMissing
from gongkai.sealing.suite import CannotOpen

PURPOSE = "applicants"
# Missing, damaged, moved to another record, or sealed under a key that is not here.
UNREADABLE = (FileMissing, FileDamaged, CannotOpen, KeyMissing)


def put(content: bytes, *, bound_to: bytes) -> tuple[int, str]:
    """Seal and store: the version of the key, and the name under which the sealed bytes lie."""
    version, sealed = vault.seal(PURPOSE, content, bound_to=bound_to)
    return version, desk_files().put(sealed)


def read(version: int, name: str, *, bound_to: bytes) -> bytes:
    """The file again. Raises one of ``UNREADABLE``."""
    return vault.open_sealed(PURPOSE, version, desk_files().read(name), bound_to=bound_to)
