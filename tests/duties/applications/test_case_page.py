"""案件页, 期限的页面, 更正和重算的页面, as officers go through them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.applications import actions
from gongkai.duties.applications.clocks import recounting, rectifying
from gongkai.duties.applications.clocks.models import Recount, Rectification
from gongkai.duties.applications.matters import actions as matters
from gongkai.duties.applications.models import Application
from tests.factories.agencies import keeper
from tests.factories.applications import application, replied
from tests.factories.people import a_person, enter

pytestmark = pytest.mark.django_db
MOST_QUERIES = 40  # one page with every part of a case; a list has its own bound
READ = "applications.application.read"


@pytest.fixture
def clerk():
    return keeper()


@pytest.fixture
def reader(clerk):
    return a_person(clerk.agency, Power.KEEP_REGISTERS, Power.READ_REGISTERS, Power.READ_APPLICANTS)


def page_of(person, name, *words):
    return enter(Client(), person).get(reverse(f"applications:{name}", args=words))


def a_case(clerk, **values):
    given = {
        "applicant_name": "欧阳示例",
        "applicant_contact": "示例路2号",
        "matters": ["工程名录", "验收材料"],
    }
    return application(clerk, **{**given, **values})


def recent(days=3):
    return timezone.localdate() - timedelta(days=days)


def test_the_page_says_where_the_case_stands_and_what_may_be_done(clerk, reader):
    case = a_case(clerk, received_on=recent())

    text = page_of(reader, "case", case.public_id).content.decode()

    assert "第1项" in text
    assert "工程名录" in text
    assert "共2项，第1项、第2项还没有结果" in text
    assert "怎么算的" in text
    assert "如果今天" in text
    assert "期限停止，等候至" in text


def test_the_confirmation_stands_on_the_timeline_with_how_it_was_made(clerk, reader):
    case = a_case(clerk, channel="ordinary_post", received_on=recent())
    step, on = reverse("applications:step", args=[case.public_id]), timezone.localdate()
    form = enter(Client(), reader).get(f"{step}?kind=receipt_confirmed").content.decode()
    assert f'value="{on.isoformat()}"' in form  # today, as the link said

    given = {"kind": "receipt_confirmed", "on": on.isoformat(), "note": "电话告知申请人本人"}
    enter(Client(), reader).post(step, given)

    text = page_of(reader, "case", case.public_id).content.decode()
    assert "电话告知申请人本人" in text
    assert f"{on.month}月{on.day}日确认" in text


def test_acl_05_the_name_is_masked_and_contact_is_not_on_the_page(clerk, reader):
    """PII-05: nothing of the rest is in the page."""
    case = a_case(clerk)

    text = page_of(reader, "case", case.public_id).content.decode()

    assert "欧***" in text
    assert "欧阳" not in text
    assert "示例路2号" not in text


def test_acl_05_who_opens_what_an_applicant_wrote_is_kept_and_who_may_not_sees_none_of_it(clerk, reader):
    case = a_case(clerk)

    page_of(reader, "case", case.public_id)
    [entry] = Entry.objects.filter(action=READ)
    assert entry.actor == reader.public_id

    text = page_of(clerk, "case", case.public_id).content.decode()
    assert "工程名录" not in text
    assert "已加密保存，由有“查看申请人信息”职权的人查看" in text
    assert Entry.objects.filter(action=READ).count() == 1


@pytest.mark.parametrize("name", ["case", "explained"])
def test_acl_02_another_agencys_case_is_not_there(clerk, name):
    case = a_case(clerk)

    assert page_of(keeper(), name, case.public_id).status_code == 404


def test_a_closed_case_offers_nothing_to_do(clerk, reader):
    case = replied(clerk)

    text = page_of(reader, "case", case.public_id).content.decode()

    assert "登记经过</a>" not in text
    assert "已经办结" in text
    assert reverse("application_archive:case", args=[case.public_id]) + '">归档' in text
    assert reverse("matters:add", args=[case.public_id]) not in text


def test_the_page_costs_as_much_with_twenty_matters_as_with_two(clerk, reader):
    def queries(case):
        client = enter(Client(), reader)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("applications:case", args=[case.public_id]))
        # A key made in this test's own transaction is not kept in memory; a real one is read once a process.
        return sum("sealing_datakey" not in query["sql"] for query in asked.captured_queries)

    few = queries(a_case(clerk))
    many = a_case(clerk, matters=[f"第{number}份" for number in range(20)])
    for matter in many.matters.all():
        document = matters.list_document(matter, title="名录", pages=2, by=clerk)
        matters.decide_pages(document, first=1, last=2, fate="disclosed", by=clerk)
        matters.decide(matter, situation="provided", by=clerk)

    assert queries(many) <= few + 4  # documents and their pages are read once for all
    assert few <= MOST_QUERIES


def test_a_matter_is_listed_searched_for_and_decided_on_the_screen(clerk):
    case = application(clerk)
    client = enter(Client(), clerk)

    client.post(
        reverse("matters:add", args=[case.public_id]), {"texts": "工程名录\r\n（2022年）\r\n\r\n\r\n会议记录"}
    )
    first, second = case.matters.all()
    assert (first.unseal("text"), second.unseal("text")) == ("工程名录\n（2022年）", "会议记录")

    decide = reverse("matters:decide", args=[second.public_id])
    answer = client.post(decide, {"situation": "not_found", "reasons": "没有"})
    assert "还没有检索记录" in answer.content.decode()
    assert "没有</textarea>" in answer.content.decode()  # nothing typed is lost
    client.post(
        reverse("matters:search", args=[case.public_id]),
        {"searched_on": "2023-03-06", "place": "机关档案室", "words": "会议", "searcher": "示例甲"},
    )
    answer = client.post(decide, {"situation": "not_found", "reasons": "没有"})

    assert answer.url.endswith("#matters")
    second.refresh_from_db()
    assert second.result == "unavailable_not_held"


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("add", {"texts": "   "}, "没有填"),
        ("search", {"searched_on": "三月", "place": "", "words": ""}, "不是日期"),
        ("search", {"searched_on": "2999-01-01", "place": "室", "words": "词"}, "今天之后"),
    ],
)
def test_what_is_typed_wrong_is_said_beside_it_and_nothing_is_kept(clerk, name, typed, said):
    case = application(clerk)
    before = Entry.objects.count()

    answer = enter(Client(), clerk).post(reverse(f"matters:{name}", args=[case.public_id]), typed)

    assert said in answer.content.decode()
    assert (case.matters.count(), case.searches.count(), Entry.objects.count()) == (0, 0, before)


def test_how_it_is_counted_is_a_page_of_its_own_to_print(clerk):
    text = page_of(clerk, "explained", application(clerk).public_id).content.decode()

    assert "2023年3月2日（周四）收到，当面提交（《条例》第三十一条第一项）" in text
    assert "应于2023年3月30日（周四）前答复" in text


# 期限的清单 (TIM-07)


def test_tim_07_the_longest_overdue_comes_first_and_a_closed_one_is_gone(clerk):
    late, later = application(clerk, received_on=date(2023, 3, 9)), application(clerk)
    closed = replied(clerk)
    waiting = actions.ask_for_correction(application(clerk), on=date(2023, 3, 6), by=clerk)

    text = page_of(clerk, "overdue").content.decode()

    assert text.index(later.register_number) < text.index(late.register_number)
    assert "已超期" in text
    assert closed.register_number not in text
    assert waiting.register_number not in text


def test_a_day_over_a_year_without_a_notice_is_marked_wherever_it_stands(clerk):
    """TIM-04: on the register too, never a bare date."""
    case = application(clerk)
    Application.objects.filter(pk=case.pk).update(due_on=date(2031, 1, 2), due_is_provisional=True)
    client = enter(Client(), clerk)

    for address in (reverse("registers:list", args=["applications"]), reverse("applications:overdue")):
        assert "2031-01-02（暂算）" in client.get(address).content.decode(), address


def test_the_list_of_due_days_is_paged_and_bounded(clerk):
    for _ in range(3):
        application(clerk)
    client = enter(Client(), clerk)

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("applications:overdue"))

    assert len(asked) <= 15


# 更正和重算


def test_a_correction_is_proposed_on_the_entry_and_agreed_to_by_another_person(clerk):
    case = replied(clerk)
    event = case.events.get(kind="replied")
    client = enter(Client(), clerk)
    client.post(
        reverse("applications:rectify_event", args=[event.public_id]),
        {"on": "2023-03-21", "outcome": "granted_in_part", "reason": "区分处理"},
    )
    proposal = Rectification.objects.get()
    at = reverse("applications:rectification", args=[proposal.public_id])
    assert "要由提出人以外的一人同意" in client.get(at).content.decode()
    assert client.post(at, {"agrees": "yes"}).status_code == 403

    other = enter(Client(), keeper(agency=clerk.agency))
    assert "请写明理由" in other.post(at, {"agrees": "no"}).content.decode()
    other.post(at, {"agrees": "yes"})

    case.refresh_from_db()
    assert (case.closed_on, case.outcome) == (date(2023, 3, 21), "granted_in_part")


def test_only_what_an_entry_has_is_offered_for_correction(clerk):
    """TIM-06, ACL-05: what is not offered changes nothing when it is sent all the same."""
    case = replied(clerk)
    client = enter(Client(), clerk)
    received, reply = case.events.get(kind="received"), case.events.get(kind="replied")
    at = reverse("applications:rectify_event", args=[received.public_id])

    assert set(client.get(at).context["form"].fields) == {"on", "reason"}
    answer = client.get(reverse("applications:rectify_event", args=[reply.public_id]))
    assert set(answer.context["form"].fields) == {"on", "outcome", "cancel", "reason"}
    offered = {key for key, _ in answer.context["form"].fields["outcome"].choices}
    assert "granted" in offered
    assert "other_not_corrected" not in offered  # ends without a reply

    client.post(at, {"on": "2023-03-01", "reason": "邮戳为1日", "outcome": "granted", "cancel": "on"})
    proposal = Rectification.objects.get()
    assert (proposal.cancels, proposal.outcome) == (False, "")


def test_an_entry_with_a_waiting_correction_is_told_on_the_case(clerk):
    case = replied(clerk)
    rectifying.propose(case.events.get(kind="replied"), cancels=True, reason="登错", by=clerk)

    assert "待另一人同意" in page_of(clerk, "case", case.public_id).content.decode()


def test_a_recount_is_shown_line_by_line_and_moves_rows_only_when_agreed_to(clerk):
    case = application(clerk)
    Application.objects.filter(pk=case.pk).update(due_on=date(2023, 4, 3))
    made = recounting.recount(clerk.agency)
    assert "台账里仍是2023-04-03" in page_of(clerk, "case", case.public_id).content.decode()
    client = enter(Client(), clerk)
    at = reverse("applications:recount", args=[made.public_id])

    text = client.get(at).content.decode()
    assert "2023-04-03" in text
    assert "2023-03-30" in text
    client.post(at)

    case.refresh_from_db()
    made.refresh_from_db()
    assert (case.due_on, made.state) == (date(2023, 3, 30), Recount.State.AGREED)
    assert client.post(at).status_code == 403
