"""CRY-01, CRY-05: the suites, their known answers, and what a sealed text withstands."""

import dataclasses

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from gongkai.sealing.suite import INTERNATIONAL, NATIONAL, SUITES, CannotOpen, known_answers_hold

KEY = bytes(range(32))
both = pytest.mark.parametrize("suite", SUITES.values(), ids=list(SUITES))


@both
def test_the_published_vectors_come_out(suite):
    assert known_answers_hold(suite)


def test_a_suite_with_the_wrong_digest_fails_its_own_check():
    assert not known_answers_hold(dataclasses.replace(NATIONAL, hash=SHA256))


@both
@given(plain=st.binary(max_size=300), cell=st.binary(max_size=40))
def test_what_was_sealed_opens_in_its_own_cell(suite, plain, cell):
    assert suite.open(KEY, suite.seal(KEY, plain, bound_to=cell), bound_to=cell) == plain


@both
def test_a_text_moved_to_another_cell_does_not_open(suite):
    sealed = suite.seal(KEY, "张某".encode(), bound_to=b"a.name:1")

    with pytest.raises(CannotOpen):
        suite.open(KEY, sealed, bound_to=b"a.name:2")


@both
def test_any_changed_byte_is_noticed(suite):
    sealed = suite.seal(KEY, "张某".encode(), bound_to=b"cell")

    for position in range(len(sealed)):
        altered = sealed[:position] + bytes([sealed[position] ^ 1]) + sealed[position + 1 :]
        with pytest.raises(CannotOpen):
            suite.open(KEY, altered, bound_to=b"cell")


@both
def test_a_cut_text_is_refused(suite):
    with pytest.raises(CannotOpen):
        suite.open(KEY, b"short", bound_to=b"cell")


def test_a_hundred_thousand_seals_never_repeat_a_nonce():
    nonces = {INTERNATIONAL.seal(KEY, b"", bound_to=b"")[:12] for _ in range(100_000)}

    assert len(nonces) == 100_000


@pytest.mark.prove
def test_ten_million_seals_never_repeat_a_nonce():
    """CRY-05: both suites draw their nonces in the one place. Kept by the first byte: a repeat meets its like."""
    kept = [bytearray() for _ in range(256)]
    for _ in range(10_000_000):
        nonce = NATIONAL.seal(KEY, b"", bound_to=b"")[:12]
        kept[nonce[0]] += nonce

    for some in kept:
        assert len({bytes(some[at : at + 12]) for at in range(0, len(some), 12)}) == len(some) // 12
