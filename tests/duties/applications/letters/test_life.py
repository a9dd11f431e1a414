"""文书的一生: draft, check, review, signature, number, step on the case. What is refused changes nothing."""

import threading
from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, connection, connections, transaction

from gongkai.agencies.access import Refusal
from gongkai.audit.models import Entry
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.letters import actions
from gongkai.duties.applications.letters.keeping import kept, sha256
from gongkai.duties.applications.letters.models import Delivery, Letter
from gongkai.duties.applications.letters.text import LetterText
from gongkai.duties.applications.letters.wording import document_of, standing_of
from gongkai.duties.applications.models import ApplicationEvent
from gongkai.registers.models import Counter
from tests.duties.applications.letters.office import CLERK, TODAY, Office
from tests.factories.agencies import AgencyFactory, holding
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path / "files"
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def office():
    return Office()


def everything() -> tuple[object, ...]:
    return (
        list(Letter.objects.order_by("pk").values()),
        list(Delivery.objects.values()),
        ApplicationEvent.objects.count(),
        list(Counter.objects.values("register", "last")),
        Entry.objects.count(),
    )


def text_of(letter: Letter) -> LetterText:
    return LetterText.from_json(letter.unseal("text"))


def test_a_refusal_goes_through_three_people_and_closes_the_case(office):
    """ACL-04."""
    case = office.refused()
    letter = office.draft(case)
    assert (letter.state, letter.wants_review) == ("draft", True)

    letter = actions.submit(letter, by=office.clerk)
    assert letter.state == "reviewing"
    letter = actions.pass_review(letter, seen=letter.content_hash, by=office.reviewer)
    letter = actions.sign(letter, seen=letter.content_hash, by=office.leader)
    letter = actions.issue(
        letter, by=office.clerk, way="post", counted_on=TODAY.date(), receipt_number="XA00000001"
    )

    case.refresh_from_db()
    assert letter.number == "市国动办复〔2026〕1号"
    assert (case.status, case.outcome, case.closed_on) == (
        "closed",
        "withheld_internal_affairs",
        TODAY.date(),
    )
    assert letter.event.letter == letter
    assert (letter.event.kind, letter.event.note, letter.event.delivery_means) == (
        "replied",
        letter.number,
        "post",
    )
    assert sha256(kept(letter, "issued_pdf")) == letter.pdf_sha256
    assert kept(letter, "issued_pdf").startswith(b"%PDF")
    final = standing_of(letter, day=letter.issued_on, number=letter.number)
    assert "应当自收到本答复书之日起60日内向示例市人民政府申请行政复议" in final.text.remedy
    assert final.text.dated == "2026年3月9日"


def test_what_is_kept_names_nobody_in_the_open(office, settings):
    """PII-03: neither rows nor files hold the applicant's name in plain text."""
    letter = office.issued(office.correction())

    row = str(Letter.objects.filter(pk=letter.pk).values().get())
    assert "张示例" not in row
    assert "值班安排的年份" not in row
    stored = [path.read_bytes() for path in settings.FILES_FOLDER.rglob("*") if path.is_file()]
    assert len(stored) == 2
    assert not any(each.startswith((b"PK", b"%PDF")) for each in stored)


def test_a_kept_file_opens_in_its_own_letter_only(office):
    """CRY-02."""
    first, second = (office.issued(office.draft(office.case(), "receipt")) for _ in range(2))

    second.issued_pdf = first.issued_pdf
    with pytest.raises(Refusal, match="打不开"):
        kept(second, "issued_pdf")
    first.issued_word = first.issued_pdf
    with pytest.raises(Refusal, match="打不开"):
        kept(first, "issued_word")


@pytest.mark.parametrize(
    ("kind", "values", "event"),
    [
        ("correction", {"said": "请写明年份", "working_days": 15}, "correction_asked"),
        ("extension", {"said": "需要从多个科室查找", "working_days": 10}, "extended"),
        (
            "third_party_consultation",
            {"recipient": "示例测绘有限公司", "said": "测绘报告", "consultation_key": "1"},
            "consultation_sent",
        ),
        (
            "co_maker_consultation",
            {"recipient": "示例市应急管理局", "said": "联合通知", "consultation_key": "2"},
            "consultation_sent",
        ),
        ("fee_notice", {"said": "按件计收", "how": "到窗口缴纳", "amount": 200}, ""),  # when it is received
        ("deferral", {"said": "需要逐件查找", "until": date(2026, 5, 8)}, "deferral_noticed"),
        ("receipt", {}, ""),
        ("reasons_asked", {"said": "本年已提出61件", "working_days": 7}, ""),
        ("third_party_notice", {"recipient": "示例测绘有限公司", "said": "测绘结论"}, ""),
    ],
)
def test_issuing_takes_the_step_that_the_letter_is(office, kind, values, event):
    case = office.case()

    letter = office.issued(office.draft(case, kind, **values))

    taken = list(case.events.exclude(kind="received").values_list("kind", flat=True))
    assert taken == ([event] if event else [])
    assert (letter.event.kind if letter.event else "") == event
    assert letter.number == f"市国动办{letter.number[4]}〔2026〕1号"


def test_an_extension_tells_the_day_it_leads_to(office):
    case = office.case()
    letter = office.issued(office.draft(case, "extension", said="需要查找", working_days=10))

    case.refresh_from_db()
    day = case.due_on
    assert f"{day.year}年{day.month}月{day.day}日前答复" in text_of(letter).whole


def test_an_extension_agreed_on_another_screen_is_told_and_not_taken_twice(office):
    case = office.case()
    case = applications.extend_reply(case, on=TODAY.date(), by=office.clerk, working_days=10)

    letter = office.issued(office.draft(case, "extension", said="需要查找", working_days=10))

    assert case.events.filter(kind="extended").count() == 1
    assert letter.event == case.events.get(kind="extended")


def test_a_grant_needs_no_legality_review(office):
    letter = actions.submit(office.draft(office.granted()), by=office.clerk)

    assert letter.state == "signing"


def test_a_reply_waits_for_the_matters(office):
    before = everything()

    with pytest.raises(Refusal, match="第1项还没有结果"):
        office.draft(office.case())

    assert everything()[0] == before[0]


def test_a_letter_that_differs_from_the_case_does_not_go_on(office):
    """N11."""
    letter = office.draft(office.refused())
    wrong = replace(text_of(letter), remedy=text_of(letter).remedy.replace("60日", "30日"))
    letter = actions.rewrite(letter, wrong, by=office.clerk)
    before = everything()

    with pytest.raises(Refusal, match="救济告知"):
        actions.submit(letter, by=office.clerk)

    assert everything() == before


def test_a_change_after_the_review_voids_it(office):
    """ACL-04."""
    letter = actions.submit(office.draft(office.refused()), by=office.clerk)
    letter = actions.pass_review(letter, seen=letter.content_hash, by=office.reviewer)
    more = replace(text_of(letter), paragraphs=(*text_of(letter).paragraphs, "有关情况可以电话咨询。"))

    letter = actions.rewrite(letter, more, by=office.clerk)

    assert (letter.state, letter.reviewed_hash, letter.reviewer) == ("draft", "", None)
    with pytest.raises(Refusal, match="不能签发"):
        actions.sign(letter, seen=letter.content_hash, by=office.leader)


def test_who_wrote_does_not_review_and_who_reviewed_does_not_sign(office):

    holding(office.clerk, *(power for power in ("review_legality", "sign_letters")))
    holding(office.reviewer, "sign_letters")
    letter = actions.submit(office.draft(office.refused()), by=office.clerk)
    before = everything()

    with pytest.raises(Refusal, match="不同的人"):
        actions.pass_review(letter, seen=letter.content_hash, by=office.clerk)
    assert everything() == before
    letter = actions.pass_review(letter, seen=letter.content_hash, by=office.reviewer)
    before = everything()
    for person in (office.clerk, office.reviewer):
        with pytest.raises(Refusal, match="不同的人"):
            actions.sign(letter, seen=letter.content_hash, by=person)
    assert everything() == before


def test_the_database_says_so_too(office):
    letter = office.signed(office.draft(office.refused()))
    rows = Letter.objects.filter(pk=letter.pk)

    for wrong in (
        {"signatory": office.clerk},
        {"reviewer": office.leader},
        {"state": "issued"},
        {"voided_at": TODAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_one_signs_what_one_has_seen(office):
    letter = actions.submit(office.draft(office.granted()), by=office.clerk)
    before = everything()

    with pytest.raises(Refusal, match="刷新页面"):
        actions.sign(letter, seen="0" * 64, by=office.leader)

    assert everything() == before


def test_a_case_that_changed_after_the_signature_stops_the_letter(office):
    case = office.case("名录")
    letter = office.signed(office.correction(case))
    case.seal("applicant_name", "李更正")
    case.save(update_fields=["applicant_name"])
    case.matters.get().seal("text", "x")
    matter = case.matters.get()
    matter.seal("text", "另一份目录")
    matter.save(update_fields=["text"])
    before = everything()

    with pytest.raises(Refusal, match="签发之后有变化"):
        actions.issue(letter, by=office.clerk)

    assert everything() == before


def test_a_letter_is_issued_once(office):
    letter = office.issued(office.correction())
    before = everything()

    with pytest.raises(Refusal, match="现在是“已发出”"):
        actions.issue(letter, by=office.clerk)

    assert everything() == before


def test_an_application_is_answered_once(office):
    case = office.refused()
    first, second = office.draft(case), office.draft(case)
    second = office.signed(second)
    office.issued(first)
    before = everything()

    with pytest.raises(Refusal, match="已经有发出的答复"):
        actions.issue(second, by=office.clerk)

    assert everything() == before


def test_numbers_run_by_kind_and_year_without_hidden_gaps(office):
    numbers = [office.issued(office.correction()).number for _ in range(2)]
    refused = office.signed(office.correction(case := office.case()))
    applications.close(case, on=TODAY.date(), by=office.clerk, outcome="other_remaining")
    with pytest.raises(Refusal):
        actions.issue(refused, by=office.clerk)
    numbers.append(office.issued(office.correction()).number)
    with time_machine.travel(date(2027, 1, 8)):
        case = office.case(received_on=date(2027, 1, 6))
        numbers.append(office.issued(office.correction(case)).number)
    receipt = office.issued(office.draft(office.case(), "receipt"))

    assert numbers == [f"市国动办补〔2026〕{n}号" for n in (1, 2, 3)] + ["市国动办补〔2027〕1号"]
    assert receipt.number == "市国动办收〔2026〕1号"


def test_the_number_bears_the_offices_own_characters(office):
    actions.save_sign("correction", sign="示动信补", by=office.leader)

    assert office.issued(office.correction()).number == "示动信补〔2026〕1号"


def test_a_voided_letter_keeps_its_number(office):
    receipt = office.issued(office.draft(office.case(), "receipt"))

    voided = actions.void(receipt, reason="申请人姓名登记有误", by=office.clerk)
    again = office.issued(office.draft(office.case(), "receipt"))

    assert (voided.state, voided.number) == ("voided", "市国动办收〔2026〕1号")
    assert again.number == "市国动办收〔2026〕2号"


def test_a_letter_whose_step_stands_is_not_voided(office):
    letter = office.issued(office.correction())
    before = everything()

    with pytest.raises(Refusal, match="由另一人同意"):
        actions.void(letter, reason="发错了", by=office.clerk)
    assert everything() == before

    colleague = a_person(office.agency, *CLERK, name="周同事")
    applications.cancel_event(letter.event, reason="发错了", by=office.clerk, agreed_by=colleague)
    assert actions.void(letter, reason="发错了", by=office.clerk).state == "voided"


def test_sent_back_with_its_reason(office):
    letter = actions.submit(office.draft(office.refused()), by=office.clerk)

    letter = actions.send_back(letter, reason="理由写得再具体些", by=office.reviewer)

    assert (letter.state, letter.returned_because) == ("draft", "理由写得再具体些")


@pytest.mark.parametrize("verb", ["submit", "issue", "void", "rewrite", "compose_again"])
def test_somebody_without_the_power_changes_nothing(office, verb):
    letter = office.correction()
    do = {
        "submit": lambda: actions.submit(letter, by=office.stranger),
        "issue": lambda: actions.issue(letter, by=office.stranger),
        "void": lambda: actions.void(letter, reason="x", by=office.stranger),
        "rewrite": lambda: actions.rewrite(letter, text_of(letter), by=office.stranger),
        "compose_again": lambda: actions.compose_again(letter, by=office.stranger),
    }[verb]
    before = everything()

    with pytest.raises(Refusal, match="职权"):
        do()

    assert everything() == before


def test_another_agency_knows_nothing_of_it(office):
    """ACL-02."""

    letter = office.correction()
    other = a_person(AgencyFactory(), *CLERK, "review_legality", "sign_letters", name="外机关")
    before = everything()

    for do in (
        lambda: actions.open_text(letter, by=other),
        lambda: actions.issue(letter, by=other),
        lambda: actions.sign(letter, seen=letter.content_hash, by=other),
    ):
        with pytest.raises(Refusal, match="其他机关"):
            do()

    assert everything() == before


def test_a_letter_edited_in_word_is_what_is_checked(office):
    letter = office.draft(office.refused())
    facts = standing_of(letter, day=TODAY.date()).facts
    document = document_of(letter, facts)
    wrong = replaced(document, "60日", "90日")
    right = replaced(document, "本机关决定不予公开。", "经研究，本机关决定不予公开。")

    letter = actions.upload(letter, wrong, by=office.clerk)
    with pytest.raises(Refusal, match="救济告知"):
        actions.submit(letter, by=office.clerk)
    letter = actions.upload(letter, right, by=office.clerk)
    letter = office.issued(letter)

    assert (
        "经研究，本机关决定不予公开"
        in standing_of(letter, day=letter.issued_on, number=letter.number).text.whole
    )
    assert kept(letter, "issued_word")[:2] == b"PK"


def replaced(document: bytes, old: str, new: str) -> bytes:
    from gongkai.screening.archive import packed, parts_of

    parts = parts_of(document)
    main = parts["word/document.xml"].decode()
    assert old in main
    parts["word/document.xml"] = main.replace(old, new).encode()
    return packed(parts)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["same letter", "two letters of a kind"])
def test_two_who_issue_at_once(office, what):
    """REL-03: one letter is issued once; two letters get two numbers."""
    if connection.vendor == "sqlite":
        pytest.skip("内存中的SQLite不容两个线程同时写；文件中的由BEGIN IMMEDIATE逐个进行。")
    first = office.signed(office.correction())
    second = first if what == "same letter" else office.signed(office.correction())
    gate, answers = threading.Barrier(2), []

    def press(letter):
        try:
            gate.wait(timeout=10)
            answers.append(actions.issue(letter, by=office.clerk).number)
        except Refusal as refusal:
            answers.append(str(refusal))
        finally:
            connections.close_all()

    presses = [threading.Thread(target=press, args=(each,)) for each in (first, second)]
    for each in presses:
        each.start()
    for each in presses:
        each.join(timeout=60)

    given = sorted(each for each in answers if each.endswith("号"))
    if what == "same letter":
        assert given == ["市国动办补〔2026〕1号"]
        assert ApplicationEvent.objects.filter(kind="correction_asked").count() == 1
    else:
        assert given == [f"市国动办补〔2026〕{n}号" for n in (1, 2)]
