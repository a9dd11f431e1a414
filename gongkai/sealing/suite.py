"""密码套件. Two sets of algorithms behind one interface; the setting GONGKAI_SUITE chooses (CRY-01).

A certified device can take their place by a third Suite of the same shape.
"""

import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256, SM3, Hash, HashAlgorithm
from cryptography.hazmat.primitives.hmac import HMAC

_NONCE = 12  # bytes: 96 random bits, far below the limit of 2^32 seals under one key (CRY-05)
_TAG = 16


class CannotOpen(ValueError):
    """密文无法打开: wrong key, altered text, or text moved from another cell."""


@dataclass(frozen=True, slots=True)
class Suite:
    """一套算法: an authenticated cipher and a digest."""

    name: str
    key_length: int  # bytes
    cipher: Callable[[bytes], algorithms.SM4 | algorithms.AES]
    hash: Callable[[], HashAlgorithm]

    def seal(self, key: bytes, plain: bytes, *, bound_to: bytes) -> bytes:
        """Nonce, tag and ciphertext; opens only with the same ``bound_to``."""
        nonce = os.urandom(_NONCE)
        encryptor = Cipher(self.cipher(key[: self.key_length]), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(bound_to)
        body = encryptor.update(plain) + encryptor.finalize()
        return nonce + encryptor.tag + body

    def open(self, key: bytes, sealed: bytes, *, bound_to: bytes) -> bytes:
        nonce, tag, body = sealed[:_NONCE], sealed[_NONCE : _NONCE + _TAG], sealed[_NONCE + _TAG :]
        if len(tag) < _TAG:
            raise CannotOpen("密文不完整")
        decryptor = Cipher(self.cipher(key[: self.key_length]), modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(bound_to)
        try:
            return decryptor.update(body) + decryptor.finalize()
        except InvalidTag:
            raise CannotOpen("密文无法打开：密钥不符、内容被改动，或从别处移来") from None

    def keyed_digest(self, key: bytes, data: bytes) -> bytes:
        """HMAC over the suite's digest."""
        mac = HMAC(key, self.hash())
        mac.update(data)
        return mac.finalize()


NATIONAL = Suite("national", 16, algorithms.SM4, SM3)
INTERNATIONAL = Suite("international", 32, algorithms.AES, SHA256)
SUITES = {suite.name: suite for suite in (NATIONAL, INTERNATIONAL)}

# GB/T 32905-2016 (SM3 of "abc"), GB/T 32907-2016 annex A.1 (SM4), FIPS 180-4, FIPS 197 appendix C.3.
_KNOWN_DIGESTS = {
    "national": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    "international": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
}
_KNOWN_BLOCKS = {
    "national": (
        "0123456789abcdeffedcba9876543210",
        "0123456789abcdeffedcba9876543210",
        "681edf34d206965e86b3e94f536e4246",
    ),
    "international": (
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "00112233445566778899aabbccddeeff",
        "8ea2b7ca516745bfeafc49904b496089",
    ),
}


def known_answers_hold(suite: Suite) -> bool:
    """已知答案自检: the published vectors come out of this machine's library."""
    digest = Hash(suite.hash())
    digest.update(b"abc")
    key, block, expected = (bytes.fromhex(text) for text in _KNOWN_BLOCKS[suite.name])
    # ECB of one block is how the standards print their vectors; nothing is sealed with it.
    encryptor = Cipher(suite.cipher(key), modes.ECB()).encryptor()  # noqa: S305
    return hmac.compare_digest(digest.finalize().hex(), _KNOWN_DIGESTS[suite.name]) and hmac.compare_digest(
        encryptor.update(block) + encryptor.finalize(), expected
    )
