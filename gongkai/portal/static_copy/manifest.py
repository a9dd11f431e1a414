"""清单. Every file of the copy with its digest, signed with a key that does not lie in the folder.

Whoever has the public key (``copy.public``) can prove a copy anywhere without being able to sign one.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import Hash

from gongkai.sealing.keys import create_key, read_key, write_public
from gongkai.sealing.suite import SUITES, Suite

PRIVATE, PUBLIC = "copy.key", "copy.public"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"


@dataclass(slots=True)
class Entry:
    """一个文件: its digest, its size, and the addresses of this site that it leads to."""

    digest: str
    size: int
    leads_to: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Manifest:
    """清单. What was being written when a crash came is not taken for tampering: it says so beforehand."""

    suite: str
    stamp: int = -1
    files: dict[str, Entry] = field(default_factory=dict)
    is_being_written: bool = False

    def as_bytes(self) -> bytes:
        said = {
            "suite": self.suite,
            "stamp": self.stamp,
            "files": {
                name: {"digest": entry.digest, "size": entry.size, "leads_to": entry.leads_to}
                for name, entry in sorted(self.files.items())
            },
            "is_being_written": self.is_being_written,
        }
        return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def of(cls, content: bytes) -> "Manifest":
        said: dict[str, Any] = json.loads(content)
        files = {name: Entry(**entry) for name, entry in said["files"].items()}
        return cls(said["suite"], said["stamp"], files, said["is_being_written"])


def create_pair(folder: Path) -> None:
    """密钥对: the private key for the process that writes the copy, the public one for whoever proves it."""
    private = Ed25519PrivateKey.from_private_bytes(create_key(folder, PRIVATE))
    write_public(folder, PUBLIC, private.public_key().public_bytes_raw())


def sign(content: bytes, *, keys: Path) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(read_key(keys, PRIVATE)[:32]).sign(content).hex().encode()


def is_signed(content: bytes, signature: bytes, *, keys: Path) -> bool:
    """Raises KeyMissing without the public key."""
    public = Ed25519PublicKey.from_public_bytes(read_key(keys, PUBLIC)[:32])
    try:
        public.verify(bytes.fromhex(signature.decode("ascii").strip()), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def digest_of(content: bytes, suite: str) -> str:
    found: Suite = SUITES[suite]
    digest = Hash(found.hash())
    digest.update(content)
    return digest.finalize().hex()
