"""查询码. Long enough that nobody guesses one, plain enough that nobody misreads one."""

import itertools
import secrets

import pytest

from gongkai.portal.intake import limits, receipt_codes
from gongkai.portal.intake.receipt_codes import ALPHABET, from_digest, read, shown


def a_code() -> str:
    return from_digest(secrets.token_bytes(32))


def test_a_code_carries_more_than_eighty_bits():
    """AUTH-11."""
    assert receipt_codes.BITS > 80
    assert len(set(ALPHABET)) == 23


def test_guessing_at_the_limits_is_hopeless():
    """ABU-02: a million addresses guessing for a year against a million codes, each with four digits beside it."""
    an_hour = limits.QUERIES_OF_ADDRESS.most + limits.COLLECTIONS_OF_ADDRESS.most
    guesses = an_hour * 24 * 366 * 1_000_000

    assert guesses * 1_000_000 / (2**receipt_codes.BITS * 10_000) < 1e-9


@pytest.mark.parametrize("confused", "0O1IL2Z5S8BUV")
def test_what_is_taken_for_something_else_is_not_in_it(confused):
    assert confused not in ALPHABET


def test_every_wrong_character_and_every_two_that_changed_places_are_found():
    for code in (a_code() for _ in range(20)):
        for place, character in itertools.product(range(len(code)), ALPHABET):
            altered = code[:place] + character + code[place + 1 :]
            assert altered == code or read(altered) is None
        for first, second in itertools.combinations(range(len(code)), 2):
            swapped = list(code)
            swapped[first], swapped[second] = code[second], code[first]
            assert "".join(swapped) == code or read("".join(swapped)) is None


@pytest.mark.parametrize("way", [str.lower, shown, lambda c: f" {shown(c)} ", lambda c: c.replace("", " "),
                                 lambda c: "".join(chr(ord(x) + 0xFEE0) for x in c),
                                 lambda c: shown(c).replace("-", "－")])  # fmt: skip
def test_it_is_read_however_it_is_typed(way):
    code = a_code()

    assert read(way(code)) == code


@pytest.mark.parametrize("typed", ["", "-", "A" * 20, "ABCD", "查询码", "\x00" * 20, "A" * 10_000])
def test_what_cannot_be_one_is_none(typed):
    assert read(typed) is None


def test_the_same_bytes_give_the_same_code_and_others_another():
    assert from_digest(b"a" * 32) == from_digest(b"a" * 32) != from_digest(b"b" * 32)
    assert len({a_code() for _ in range(1_000)}) == 1_000


def test_no_character_is_preferred():
    drawn = "".join(a_code()[:-1] for _ in range(500))

    assert all(300 < drawn.count(character) < 530 for character in ALPHABET)
