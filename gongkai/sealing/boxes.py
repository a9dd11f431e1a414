"""封箱. What the public side takes in is sealed to the desk's public key, so that the side that sealed it cannot open it.

X25519 agrees on a key with a pair made for the one box, the suite's digest derives it, the suite's cipher seals. A third
way (SM2 in a certified device) takes its place in ``WAYS`` under a number of its own.
"""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from gongkai.sealing.suite import SUITES, CannotOpen, Suite

# The first byte of a box: how it was sealed. A box stays readable after the setting has changed.
WAYS = {1: SUITES["national"], 2: SUITES["international"]}
_KEY = 32  # bytes of an X25519 key
_NAMED = 8  # bytes that name the desk's key
_INFO = b"gongkai sealed box"


def way_of(suite: str) -> int:
    return next(number for number, each in WAYS.items() if each.name == suite)


def key_name(public: bytes) -> bytes:
    """Which of the desk's keys a box is for."""
    return WAYS[2].keyed_digest(_INFO, public)[:_NAMED]


def seal_box(public: bytes, plain: bytes, *, bound_to: bytes, suite: str) -> bytes:
    """封箱. Opens only with the private key of ``public`` and the same ``bound_to``."""
    own = X25519PrivateKey.generate()
    own_public = own.public_key().public_bytes_raw()
    shared = own.exchange(X25519PublicKey.from_public_bytes(public))
    way = way_of(suite)
    key = derive(WAYS[way], shared, own_public, public)
    head = bytes([way]) + key_name(public) + own_public
    return head + WAYS[way].seal(key, plain, bound_to=head + bound_to)


def public_of(private: bytes) -> bytes:
    """The public key to 32 secret bytes."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def open_with(private: bytes, box: bytes, *, bound_to: bytes) -> bytes:
    """开箱, by whoever holds these 32 secret bytes. Raises CannotOpen."""
    way, _, own_public, sealed = parts(box)
    shared = X25519PrivateKey.from_private_bytes(private).exchange(
        X25519PublicKey.from_public_bytes(own_public)
    )
    key = derive(WAYS[way], shared, own_public, public_of(private))
    head = box[: len(box) - len(sealed)]
    return WAYS[way].open(key, sealed, bound_to=head + bound_to)


def derive(suite: Suite, shared: bytes, own_public: bytes, public: bytes) -> bytes:
    """Extract and expand (RFC 5869) over the suite's digest; one block is as long as any key needs."""
    extracted = suite.keyed_digest(own_public + public, shared)
    return suite.keyed_digest(extracted, _INFO + b"\x01")


def parts(box: bytes) -> tuple[int, bytes, bytes, bytes]:
    """Way, name of the key, the box's own public key, sealed text. Raises CannotOpen."""
    if len(box) < 1 + _NAMED + _KEY or box[0] not in WAYS:
        raise CannotOpen("密文格式不对")
    return box[0], box[1 : 1 + _NAMED], box[1 + _NAMED : 1 + _NAMED + _KEY], box[1 + _NAMED + _KEY :]
