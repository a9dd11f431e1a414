"""开箱. Opens on the desk what the public side sealed. The private keys stand in the desk's key folder and nowhere else."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from gongkai.sealing import boxes
from gongkai.sealing.keys import KeyMissing, create_key, read_key, write_public
from gongkai.sealing.suite import CannotOpen

PRIVATE = "intake.key"
PUBLIC = "intake.public"
_EARLIER = "intake-*.key"  # kept after a change of key, for what was sealed before


def create_pair(folder: Path) -> None:
    """密钥对: the private key for the desk, the public one for the portal; what is there already stays."""
    private = X25519PrivateKey.from_private_bytes(create_key(folder, PRIVATE))
    write_public(folder, PUBLIC, private.public_key().public_bytes_raw())


def open_box(folder: Path, box: bytes, *, bound_to: bytes) -> bytes:
    """The plain bytes. Raises CannotOpen for altered text or text of another cell, KeyMissing without the key."""
    _, name, _, _ = boxes.parts(box)
    return boxes.open_with(_private(folder, name).private_bytes_raw(), box, bound_to=bound_to)


def _private(folder: Path, name: bytes) -> X25519PrivateKey:
    for path in (folder / PRIVATE, *sorted(folder.glob(_EARLIER))):
        try:
            private = X25519PrivateKey.from_private_bytes(read_key(folder, path.name)[:32])
        except KeyMissing:
            continue
        if boxes.key_name(private.public_key().public_bytes_raw()) == name:
            return private
    if not (folder / PRIVATE).exists():
        raise KeyMissing(f"缺少密钥文件 {folder / PRIVATE}，网上提交的内容打不开。请从密钥备份恢复。")
    raise CannotOpen("这份提交是用另一把公钥加密的，密钥目录里没有对应的私钥")
