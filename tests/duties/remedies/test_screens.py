"""案卷的页面. What each shows, what a form does, what is refused on it, and nobody from another agency (ACL-02)."""

import io
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.remedies import actions
from gongkai.duties.remedies.models import CaseFile, Evidence, Lesson, ProposedCorrection
from gongkai.rules.remedy_cases.events import Kind
from tests.duties.remedies.files import a_reconsideration, a_suit, overturned, served, state_of, step
from tests.factories import registers as entries
from tests.factories.agencies import keeper
from tests.factories.applications import replied
from tests.factories.people import a_person, enter

pytestmark = pytest.mark.django_db
THEN = date(2026, 2, 10)


@pytest.fixture
def clerk():
    return keeper(name="甲示例")


@pytest.fixture
def desk(client, clerk):
    return enter(client, clerk)


def at(name, *arguments):
    return reverse(f"remedies:{name}", args=arguments)


def text(answer):
    return answer.content.decode()


def test_the_list_shows_what_is_due_and_finds_by_number(desk, clerk, django_assert_max_num_queries):
    for _ in range(3):
        served(a_reconsideration(clerk), clerk)
    a_suit(clerk)

    with django_assert_max_num_queries(40):
        page = text(desk.get(at("files")))

    assert page.count("提交书面答复") == 3
    assert "2026-03-20" in page
    found = text(desk.get(at("files"), {"q": "（2026）"}))
    assert "示行初4号" in found
    assert "示府复" not in found
    assert "示府复〔2026〕1号" in text(desk.get(at("files"), {"show": "due"}))


def test_a_reconsideration_is_opened_on_the_screen(desk, clerk):
    case = replied(clerk, received_on=date(2026, 1, 5), on=THEN)

    answer = desk.post(
        at("open_reconsideration"),
        {
            "case_number": "示府复〔2026〕9号",
            "accepted_on": "2026-03-02",
            "simplified": "on",
            "application": case.register_number,
            "party": "张示例",
            "body": "示例市人民政府",
        },
    )

    file = CaseFile.objects.get()
    assert answer.url == at("file", file.public_id)
    assert (file.entry.application, file.entry.procedure, file.began_simplified) == (case, "simple", True)
    assert "张示例" not in text(desk.get(answer.url))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"application": "〔1999〕1号"}, "台账里没有这个登记编号"),
        ({"accepted_on": "2099-01-01"}, "在今天之后"),
        ({"case_number": ""}, "没有填"),
    ],
)
def test_a_form_that_is_refused_opens_nothing(desk, values, sentence):
    given = {"case_number": "示府复〔2026〕9号", "accepted_on": "2026-03-02"}

    answer = desk.post(at("open_reconsideration"), {**given, **values})

    assert answer.status_code == 400
    assert sentence in text(answer)
    assert CaseFile.objects.count() == 0


def test_a_suit_after_reconsideration_names_who_is_sued(desk, clerk):
    upheld = step(a_reconsideration(clerk), Kind.DECIDED, date(2026, 4, 24), clerk, decision="upheld")

    answer = desk.post(
        at("open_litigation"),
        {
            "case_number": "（2026）示行初9号",
            "accepted_on": "2026-05-20",
            "kind": "suit_after_reconsideration",
            "reconsideration": upheld.entry.case_number,
        },
    )

    page = text(desk.get(answer.url))
    assert "作出原行政行为的机关、复议机关为共同被告" in page
    assert "第二十六条第二款（待核）" in page
    wrong = desk.post(
        at("open_litigation"),
        {
            "case_number": "（2026）示行初10号",
            "accepted_on": "2026-05-20",
            "kind": "direct_suit",
            "reconsideration": "没有",
        },
    )
    assert "复议台账里没有这个案号" in text(wrong)


def test_an_entry_of_the_register_leads_to_its_file_or_to_opening_one(desk, clerk):
    entry = entries.ReconsiderationFactory(
        agency=clerk.agency, accepted_on=date(2026, 3, 2), decided_on=date(2026, 4, 3), result="rectified"
    )
    record = reverse("registers:record", args=["reconsiderations", entry.public_id])
    assert at("of_reconsideration", entry.public_id) in text(desk.get(record))

    answer = desk.get(at("of_reconsideration", entry.public_id))
    assert answer.url == at("take_over", "reconsideration", entry.public_id)
    assert "撤销并责令重新作出" in text(desk.get(answer.url))
    answer = desk.post(answer.url, {"decision": "revoked_anew"})

    file = CaseFile.objects.get()
    assert answer.url == at("file", file.public_id)
    assert desk.get(at("of_reconsideration", entry.public_id)).url == answer.url
    assert "已经立了案卷" in text(desk.get(record))
    assert "复议决定：撤销并责令重新作出" in text(desk.get(record))
    assert desk.get(at("take_over", "nothing", entry.public_id)).status_code == 404


def test_steps_are_offered_with_what_they_would_do_and_why_not(desk, clerk):
    file = served(a_reconsideration(clerk), clerk)

    page = text(desk.get(at("step", file.public_id)))

    assert "登记后：待答复、举证，2026年3月20日（周五）前提交证据和依据" in page
    assert "没有中止。请先登记中止" in page
    assert "上诉" not in page


def test_a_step_is_entered_and_the_file_says_where_it_stands(desk, clerk):
    file = a_reconsideration(clerk)
    address = f"{at('step', file.public_id)}?kind=served"
    assert "收到复议申请书副本" in text(desk.get(address))

    answer = desk.post(address, {"on": "2026-03-06", "version": file.version})

    page = text(desk.get(answer.url))
    assert "提交书面答复：2026年3月20日（周五）前" in page
    assert "已超期" in page
    clock = text(desk.get(at("clock", file.public_id)))
    assert "《行政复议法》第四十八条" in clock
    assert "自3月7日起算10个工作日" in clock


def test_who_wrote_on_an_old_page_sees_a_conflict(desk, clerk):
    """REL-03."""
    file = a_reconsideration(clerk)
    address = f"{at('step', file.public_id)}?kind=suspended"
    old = file.version
    served(file, clerk)
    before = state_of(file)

    answer = desk.post(address, {"on": "2026-03-10", "version": old})

    assert answer.status_code == 400
    assert "其他人登记了新的经过" in text(answer)
    assert state_of(file) == before


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        ("hearing_set", {}, "“举行（开庭）日期”没有填"),
        ("decided", {}, "“结果”没有选"),
        ("decided", {"decision": "affirmed"}, "没有这一项"),
        ("answered", {}, "还没有登记收到副本"),
    ],
)
def test_a_step_that_is_refused_changes_nothing(desk, clerk, kind, values, sentence):
    file = a_reconsideration(clerk)
    before = state_of(file)
    address = f"{at('step', file.public_id)}?kind={kind}"

    answer = desk.post(address, {"on": "2026-03-10", "version": file.version, **values})

    assert sentence in text(answer)
    assert state_of(file) == before


def test_a_step_that_is_not_there_is_refused(desk, clerk):
    file = a_reconsideration(clerk)

    for kind in ("nothing", "filed", "appealed"):
        assert "没有这一步" in text(desk.get(f"{at('step', file.public_id)}?kind={kind}"))


def test_a_hearing_and_a_decision_are_told_on_the_timeline(desk, clerk):
    file = a_suit(clerk)
    address = at("step", file.public_id)
    desk.post(
        f"{address}?kind=hearing_set",
        {"on": "2026-03-30", "version": 1, "until": "2026-04-15", "at_time": "09:30", "place": "第三法庭"},
    )
    desk.post(
        f"{address}?kind=decided",
        {
            "on": "2026-06-10",
            "version": 2,
            "decision": "revoked_anew",
            "served_on": "2026-06-12",
            "working_days": "15",
        },
    )

    page = text(desk.get(at("file", file.public_id)))
    assert "通知开庭　第1次，定于2026年4月15日（周三）09:30，第三法庭" in page
    assert "一审裁判　撤销并判决重新作出" in page
    assert "2026年6月12日收到" in page
    assert "限15个工作日内履行" in page
    assert "计入2026年表四“结果纠正”" in page
    assert "还没有写经验教训" in page


def test_a_correction_is_proposed_by_one_and_agreed_by_another(client, clerk):
    """TIM-06."""
    file = served(a_reconsideration(clerk), clerk)
    event = file.events.get(kind="served")
    mine = enter(client, clerk)
    answer = mine.post(
        at("propose_correction", event.public_id), {"happened_on": "2026-03-09", "reason": "签收单为9日"}
    )
    assert answer.status_code == 302
    proposal = ProposedCorrection.objects.get()
    assert "由另一人复核" in text(mine.get(at("correction", proposal.public_id)))
    refused = mine.post(at("correction", proposal.public_id), {"agree": "1"})
    assert refused.status_code == 400
    assert CaseFile.objects.get().due_on == date(2026, 3, 20)

    other = enter(type(client)(), a_person(clerk.agency, Power.REVIEW_LEGALITY, name="乙示例"))
    page = text(other.get(at("correction", proposal.public_id)))
    assert "<del>2026-03-06</del>" in page
    assert "<ins>2026-03-09</ins>" in page
    other.post(at("correction", proposal.public_id), {"agree": "1"})

    assert CaseFile.objects.get().due_on == date(2026, 3, 23)
    assert "更正原因：签收单为9日（甲示例提出，乙示例复核）" in text(mine.get(at("file", file.public_id)))


def test_evidence_is_drawn_ordered_uploaded_printed_and_given_as_a_document(desk, clerk):
    case = replied(clerk, received_on=date(2026, 1, 5), on=THEN)
    file = a_reconsideration(clerk, application=case)
    page = text(desk.get(at("evidence", file.public_id)))
    assert "答复的材料" in page
    keys = [f"event:{each.public_id}" for each in case.events.all()]
    desk.post(at("draw_evidence", file.public_id), {"key": keys})
    upload = SimpleUploadedFile("告知书.pdf", "%PDF-1.7 示例".encode())
    answer = desk.post(
        at("add_evidence", file.public_id),
        {"title": "告知书", "purpose": "证明已经告知", "pages": "3", "source": "upload", "content": upload},
    )
    assert answer.status_code == 302
    last = Evidence.objects.get(title="告知书")
    desk.post(at("move_evidence", last.public_id), {"direction": "up"})

    listed = list(file.evidence.values_list("title", flat=True))
    assert listed == ["收到申请的材料", "告知书", "答复的材料"]
    printed = text(desk.get(at("print_evidence", file.public_id)))
    assert printed.index("收到申请的材料") < printed.index("告知书") < printed.index("答复的材料")
    document = docx.Document(io.BytesIO(desk.get(at("evidence_document", file.public_id)).content))
    [table] = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "编号",
        "证据名称",
        "证明目的",
        "页数",
        "来源",
        "备注",
    ]
    assert [cell.text for cell in table.rows[2].cells] == [
        "2",
        "告知书",
        "证明已经告知",
        "3",
        "本案另行提供",
        "电子文件",
    ]
    opened = desk.get(at("evidence_file", last.public_id))
    assert opened.content == "%PDF-1.7 示例".encode()
    assert opened["Cache-Control"] == "no-store"
    assert Entry.objects.filter(action="remedies.evidence.read").count() == 1


def test_evidence_is_changed_and_taken_out_with_a_reason(desk, clerk):
    file = a_reconsideration(clerk)
    first = actions.add_evidence(file, title="答复书", by=clerk)
    second = actions.add_evidence(file, title="登记表", by=clerk)

    desk.post(at("change_evidence", first.public_id), {"title": "告知书", "purpose": "", "pages": "2"})
    desk.post(at("take_out_evidence", second.public_id), {"reason": "列错了"})
    page = text(desk.post(at("move_evidence", first.public_id), {"direction": "up"}, follow=True))

    assert "已经在目录的一端" in page
    assert list(file.evidence.filter(taken_out_at__isnull=True).values_list("title", "pages")) == [
        ("告知书", 2)
    ]
    assert "没有选择" in text(desk.post(at("draw_evidence", file.public_id), {}, follow=True))
    assert "证据文件应当是" in text(
        desk.post(
            at("change_evidence", first.public_id),
            {"title": "告知书", "content": SimpleUploadedFile("a.exe", b"MZ")},
        )
    )


def test_an_overturned_reply_is_handled_again_and_leaves_a_lesson(desk, clerk):
    case = replied(clerk, received_on=date(2026, 1, 5), on=THEN, applicant_name="张示例")
    file = overturned(clerk, application=case)
    assert "重新办理申请" in text(desk.get(at("file", file.public_id)))

    assert "2026年4月28日" in text(desk.get(at("handle_again", file.public_id)))
    desk.post(at("handle_again", file.public_id))
    desk.post(
        at("add_lesson", file.public_id),
        {"category": "search", "text": "检索只查了一个库", "changed": "检索清单加上档案室"},
    )

    again = CaseFile.objects.get().reopened_as
    assert (again.handled_again_from, again.status, again.received_on) == (
        case,
        "handling",
        date(2026, 4, 28),
    )
    assert again.unseal("applicant_name") == "张示例"
    assert "检索只查了一个库" in text(desk.get(reverse("applications:case", args=[case.public_id])))
    assert "检索只查了一个库" in text(desk.get(at("lessons"), {"q": "一个库"}))
    assert "检索只查了一个库" not in text(desk.get(at("lessons"), {"q": "两个库"}))
    assert "检索只查了一个库" not in text(desk.get(at("lessons"), {"show": "open"}))
    lesson = Lesson.objects.get()
    desk.post(at("take_back_lesson", lesson.public_id), {"reason": "写错了案卷"})
    assert "检索只查了一个库" not in text(desk.get(at("lessons")))


def test_a_file_is_assigned_rectified_and_voided(desk, clerk):
    file = a_reconsideration(clerk)
    desk.post(at("assign", file.public_id), {"handler": clerk.pk})
    desk.post(
        at("particulars", file.public_id),
        {"case_number": file.entry.case_number, "place": "示例省人民政府", "reason": "笔误"},
    )
    page = text(desk.get(at("file", file.public_id)))
    assert "示例省人民政府" in page
    assert "甲示例" in page

    desk.post(at("void", file.public_id), {"reason": "重复立卷"})

    assert "重复立卷" in text(desk.get(at("file", file.public_id)))
    assert file.entry.case_number not in text(desk.get(at("files")))


def test_the_party_is_read_once_with_a_reason(client, clerk):
    """PII-03."""
    file = a_reconsideration(clerk, party="张示例")
    reader = enter(client, a_person(clerk.agency, Power.READ_APPLICANTS, Power.READ_REGISTERS))
    assert "张示例" not in text(reader.get(at("party", file.public_id)))

    shown = reader.post(at("party", file.public_id), {"reason": "制作授权委托书"})

    assert "张示例" in text(shown)
    assert "张示例" not in text(reader.get(at("file", file.public_id)))
    none = a_reconsideration(clerk)
    assert "没有可查看的内容" in text(reader.get(at("party", none.public_id)))


def test_a_reader_sees_and_changes_nothing(client, clerk):
    file = served(a_reconsideration(clerk), clerk)
    reader = enter(client, a_person(clerk.agency, Power.READ_REGISTERS))

    page = text(reader.get(at("file", file.public_id)))

    assert at("step", file.public_id) not in page
    assert reader.get(at("step", file.public_id)).status_code == 403


def test_another_agency_s_officer_finds_nothing(client, clerk):
    """ACL-02."""
    file = served(a_reconsideration(clerk, party="张示例"), clerk)
    evidence = actions.add_evidence(file, title="答复书", by=clerk)
    lesson = actions.add_lesson(file, category="facts", text="教训", by=clerk)
    event = file.events.get(kind="served")
    proposal = actions.propose(event, happened_on=date(2026, 3, 9), reason="笔误", by=clerk)
    other = a_person(keeper().agency, Power.KEEP_REGISTERS, Power.READ_REGISTERS, Power.READ_APPLICANTS)
    stranger = enter(client, other)
    before = state_of(file)

    addresses = [
        *(
            at(name, file.public_id)
            for name in (
                "file",
                "step",
                "clock",
                "party",
                "assign",
                "particulars",
                "void",
                "handle_again",
                "evidence",
                "add_evidence",
                "draw_evidence",
                "print_evidence",
                "evidence_document",
                "add_lesson",
            )
        ),
        at("propose_correction", event.public_id),
        at("correction", proposal.public_id),
        *(
            at(n, evidence.public_id)
            for n in ("change_evidence", "take_out_evidence", "move_evidence", "evidence_file")
        ),
        at("take_back_lesson", lesson.public_id),
        at("take_over", "reconsideration", file.entry.public_id),
        at("of_reconsideration", file.entry.public_id),
    ]

    assert {stranger.post(each).status_code for each in addresses} == {404}
    assert state_of(file) == before
    assert file.entry.case_number not in text(stranger.get(at("files")))
