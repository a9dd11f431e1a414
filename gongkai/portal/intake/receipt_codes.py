"""查询码. 20 characters: 19 by chance and one that shows a slip of the pen. Given once, kept by nobody but its owner.

The alphabet leaves out what is taken for something else, in print or by telephone: 0 O 1 I L, 2 Z, 5 S, 8 B, U V. Its
size is a prime, so that the check finds every single wrong character and every two that changed places.
"""

import hashlib
import math
import unicodedata

ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
CHANCE = 19  # characters
BITS = CHANCE * math.log2(len(ALPHABET))  # 85.9
LOCATOR = 4  # characters by which the row is found; the other fifteen are known to nobody else
_GROUP = 4
_READ_AS = str.maketrans({" ": None, "-": None, "－": None, "—": None, "–": None, "·": None})


def from_digest(digest: bytes) -> str:
    """The code of 32 bytes nobody can guess; the same bytes give the same code."""
    number = int.from_bytes(hashlib.sha512(digest).digest(), "big")
    characters = []
    for _ in range(CHANCE):
        number, place = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[place])
    chosen = "".join(characters)
    return chosen + _check(chosen)


def shown(code: str) -> str:
    """In groups of four, as it is printed and read out."""
    return "-".join(code[begin : begin + _GROUP] for begin in range(0, len(code), _GROUP))


def read(typed: str) -> str | None:
    """The code as typed, however it is spaced and in whatever width; None when it cannot be one.

    >>> read(shown(from_digest(b"example"))) == from_digest(b"example")
    True
    """
    text = "".join(unicodedata.normalize("NFKC", typed)[:200].upper().translate(_READ_AS).split())
    if len(text) != CHANCE + 1 or any(character not in ALPHABET for character in text):
        return None
    return text if text[-1] == _check(text[:-1]) else None


def _check(chosen: str) -> str:
    """Weights 2 to 20, and 1 for the check itself: all different and none a multiple of the alphabet's size."""
    total = sum(weight * ALPHABET.index(character) for weight, character in enumerate(chosen, 2))
    return ALPHABET[-total % len(ALPHABET)]
