"""封好再存. Everything handed in is sealed with the desk's public key before a byte of it is stored."""

import hashlib
import hmac

from django.conf import settings

from gongkai.sealing.boxes import seal_box
from gongkai.sealing.keys import KeyMissing, read_key

PUBLIC_KEY = "intake.public"


class NoKey(RuntimeError):
    """没有公钥: nothing can be taken in."""


def public_key() -> bytes:
    try:
        return read_key(settings.KEYS_FOLDER, PUBLIC_KEY)
    except KeyMissing:
        raise NoKey(f"密钥目录里没有公钥文件 {PUBLIC_KEY}，") from None


def cell(public_id: str, part: str) -> bytes:
    """Where a sealed text belongs: it opens nowhere else (CRY-02). The desk says the same when it opens it."""
    return f"intake_submission.{part}:{public_id}".encode()


def seal(plain: bytes, *, public_id: str, part: str) -> bytes:
    return seal_box(public_key(), plain, bound_to=cell(public_id, part), suite=settings.SUITE)


def keyed_digest(purpose: str, text: str) -> str:
    """By the portal's own key, which stands in no database: without it nobody can try out 18 digits (CRY-04)."""
    key = hashlib.sha256(f"intake:{purpose}:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
