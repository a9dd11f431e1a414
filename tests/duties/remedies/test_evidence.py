"""证据目录. Its order by hand, what it is drawn from, files that are sealed, and what was handed in stays (PII-03)."""

from datetime import date

import pytest

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.duties.applications.matters.models import FoundDocument, Matter, Search
from gongkai.duties.remedies import actions
from gongkai.duties.remedies.candidates import candidates
from gongkai.duties.remedies.models import Evidence
from gongkai.gateways.files import desk_files
from tests.duties.remedies.files import a_reconsideration, state_of
from tests.factories.agencies import SectionFactory, keeper
from tests.factories.applications import replied
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db
PLAIN = "%PDF-1.7 张示例 13800000000".encode()


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path / "files"


@pytest.fixture
def clerk():
    return keeper()


@pytest.fixture
def file(clerk):
    return a_reconsideration(clerk, application=replied(clerk))


def titles(file):
    return list(file.evidence.filter(taken_out_at__isnull=True).values_list("title", flat=True))


def test_a_file_on_the_disk_is_sealed_and_opens_only_in_its_row(file, clerk):
    evidence = actions.add_evidence(
        file, title="告知书", file_name="C:\\案\\告知书.pdf", content=PLAIN, by=clerk
    )
    other = actions.add_evidence(file, title="登记表", by=clerk)

    assert (evidence.file_name, evidence.size) == ("告知书.pdf", len(PLAIN))
    for name in desk_files().names():
        assert b"13800000000" not in desk_files().read(name)
    assert actions.read_evidence(evidence, by=clerk) == PLAIN
    other.stored_as, other.key_version = evidence.stored_as, evidence.key_version
    with pytest.raises(Refusal, match="打不开这份文件"):
        actions.read_evidence(other, by=clerk)
    assert Entry.objects.filter(action="remedies.evidence.read").count() == 1


def test_only_a_keeper_of_the_section_or_a_reader_of_applicants_opens_a_file(clerk):
    section = SectionFactory(agency=clerk.agency)
    file = a_reconsideration(clerk, section=section)
    evidence = actions.add_evidence(file, title="告知书", file_name="a.pdf", content=PLAIN, by=clerk)
    elsewhere = keeper(agency=clerk.agency, section=SectionFactory(agency=clerk.agency))

    for person in (elsewhere, a_person(clerk.agency, Power.READ_REGISTERS), keeper()):
        with pytest.raises(Refusal):
            actions.read_evidence(evidence, by=person)
    assert Entry.objects.filter(action="remedies.evidence.read").count() == 0
    reader = a_person(clerk.agency, Power.READ_APPLICANTS)
    assert actions.read_evidence(evidence, by=reader) == PLAIN


def test_a_file_that_is_gone_or_was_never_there_is_said(file, clerk):
    evidence = actions.add_evidence(file, title="告知书", file_name="a.pdf", content=PLAIN, by=clerk)
    desk_files().remove(evidence.stored_as)

    with pytest.raises(Refusal, match="打不开这份文件"):
        actions.read_evidence(evidence, by=clerk)
    with pytest.raises(Refusal, match="没有上传文件"):
        actions.read_evidence(actions.add_evidence(file, title="纸质", by=clerk), by=clerk)
    assert Entry.objects.filter(action="remedies.evidence.read").count() == 0


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": " "}, "请填写证据名称"),
        ({"title": "长" * 101}, "最多100字"),
        ({"purpose": "长" * 301}, "最多300字"),
        ({"source_note": "长" * 101}, "最多100字"),
        ({"pages": 0}, "页数应当"),
        ({"pages": 10_000}, "页数应当"),
        ({"file_name": "a.exe", "content": b"MZ"}, "证据文件应当是"),
        ({"file_name": "a.pdf", "content": b""}, "应当有内容"),
    ],
)
def test_what_is_not_evidence_is_not_listed(file, clerk, values, sentence):
    before = state_of(file)

    with pytest.raises(Refusal, match=sentence):
        actions.add_evidence(file, by=clerk, **{"title": "告知书", **values})

    assert state_of(file) == before
    assert list(desk_files().names()) == []


def test_rows_change_places_and_stop_at_the_ends(file, clerk):
    first, second, third = (actions.add_evidence(file, title=name, by=clerk) for name in "甲乙丙")

    actions.move_evidence(third, "up", by=clerk)
    actions.move_evidence(first, "down", by=clerk)

    assert titles(file) == ["丙", "甲", "乙"]
    before = state_of(file)
    for evidence, direction in ((third, "up"), (second, "down"), (second, "sideways")):
        with pytest.raises(Refusal, match="在目录的一端"):
            actions.move_evidence(evidence, direction, by=clerk)
    assert state_of(file) == before


def test_the_application_s_events_searches_and_documents_may_be_drawn(file, clerk):
    case = file.entry.application
    matter = Matter(agency=clerk.agency, application=case, number=1, by=clerk)
    matter.save()
    given = {"agency": clerk.agency, "by": clerk}
    Search.objects.create(
        application=case,
        searched_on=date(2023, 3, 6),
        place="办公自动化系统",
        words="规划",
        searcher="甲",
        **given,
    )
    FoundDocument.objects.create(
        matter=matter, title="示例规划", document_number="示规〔2022〕1号", pages=12, **given
    )
    offered = candidates(file)
    assert [each.title for each in offered] == [
        "收到申请的材料",
        "答复的材料",
        "检索记录（办公自动化系统）",
        "示例规划",
    ]

    found = actions.draw_from_application(file, [each.key for each in offered[1:]], by=clerk)

    assert [(each.position, each.pages, each.get_source_display()) for each in found] == [
        (1, None, "申请的办理经过"),
        (2, None, "检索记录"),
        (3, 12, "查到的信息"),
    ]
    assert [each.is_listed for each in candidates(file)] == [False, True, True, True]
    before = state_of(file)
    with pytest.raises(Refusal, match="已经在目录里"):
        actions.draw_from_application(file, [offered[1].key], by=clerk)
    assert state_of(file) == before


def test_another_case_s_papers_are_not_drawn(file, clerk):
    foreign, without = replied(clerk).events.first(), a_reconsideration(clerk)
    before = state_of(file)

    for keys in ([f"event:{foreign.public_id}"], ["nothing"], []):
        with pytest.raises(Refusal, match=r"不能列入|没有列入"):
            actions.draw_from_application(file, keys, by=clerk)
    with pytest.raises(Refusal, match="不属于"):
        actions.draw_from_application(without, [f"event:{foreign.public_id}"], by=clerk)

    assert state_of(file) == before


def test_what_was_taken_out_may_be_drawn_again_and_takes_nothing_more(file, clerk):
    key = candidates(file)[0].key
    [evidence] = actions.draw_from_application(file, [key], by=clerk)
    taken = actions.take_out_evidence(evidence, reason="列错了", by=clerk)

    assert titles(file) == []
    before = state_of(file)
    for act in (
        lambda: actions.take_out_evidence(taken, reason="再一次", by=clerk),
        lambda: actions.move_evidence(taken, "up", by=clerk),
        lambda: actions.change_evidence(taken, title="甲", purpose="", pages=1, by=clerk),
    ):
        with pytest.raises(Refusal, match="已经移出目录"):
            act()
    assert state_of(file) == before
    actions.draw_from_application(file, [key], by=clerk)
    assert titles(file) == ["收到申请的材料"]


def test_a_file_once_given_is_not_exchanged(file, clerk):
    evidence = actions.add_evidence(file, title="告知书", by=clerk)
    evidence = actions.change_evidence(
        evidence, title="告知书", purpose="", pages=2, file_name="a.pdf", content=PLAIN, by=clerk
    )
    assert actions.read_evidence(evidence, by=clerk) == PLAIN

    with pytest.raises(Refusal, match="不能更换文件"):
        actions.change_evidence(
            evidence, title="告知书", purpose="", pages=2, file_name="b.pdf", content=b"other", by=clerk
        )

    assert actions.read_evidence(Evidence.objects.get(pk=evidence.pk), by=clerk) == PLAIN
