"""隐藏的和不存在的: a reader cannot tell them apart, neither by what he is answered nor by how long it takes (PUB-08)."""

import time
from statistics import median

import pytest

from gongkai.portal import release
from tests.portal.items import item, key
from tests.portal.test_acts import KEY, an_act

pytestmark = pytest.mark.django_db(databases=["default", "public"])
ASKED = 200
ROUNDS = 5  # a machine that is busy with something else is asked again


def hidden_and_absent():
    """What was withdrawn without a word, and what never was: an item, an act, a page, an address of a file."""
    release.put_item(item(1))
    release.withdraw_item(key(1), version=2, note="")
    release.put_act(an_act())
    release.withdraw_act(KEY(1), version=2)
    release.withdraw_page("review-rules", version=2)
    return [
        (f"/items/{key(1)}/", f"/items/{key(2)}/"),
        (f"/acts/{KEY(1)}/", f"/acts/{KEY(7)}/"),
        ("/pages/review-rules/", "/pages/review-rulez/"),
    ]


@pytest.fixture
def pairs(readers, editorial_columns):
    return hidden_and_absent()


@pytest.fixture
def editorial_columns(office):
    from gongkai.duties.administrative_acts.columns import columns
    from tests.portal.items import NOTICES

    release.put_column(NOTICES)
    for column in columns():
        release.put_column(column)


def seconds(readers, address: str) -> float:
    began = time.perf_counter()
    assert readers.get(address).status_code == 404
    return time.perf_counter() - began


def test_pub_08_hidden_and_absent_are_answered_with_the_same_bytes(readers, pairs):
    for hidden, absent in pairs:
        one, other = readers.get(hidden), readers.get(absent)
        assert (one.status_code, one.content, one.headers) == (404, other.content, other.headers)


@pytest.mark.prove
def test_pub_08_they_take_the_same_time(readers, pairs):
    """Medians of 200 requests each, asked in turn, differ by no more than a tenth."""
    for hidden, absent in pairs:
        for _ in range(ROUNDS):
            times = [(seconds(readers, hidden), seconds(readers, absent)) for _ in range(ASKED)]
            ratio = median(one for one, _ in times) / median(other for _, other in times)
            if 0.9 <= ratio <= 1.1:
                break
        assert 0.9 <= ratio <= 1.1, hidden
