"""案件各室的文书 (N9, N11). Drafted from the room's record in one press; issue and delivery are the room's own steps."""

import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.duties.applications.consultation import actions as consultations
from gongkai.duties.applications.consultation import queries
from gongkai.duties.applications.fees import actions as fees
from gongkai.duties.applications.frequent import actions as frequent
from gongkai.duties.applications.handling import actions as handling
from gongkai.duties.applications.letters import actions
from gongkai.duties.applications.letters.models import Letter
from tests.duties.applications.letters.office import TODAY, Office
from tests.duties.applications.letters.test_life import everything, text_of
from tests.factories.people import a_person, enter

pytestmark = pytest.mark.django_db
TODAY_ON = TODAY.date()
SIGNED_FOR = date(2026, 3, 12)
ANSWERED = date(2026, 3, 13)
LAST_DAY = date(2026, 4, 2)  # 15 working days from the receipt, the Qingming days left out


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _monday(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path / "files"
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def head(office) -> Person:
    return a_person(office.agency, Power.READ_REGISTERS, Power.EXTEND_REPLY, Power.DECIDE_FEE, name="陈主任")


def asked(office, case, consulted="third_party", name="示例测绘有限公司"):
    return consultations.prepare(
        case,
        consulted=consulted,
        name=name,
        address="示例市示例路1号",
        asked="示例路工程的测绘报告",
        matters=list(case.matters.all()),
        by=office.clerk,
    )


def drafted(office, record, kind, **given) -> Letter:
    return actions.draft_from_record(
        record.application, kind=kind, origin=record.public_id, by=office.clerk, **given
    )


def signed_for(office, letter, on=SIGNED_FOR, way="post") -> None:
    """Posted today, signed for on a later day."""
    with time_machine.travel(at(on), tick=False):
        counted = TODAY_ON if way == "post" else None
        delivery = actions.deliver(
            letter, way=way, counted_on=counted, receipt_number="XA00000001", by=office.clerk
        )
        actions.record_signing(delivery, on=on, by=office.clerk)


@pytest.mark.parametrize(
    ("consulted", "kind"),
    [
        ("third_party", "third_party_consultation"),
        ("co_maker", "co_maker_consultation"),
        ("other_agency", "other_agency_consultation"),
    ],
)
def test_the_consultation_is_sent_and_delivered_by_its_letter(office, consulted, kind):
    """The fifteen working days count from the receipt, and neither day is typed twice."""
    case = office.case()
    consultation = asked(office, case, consulted)

    letter = drafted(office, consultation, kind)
    assert "示例路工程的测绘报告" in text_of(letter).whole
    assert text_of(letter).addressee == "示例测绘有限公司："
    letter = office.issued(letter)
    [now] = queries.standings(case, today=TODAY_ON)
    assert (now.state, now.sent_on) == ("sent", TODAY_ON)
    signed_for(office, letter)

    [now] = queries.standings(case, today=SIGNED_FOR)
    assert (now.state, now.delivered_on, now.answer_by.day) == ("waiting", SIGNED_FOR, LAST_DAY)
    assert letter.deliveries.get().unseal("address") == "示例市示例路1号"
    kinds = case.events.exclude(kind="received").values_list("kind", flat=True)
    assert list(kinds) == ["consultation_sent", "consultation_delivered"]


def overruled(office, *, words, reasonable, reason):
    """A third party that was asked and refused, against which disclosing was decided; the case and the consultation."""
    case = office.case()
    consultation = asked(office, case)
    signed_for(office, office.issued(drafted(office, consultation, "third_party_consultation")))
    with time_machine.travel(at(ANSWERED), tick=False):
        consultations.receive_answer(
            consultation, on=ANSWERED, opinion="refuses", words=words, reasonable=reasonable, by=office.clerk
        )
        consultations.decide_in_public_interest(
            consultation, content="测绘结论", reason=reason, by=office.clerk
        )
    return case, consultation


def test_the_third_party_is_told_by_the_letter(office):
    """条例第三十二条: the reply waits for it."""
    case, consultation = overruled(
        office, words="涉及报价方法", reasonable=True, reason="涉及沿线居民的人身安全"
    )
    with time_machine.travel(at(ANSWERED), tick=False):
        letter = drafted(office, consultation, "third_party_notice")
        assert "测绘结论。理由：涉及沿线居民的人身安全" in text_of(letter).whole
        letter = office.issued(letter)
        assert queries.unsettled(case, today=ANSWERED)
        actions.deliver(letter, way="post", counted_on=ANSWERED, receipt_number="XA00000002", by=office.clerk)

    consultation.refresh_from_db()
    told = consultation.public_interest
    assert (told.told_on, told.told_by_means) == (ANSWERED, "post")
    assert queries.unsettled(case, today=ANSWERED) == []


def test_the_third_party_reads_why_it_was_overruled(office):
    """条例第三十二条: no public interest is claimed where the refusal had no good reason."""
    _, consultation = overruled(office, words="不想公开", reasonable=False, reason="结论已经登载在公报上")
    with time_machine.travel(at(ANSWERED), tick=False):
        whole = text_of(office.issued(drafted(office, consultation, "third_party_notice"))).whole
    assert "您不同意公开的理由不合理" in whole
    assert "公共利益" not in whole


def test_an_agreed_extension_is_told_by_its_letter(office, head):
    case = office.case()
    proposal = handling.propose(case, working_days=10, reason="需要从多个科室查找", by=office.clerk)
    before = everything()
    with pytest.raises(Refusal, match="没有找到这件文书所依据的记录"):
        drafted(office, proposal, "extension")
    assert everything() == before
    handling.agree(proposal, by=head)

    letter = office.issued(drafted(office, proposal, "extension"))

    proposal.refresh_from_db()
    assert (proposal.state, proposal.event) == ("told", letter.event)
    assert (letter.event.kind, letter.event.working_days) == ("extended", 10)


def test_a_fee_is_due_from_the_day_its_notice_was_received(office, head):
    """109号第六条: twenty working days from the day after; on its way the notice stops nothing."""
    actions.save_setting(
        reconsideration_body="示例市人民政府",
        court="示例市示例区人民法院",
        payment="到示例市示例路1号一楼窗口缴纳",
        by=office.leader,
    )
    case = office.case()
    proposal = fees.propose(case, way="by_page", units=60, by=office.clerk)
    fees.decide(proposal, amount=Decimal(200), opinion="属于困难家庭", by=head)

    letter = office.issued(drafted(office, proposal, "fee_notice"))
    case.refresh_from_db()
    assert case.status == "handling"
    assert "收费金额：200元" in text_of(letter).whole
    signed_for(office, letter)

    case.refresh_from_db()
    proposal.refresh_from_db()
    assert (case.status, proposal.state) == ("awaiting_payment", "noticed")
    assert (proposal.notice.happened_on, case.waiting_until) == (SIGNED_FOR, date(2026, 4, 10))


def test_a_fee_notice_posted_on_the_last_day_is_in_time_however_long_the_post_takes(office, head):
    """TIM-01, 109号第六条: it goes out within the period; the payment is due from the day it arrived."""
    actions.save_setting(
        reconsideration_body="示例市人民政府",
        court="示例市示例区人民法院",
        payment="到窗口缴纳",
        by=office.leader,
    )
    case = office.case()
    proposal = fees.propose(case, way="by_page", units=60, by=office.clerk)
    fees.decide(proposal, amount=Decimal(300), opinion="", by=head)
    case.refresh_from_db()
    last, arrived = case.due_on, date(2026, 4, 13)
    with time_machine.travel(at(last), tick=False):
        letter = office.issued(drafted(office, proposal, "fee_notice"))
        delivery = actions.deliver(
            letter, way="post", counted_on=last, receipt_number="XA00000003", by=office.clerk
        )
    with time_machine.travel(at(arrived), tick=False):
        actions.record_signing(delivery, on=arrived, by=office.clerk)

    case.refresh_from_db()
    proposal.refresh_from_db()
    assert arrived > last
    assert (case.status, proposal.notice.happened_on, proposal.notice.sent_on) == (
        "awaiting_payment",
        arrived,
        last,
    )


def test_reasons_are_asked_and_a_reply_put_off_by_letters(office):
    case = office.case()
    look = frequent.look(case, finding="excessive", reason="内容相近，一月九十件", by=office.clerk)

    letter = office.issued(drafted(office, look, "reasons_asked"))
    assert "当月已提出1件" in text_of(letter).whole
    [reasons] = case.reasons_asked.all()
    assert reasons.asked_on == TODAY_ON
    frequent.receive_reasons(reasons, on=TODAY_ON, explanation="用于写论文", by=office.clerk)
    frequent.judge_reasons(
        reasons, accepted=True, can_reply_in_time=False, judgement="确有需要", by=office.clerk
    )
    later = drafted(office, reasons, "deferral", said="需要逐件查找", until=date(2026, 5, 8))
    later = office.issued(later)

    case.refresh_from_db()
    reasons.refresh_from_db()
    assert reasons.event == later.event
    assert case.due_on == date(2026, 5, 8)


def test_a_record_has_one_letter_until_that_is_voided(office):
    consultation = asked(office, office.case())
    letter = drafted(office, consultation, "third_party_consultation")
    before = everything()
    with pytest.raises(Refusal, match="已经有一件文书"):
        drafted(office, consultation, "third_party_consultation")
    with pytest.raises(Refusal, match="没有找到这件文书所依据的记录"):
        drafted(office, consultation, "co_maker_consultation")
    assert everything() == before

    actions.void(letter, reason="征求对象有误", by=office.clerk)
    assert drafted(office, consultation, "third_party_consultation").pk


def test_what_was_withdrawn_meanwhile_does_not_leave(office):
    consultation = asked(office, office.case())
    letter = office.signed(drafted(office, consultation, "third_party_consultation"))
    consultations.withdraw(consultation, reason="不涉及", by=office.clerk)
    before = everything()

    with pytest.raises(Refusal, match="已经撤回或者办结"):
        actions.issue(letter, by=office.clerk)

    assert everything() == before


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_room_shows_its_letter_and_offers_no_second_way(client, office):
    case = office.case()
    consultation = asked(office, case)
    enter(client, office.clerk)
    page = reverse("consultation:case", args=[case.public_id])
    shown = words(client.get(page))
    assert "拟征求第三方意见书" in shown
    assert "登记发出" in shown

    address = reverse(
        "letters:from_record", args=[case.public_id, "third_party_consultation", consultation.public_id]
    )
    answer = client.post(address)
    letter = Letter.objects.get()
    assert answer.url == reverse("letters:letter", args=[letter.public_id])
    office.issued(letter)

    answer = client.get(page)
    assert "已发出 市国动办征〔2026〕1号 陈签发签发" in words(answer)
    for by_hand in ("send", "deliver"):
        typed = reverse("consultation:step", args=[consultation.public_id, by_hand])
        assert typed not in answer.content.decode()
    assert client.post(address).status_code == 400
    free = client.get(reverse("letters:draft", args=[case.public_id, "third_party_consultation"]))
    assert "从“征求意见”的记录拟稿" in words(free)
