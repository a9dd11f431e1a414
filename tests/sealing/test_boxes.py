"""封箱. Sealed with the public key alone, opened with the private one alone, bound to its place."""

import pytest

from gongkai.sealing import boxes
from gongkai.sealing.keys import KeyMissing, read_key
from gongkai.sealing.suite import CannotOpen
from gongkai.sealing.unboxing import PRIVATE, PUBLIC, create_pair, open_box

PLAIN = "示例申请人，110101199001010015".encode()


@pytest.fixture
def keys(tmp_path):
    folder = tmp_path / "keys"
    create_pair(folder)
    return folder


def a_box(keys, suite="national", bound_to=b"here"):
    return boxes.seal_box(read_key(keys, PUBLIC), PLAIN, bound_to=bound_to, suite=suite)


@pytest.mark.parametrize("suite", ["national", "international"])
def test_what_is_sealed_to_the_desk_the_desk_opens(keys, suite):
    """CRY-01: in either suite, whichever is set when it is opened."""
    box = a_box(keys, suite)

    assert PLAIN not in box
    assert open_box(keys, box, bound_to=b"here") == PLAIN


def test_the_public_key_alone_opens_nothing(keys):
    """PII-03: the portal's folder holds no private key."""
    box = a_box(keys)
    (keys / PRIVATE).unlink()

    with pytest.raises(KeyMissing, match="打不开"):
        open_box(keys, box, bound_to=b"here")


def test_a_box_moved_to_another_place_does_not_open(keys):
    """CRY-02."""
    with pytest.raises(CannotOpen):
        open_box(keys, a_box(keys), bound_to=b"elsewhere")


def test_a_box_altered_anywhere_does_not_open(keys):
    box = a_box(keys)

    for place in range(len(box)):
        altered = box[:place] + bytes([box[place] ^ 1]) + box[place + 1 :]
        with pytest.raises(CannotOpen):
            open_box(keys, altered, bound_to=b"here")


@pytest.mark.parametrize("cut", [0, 1, 20, 41, 60])
def test_a_box_cut_short_does_not_open(keys, cut):
    with pytest.raises(CannotOpen):
        open_box(keys, a_box(keys)[:cut], bound_to=b"here")


def test_two_boxes_of_the_same_text_have_nothing_in_common(keys):
    """CRY-05: a key pair and a nonce of their own each time."""
    assert len({a_box(keys)[9:] for _ in range(200)}) == 200


def test_after_a_change_of_key_the_earlier_boxes_still_open(keys):
    """CRY-03."""
    early = a_box(keys)
    (keys / PRIVATE).rename(keys / "intake-2026.key")
    (keys / PUBLIC).unlink()
    create_pair(keys)
    late = a_box(keys)

    assert early[1:9] != late[1:9]
    assert [open_box(keys, box, bound_to=b"here") for box in (early, late)] == [PLAIN, PLAIN]


def test_a_box_for_a_key_we_do_not_hold_says_so(keys, tmp_path):
    create_pair(tmp_path / "others")

    with pytest.raises(CannotOpen, match="另一把公钥"):
        open_box(keys, a_box(tmp_path / "others"), bound_to=b"here")


def test_the_pair_is_made_once_and_its_private_half_is_the_owners_alone(keys):
    """CRY-07."""
    before = (keys / PRIVATE).read_bytes(), (keys / PUBLIC).read_bytes()

    create_pair(keys)

    assert ((keys / PRIVATE).read_bytes(), (keys / PUBLIC).read_bytes()) == before
    assert (keys / PRIVATE).stat().st_mode & 0o077 == 0
