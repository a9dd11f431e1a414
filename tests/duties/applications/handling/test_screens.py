"""承办、征求意见、收费、申请频次的页面: every page opens, every step is taken, what is sealed is not on them."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.applications.consultation.models import Consultation
from gongkai.duties.applications.fees.models import FeeProposal
from gongkai.duties.applications.frequent.models import Look, ReasonsAsked, Topic
from gongkai.duties.applications.handling.models import Commission, Extension, InternalPeriod
from tests.duties.applications.handling.office import TODAY, Office, at
from tests.factories.agencies import holding
from tests.factories.people import a_person, an_agency, enter

pytestmark = pytest.mark.django_db(databases=["default", "public"])
_NEXT = date(2026, 3, 10)


@pytest.fixture
def case(office):
    return office.case(applicant_name="张示例", matters=["验收材料"])


def page(client, name, /, *words, **data):
    answer = client.get(reverse(name, args=words), data)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def press(client, name, /, *words, **data):
    """Send a form; the answer leads back."""
    answer = client.post(reverse(name, args=words), data)
    assert answer.status_code == 302, answer.content.decode()[:6000]
    return answer


def test_a_case_is_assigned_commissioned_and_extended_on_the_screen(office, case, client):
    enter(client, office.clerk)
    assert "还没有分办" in page(client, "handling:case", case.public_id)
    page(client, "handling:step", case.public_id, "assign")
    press(client, "handling:step", case.public_id, "assign", handler=office.clerk.pk, seen="")
    seen = case.assignments.get().public_id
    press(
        client,
        "handling:step",
        case.public_id,
        "hand_over",
        handler=office.colleague.pk,
        seen=seen,
        reason="出差",
    )
    press(
        client,
        "handling:step",
        case.public_id,
        "commission",
        section=office.archive.pk,
        person=office.archivist.pk,
        answer_by="2026-03-20",
        asked="请查验收材料",
    )
    press(client, "handling:step", case.public_id, "extend", working_days=10, reason="卷宗较多")
    shown = page(client, "handling:case", case.public_id)
    assert all(word in shown for word in ("周同事", "档案室", "还剩9个工作日", "待负责人同意"))
    assert "请查验收材料" not in shown

    given, proposal = Commission.objects.get(), Extension.objects.get()
    enter(client, office.archivist)
    assert "请查验收材料" in page(client, "handling:commission", given.public_id)
    press(client, "handling:answer", given.public_id, answer="查到一件")
    assert "查到一件" in page(client, "handling:commission", given.public_id)
    enter(client, office.head)
    assert "卷宗较多" in page(client, "handling:extension", proposal.public_id, "agree")
    press(client, "handling:extension", proposal.public_id, "agree", words="")
    enter(client, office.clerk)
    press(client, "handling:extension", proposal.public_id, "tell", on="2026-03-09")
    assert "2026年4月14日" in page(client, "handling:case", case.public_id)


def test_who_saw_an_older_page_is_told(office, case, client):
    """REL-03: the form carries what the person saw."""
    enter(client, office.clerk)
    press(client, "handling:step", case.public_id, "assign", handler=office.clerk.pk, seen="")

    answer = client.post(
        reverse("handling:step", args=[case.public_id, "hand_over"]),
        {"handler": office.colleague.pk, "seen": "0" * 20, "reason": "出差"},
    )

    assert answer.status_code == 400
    assert "这期间有人改过" in answer.content.decode()


def test_internal_deadlines_are_set_by_whoever_manages_and_read_by_others(office, client):
    enter(client, office.clerk)
    assert "答复期限之前5个工作日" in page(client, "handling:periods")
    manager = a_person(office.agency, Power.MANAGE_COLUMNS, name="黄管理")
    enter(client, manager)
    press(client, "handling:periods", opinion=8, legality=4, sign_off=2)

    assert InternalPeriod.objects.count() == 2
    assert (
        client.post(reverse("handling:periods"), {"opinion": 1, "legality": 4, "sign_off": 2}).status_code
        == 400
    )


def test_a_consultation_goes_through_its_screens(office, case, client):
    enter(client, office.clerk)
    assert "没有征求意见" in page(client, "consultation:case", case.public_id)
    press(
        client,
        "consultation:prepare",
        case.public_id,
        consulted="third_party",
        name="示例置业有限公司",
        address="示例路1号",
        asked="是否同意公开",
        matters=[case.matters.get().pk],
    )
    each = Consultation.objects.get()
    press(client, "consultation:step", each.public_id, "send", on="2026-03-09")
    press(client, "consultation:step", each.public_id, "deliver", on="2026-03-09")
    refuses = {"on": "2026-03-10", "opinion": "refuses", "words": "涉及工艺", "reasonable": "yes"}
    with time_machine.travel(at(_NEXT), tick=False):
        enter(client, office.clerk)
        press(client, "consultation:step", each.public_id, "answer", **refuses)
        press(
            client, "consultation:step", each.public_id, "public_interest", content="结论", reason="公共安全"
        )
        press(client, "consultation:step", each.public_id, "tell", on="2026-03-10", means="post")
        shown = page(client, "consultation:case", case.public_id)

    assert all(word in shown for word in ("示某某", "第1项", "书面告知第三方", "15个工作日", "第三十二条"))
    assert not any(word in shown for word in ("示例置业", "示例路1号", "涉及工艺"))


def test_a_sealed_name_is_shown_once_for_a_reason(office, case, client):
    """PII-03, ACL-05: the clear value needs a right and a reason, and leaves an audit row."""
    enter(client, office.clerk)
    press(
        client,
        "consultation:prepare",
        case.public_id,
        consulted="co_maker",
        name="示例市水务局",
        asked="是否同意公开",
        matters=[case.matters.get().pk],
    )
    each = Consultation.objects.get()
    assert "示例市水务局" in page(client, "consultation:case", case.public_id)

    address = reverse("consultation:reveal", args=[each.public_id, "asked"])
    assert "是否同意公开" not in client.get(address).content.decode()
    assert "是否同意公开" in client.post(address, {"reason": "制作征求意见书"}).content.decode()
    entry = Entry.objects.get(action="consultation.consultation.revealed")
    assert (entry.actor, entry.reason) == (office.clerk.public_id, "制作征求意见书")
    enter(client, office.colleague)
    assert client.post(address, {"reason": "看看"}).status_code == 403


def test_a_fee_goes_through_its_screens(office, case, client):
    enter(client, office.clerk)
    assert "按件计收" in page(client, "fees:case", case.public_id)
    page(client, "fees:propose", case.public_id)
    press(client, "fees:propose", case.public_id, way="by_page", units=101, earlier_items=0)
    each = FeeProposal.objects.get()
    enter(client, office.head)
    assert "720" in page(client, "fees:step", each.public_id, "decide")
    press(client, "fees:step", each.public_id, "decide", amount="500", opinion="酌减")
    enter(client, office.clerk)
    press(client, "fees:step", each.public_id, "notice", on="2026-03-09")
    assert "2026年4月7日" in page(client, "fees:case", case.public_id)
    press(client, "fees:step", each.public_id, "pay", on="2026-03-09", voucher="示财票1")
    assert "财政票据号示财票1" in page(client, "fees:case", case.public_id)


def test_the_practice_of_fees_is_set_by_whoever_decides(office, client):
    enter(client, office.head)
    press(client, "fees:practice", way="by_page", free_items=10, free_pages=50)
    enter(client, office.clerk)

    assert "50页" in page(client, "fees:practice")


def test_frequency_goes_through_its_screens(office, client):
    """ABU-05: the list and the panel show counts and no names."""
    holding(office.head, Power.MANAGE_COLUMNS)
    case = office.case(applicant_name="张示例", matters=[f"第{n}项" for n in range(12)])
    enter(client, office.clerk)
    listed = page(client, "frequent:list")
    assert "还没有判断" in listed
    assert "张示例" not in listed
    assert "超过10件" in page(client, "frequent:case", case.public_id)
    press(client, "frequent:step", case.public_id, "look", finding="excessive", reason="反复")
    press(client, "frequent:step", case.public_id, "ask", on="2026-03-09")
    asked = ReasonsAsked.objects.get()
    press(client, "frequent:asked", asked.public_id, "explain", on="2026-03-09", explanation="研究")
    press(
        client,
        "frequent:asked",
        asked.public_id,
        "judge",
        accepted="yes",
        can_reply_in_time="no",
        judgement="量大",
    )
    press(client, "frequent:asked", asked.public_id, "defer", on="2026-03-09", until="2026-05-29")
    assert "延迟至2026年5月29日" in page(client, "frequent:case", case.public_id)
    assert "明显超过合理范围" in page(client, "frequent:list", period="month")
    assert "没有超过" in page(client, "frequent:list", period="year")
    assert Look.objects.count() == 1


def test_a_comparison_shows_how_alike_and_no_text(office, client):
    """PII-03."""
    case = office.case(applicant_name="张示例", matters=["2022年人防工程名录"])
    office.case(applicant_name="李示例", matters=["2022年人防工程名录"])
    enter(client, office.clerk)
    page(client, "frequent:compare", case.public_id)

    shown = client.post(
        reverse("frequent:compare", args=[case.public_id]), {"words": "查重"}
    ).content.decode()

    assert "100%" in shown
    assert "其他人" in shown
    assert "人防工程" not in shown


def test_requests_are_grouped_on_the_screen(office, case, client):
    enter(client, office.clerk)
    press(client, "frequent:put_in", case.public_id, title="验收材料")
    topic = Topic.objects.get()
    other = office.case(applicant_name="李示例")
    press(client, "frequent:put_in", other.public_id, topic=topic.pk)
    answer = client.post(
        reverse("frequent:put_in", args=[other.public_id]), {"topic": topic.pk, "title": "别的"}
    )
    assert answer.status_code == 400
    shown = page(client, "frequent:topic", topic.public_id)
    assert "2件申请，2个申请人" in shown
    assert "转主动公开</a>" in shown  # 条例第四十四条
    member = topic.memberships.get(application=other)
    press(client, "frequent:take_out", member.public_id, words="误归")

    assert "1件申请" in page(client, "frequent:topic", topic.public_id)
    assert "验收材料" in page(client, "frequent:topics")


def test_another_agency_finds_nothing_here(office, case, client):
    """ACL-02: what is another agency's answers as if it were not there."""
    enter(client, office.clerk)
    press(client, "handling:step", case.public_id, "extend", working_days=5, reason="多")
    foreign = Office(an_agency(name="示例市第二局", short_name="二局"))
    for person in (foreign.clerk, foreign.head):
        enter(client, person)
        for name in ("handling:case", "consultation:case", "fees:case"):
            assert client.get(reverse(name, args=[case.public_id])).status_code == 404, name
        address = reverse("handling:extension", args=[Extension.objects.get().public_id, "agree"])
        assert client.post(address, {"words": ""}).status_code == 404
    assert Extension.objects.get().state == "proposed"


def test_the_pages_ask_few_queries(office, case, client, django_assert_max_num_queries):
    """P4: a bounded number, however many commissions and consultations there are."""
    enter(client, office.clerk)
    for n in range(8):
        press(
            client,
            "handling:step",
            case.public_id,
            "commission",
            unit=f"单位{n}",
            person=office.clerk.pk,
            answer_by=TODAY.isoformat(),
            asked="请提供",
        )
        press(
            client,
            "consultation:prepare",
            case.public_id,
            consulted="co_maker",
            name=f"单位{n}",
            asked="是否同意",
            matters=[case.matters.get().pk],
        )
    for name in ("handling:case", "consultation:case", "fees:case", "frequent:case"):
        client.get(reverse(name, args=[case.public_id]))
        with django_assert_max_num_queries(30):
            client.get(reverse(name, args=[case.public_id]))
