"""TIM-06. No user, role or import sets a received, replied or published time: each field tried by each role, and by a file."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from demo.year import import_sheet
from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.agencies.standard_posts import STANDARD_POSTS
from gongkai.duties.applications import actions
from gongkai.duties.applications.fold import FOLDED_COLUMNS
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.duties.applications.registers import APPLICATIONS
from gongkai.registers.actions import NEVER_RECTIFIED
from tests.factories.applications import replied
from tests.factories.people import a_person, an_agency, enter

pytestmark = pytest.mark.django_db
EARLIER = date(2020, 1, 2)
FIELDS = sorted({*FOLDED_COLUMNS, *NEVER_RECTIFIED} & {field.name for field in Application._meta.fields})
POSTS = [*STANDARD_POSTS, None]
# What a file might call such columns; the register knows none of them.
HEADS = (
    "入库时间",
    "登记时间",
    "答复期限",
    "状态",
    "是否逾期",
    "版本",
    "recorded_at",
    "due_on",
    "closed_late",
    "closed_on",
)


@pytest.fixture
def agency():
    return an_agency()


@pytest.fixture
def case(agency):
    every = frozenset().union(*(post.powers for post in STANDARD_POSTS))
    return replied(a_person(agency, *every, name="全职权"))


def rows() -> list[object]:
    return [
        list(Application.objects.order_by("pk").values()),
        list(ApplicationEvent.objects.order_by("pk").values()),
    ]


def somebody(agency, post) -> Person:
    return a_person(agency, *post.powers) if post else a_person(agency, administrator="system")


def test_there_are_fields_to_try():
    assert {"received_on", "due_on", "closed_on", "closed_late", "status", "recorded_at"} <= set(FIELDS)


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.name if post else "系统管理员")
def test_no_role_sets_any_of_the_fields(agency, case, post):
    """Not by the action, not by a field that no form has, posted beside those it has."""
    by, before = somebody(agency, post), rows()

    for name in FIELDS:
        with pytest.raises(Refusal):
            actions.rectify_particulars(case, reason="改日期", by=by, changes={name: EARLIER})
    assert rows() == before


def test_what_is_posted_beside_the_form_is_not_taken(client, agency, case):
    clerk = case.recorded_by
    enter(client, clerk)
    before = rows()
    address = reverse("registers:rectify", args=["applications", case.public_id])
    form = client.get(address).context["form"]
    assert not set(FIELDS) & set(form.fields)
    given = {name: form[name].value() or "" for name in form.fields}

    answer = client.post(
        address, {**given, **dict.fromkeys(FIELDS, EARLIER.isoformat()), "remark": "改备注", "reason": "补写"}
    )

    assert answer.status_code == 302
    kept, events = rows()
    assert kept[0].pop("remark") == "改备注"
    before[0][0].pop("remark")
    assert (kept, events) == tuple(before)


def test_an_entry_of_the_past_keeps_the_time_it_was_written(case):
    """The legal day may be entered late; the server's time tells when."""
    event = case.events.get(kind="replied")
    now = timezone.now()

    assert event.happened_on < now.date()
    assert abs(now - event.recorded_at) < timedelta(minutes=5)
    assert abs(now - case.recorded_at) < timedelta(minutes=5)


@pytest.mark.parametrize("head", HEADS)
def test_no_column_of_a_file_sets_them(agency, case, head):
    """An import says when things happened; when they were written, and what follows from them, it cannot say."""
    clerk = case.recorded_by
    heads = ("登记编号", "申请人类别", "申请渠道", "收到日期", head)
    row = ("〔2023〕900号", "自然人", "当面提交", date(2023, 3, 2), EARLIER)

    import_sheet(APPLICATIONS, heads, iter([row]), by=clerk)

    found = Application.objects.get(register_number="〔2023〕900号")
    assert (found.received_on, found.due_on, found.status) == (
        date(2023, 3, 2),
        date(2023, 3, 30),
        "handling",
    )
    assert (found.closed_on, found.closed_late, found.outcome) == (None, False, "")
    assert abs(timezone.now() - found.recorded_at) < timedelta(minutes=5)
    assert all(abs(timezone.now() - each.recorded_at) < timedelta(minutes=5) for each in found.events.all())
