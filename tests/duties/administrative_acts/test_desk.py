"""公示的页面: lists with clocks, a decision, steps, batches; what waits for whom."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from lxml import html

from gongkai.duties.administrative_acts import actions, queries
from gongkai.duties.administrative_acts.lists.models import ListEdition
from gongkai.duties.administrative_acts.models import Licence
from gongkai.duties.administrative_acts.registers import LICENCES
from gongkai.registers import actions as registers
from gongkai.registers import importing
from tests.duties.administrative_acts.publishing import CODE, TODAY, Publicity, seen
from tests.factories.people import a_person, an_agency, enter
from tests.factories.registers import LicenceFactory, PowerItemFactory
from tests.registers.workbooks import xlsx

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def office():
    return Publicity()


def page_of(client, address, **data):
    return html.fromstring(client.get(address, data).content.decode())


def row_texts(page):
    return [[" ".join(cell.text_content().split()) for cell in row] for row in page.xpath("//tbody/tr")]


def licences(show=""):
    return reverse("publicity:list", args=["licences"]) + (f"?show={show}" if show else "")


def test_the_list_says_how_long_there_is(office, client):
    """7 working days from 10 September 2026: the 20th, a Sunday that is worked."""
    office.licence()
    office.licence(number="示防许〔2026〕2号", decided_on=date(2026, 8, 31))
    office.licence(number="示防许〔2026〕3号", decided_on=date(2026, 9, 3))
    office.licence(number="示防许〔2026〕4号", published_on=date(2026, 9, 11))

    page = page_of(enter(client, office.reviewer), licences())

    found = {row[0]: row[4] for row in row_texts(page)}
    assert found == {
        "示防许〔2026〕1号": "还剩5个工作日",
        "示防许〔2026〕2号": "已超期3个工作日",
        "示防许〔2026〕3号": "今天到期",
        "示防许〔2026〕4号": "已在其他渠道公示",
    }
    late = page_of(client, licences("late"))
    assert [row[1] for row in row_texts(late)] == ["示防许〔2026〕2号"]
    waiting = page_of(client, licences("waiting"))
    assert [row[1] for row in row_texts(waiting)] == [
        "示防许〔2026〕2号",
        "示防许〔2026〕3号",
        "示防许〔2026〕1号",
    ]


def test_a_page_of_the_list_asks_a_bounded_number_of_questions(office, client, django_assert_max_num_queries):
    LicenceFactory.create_batch(60, agency=office.agency, recorded_by=office.keeper)
    enter(client, office.reviewer)

    with django_assert_max_num_queries(25):
        assert client.get(licences("waiting")).status_code == 200


def test_a_decision_explains_its_day_and_what_is_missing(office, client):
    licence = office.licence(content="")

    page = page_of(
        enter(client, office.reviewer), reverse("publicity:decision", args=["licences", licence.public_id])
    )

    words = page.text_content()
    assert "没有填写许可内容，请在台账更正。" in words
    assert "9月10日（周四）为第0日" in words
    assert "最迟2026年9月20日（周日）公示" in words


def test_what_is_missing_is_said_before_the_review_is_offered(office, client):
    licence = office.licence(counterpart_code="")
    address = reverse("publicity:decision", args=["licences", licence.public_id])
    review = reverse("publicity:step", args=["licences", licence.public_id, "review"])

    page = page_of(enter(client, office.reviewer), address)

    words = page.text_content()
    assert "没有填写行政相对人代码，请在台账更正。" in words
    assert "保密审查通过：上面所列的改好以后才能办理。" in words
    assert review not in page.xpath("//a/@href")
    assert "没有填写行政相对人代码" in client.get(review).content.decode()
    assert Licence.objects.get().public_state == "not_yet"


def test_review_and_release_go_by_two_screens(office, client):
    licence = office.licence()
    address = reverse("publicity:step", args=["licences", licence.public_id, "review"])

    enter(client, office.reviewer)
    shown = page_of(client, address).xpath("//input[@name='seen']/@value")
    assert shown == [seen(licence)]
    assert client.post(address, {"seen": shown[0]}).status_code == 302
    enter(client, office.leader)
    publish = reverse("publicity:step", args=["licences", licence.public_id, "publish"])
    assert client.post(publish, {"seen": shown[0]}).status_code == 302

    assert Licence.objects.get().public_state == "releasing"


def test_a_page_that_has_grown_old_is_refused_beside_the_form(office, client):
    licence = office.licence()
    address = reverse("publicity:step", args=["licences", licence.public_id, "review"])

    answer = enter(client, office.reviewer).post(address, {"seen": "0" * 64})

    assert answer.status_code == 400
    assert "公示内容刚才有改动" in answer.content.decode()
    assert Licence.objects.get().public_state == "not_yet"


def test_several_are_reviewed_at_once_after_each_was_shown(office, client):
    good = office.licence()
    office.licence(number="示防许〔2026〕2号", content="")
    address = reverse("publicity:batch", args=["licences", "review"])
    keys = list(Licence.objects.values_list("public_id", flat=True))
    enter(client, office.reviewer)

    page = html.fromstring(client.post(address, {"chosen": keys}).content.decode())
    offered = page.xpath("//input[@name='seen']/@value")
    assert offered == [f"{good.public_id}.{seen(good)}"]
    assert "不办理：没有填写许可内容" in page.text_content()
    answer = client.post(address, {"seen": offered, "confirm": "1"}, follow=True)

    assert "保密审查通过：已办理1件。" in answer.content.decode()
    assert sorted(Licence.objects.values_list("number", "public_state")) == [
        ("示防许〔2026〕1号", "reviewed"),
        ("示防许〔2026〕2号", "not_yet"),
    ]


def test_a_batch_concludes_only_on_what_was_shown(office, client):
    """PUB-02."""
    licence = office.licence()
    stale = f"{licence.public_id}.{'0' * 64}"

    answer = enter(client, office.reviewer).post(
        reverse("publicity:batch", args=["licences", "review"]),
        {"seen": [stale], "confirm": "1"},
        follow=True,
    )

    assert "公示内容刚才有改动" in answer.content.decode()
    assert Licence.objects.get().public_state == "not_yet"


def test_another_agencys_decision_is_not_there(office, client):
    """ACL-02."""
    licence = office.licence()
    stranger = a_person(an_agency(name="示例县局"), *queries.SEEN_BY)
    enter(client, stranger)

    for address in (
        reverse("publicity:decision", args=["licences", licence.public_id]),
        reverse("publicity:step", args=["licences", licence.public_id, "review"]),
    ):
        assert client.get(address).status_code == 404
    batch = reverse("publicity:batch", args=["licences", "review"])
    client.post(batch, {"seen": [f"{licence.public_id}.{seen(licence)}"], "confirm": "1"})
    assert Licence.objects.get().public_state == "not_yet"


def test_what_waits_is_told_to_whoever_does_it(office):
    office.licence()
    office.licence(number="示防许〔2026〕2号", decided_on=date(2026, 8, 31))
    office.reviewed(office.penalty())
    today = date(2026, 9, 14)

    [review] = queries.waiting(office.reviewer, today)
    [sign] = queries.waiting(office.leader, today)

    assert (review.kind, review.title, review.due_on) == ("许可", "2件待审查公示", date(2026, 9, 9))
    assert (sign.kind, sign.title, sign.due_on) == ("处罚", "1件待发布公示", date(2026, 9, 20))
    assert review.url == "/publicity/licences/?show=waiting"
    assert list(queries.waiting(office.keeper, today)) == []
    assert list(queries.waiting(office.caller_back, today)) == []
    assert [each.title for each in queries.coming(office.keeper, today)] == ["2件待公示", "1件待公示"]


def test_what_was_sent_back_or_changed_waits_for_the_section_and_the_caller_back(office):
    actions.send_back(office.licence(), reason="内容不全", by=office.reviewer)
    changed = office.public(office.penalty())
    registers.rectify(changed, changes={"content": "罚款一万元"}, reason="按原件", by=office.keeper)
    today = date(2026, 9, 14)

    [returned] = queries.waiting(office.keeper, today)
    [call_back] = queries.waiting(office.caller_back, today)

    assert (returned.kind, returned.title) == ("许可", "1件退回更正")
    assert (call_back.title, call_back.due_on) == (
        "1件公示后有变动，要撤回或者重新公示",
        date(2026, 9, 17),
    )


def test_the_home_page_shows_them_and_leads_to_the_list(office, client):
    office.licence()

    page = page_of(enter(client, office.reviewer), "/")

    assert page.xpath("//a[@href='/publicity/licences/?show=waiting']/text()") == ["1件待审查公示"]


def test_a_penalty_without_influence_is_never_late(office):
    office.penalty(has_social_influence=False, decided_on=date(2026, 8, 3))

    assert list(queries.waiting(office.reviewer, date(2026, 9, 14))) == []
    assert list(queries.coming(office.reviewer, date(2026, 9, 14))) == []


def test_a_sheet_in_the_publicity_forms_own_heads_is_read(office):
    heads = [
        "行政许可决定文书号",
        "项目名称",
        "许可类别",
        "许可内容",
        "行政相对人名称",
        "统一社会信用代码",
        "许可决定日期",
        "许可机关",
    ]
    row = ["示防许〔2026〕7号", "报建审批", "普通", "准予", "示例公司", CODE, "2026-09-10", "示例市人防办"]

    run, plan = importing.preview(LICENCES, file_name="双公示.xlsx", data=xlsx(heads, row), by=office.keeper)

    assert plan.problems == ()
    importing.confirm(LICENCES, run, by=office.keeper)
    assert office.reviewed(Licence.objects.get()).public_state == "reviewed"


def test_an_import_that_changes_a_reviewed_decision_voids_its_review(office):
    """PUB-02: the dry run says so."""
    licence = office.reviewed()
    heads = ["决定书文号", "事项名称", "决定日期", "相对人名称", "决定内容"]
    row = [licence.number, licence.name, "2026-09-10", licence.counterpart, "准予修建700平方米"]

    run, plan = importing.preview(LICENCES, file_name="更正.xlsx", data=xlsx(heads, row), by=office.keeper)
    assert "要重新审查" in plan.change[0].entry.told_on_change()
    importing.confirm(LICENCES, run, by=office.keeper)

    licence.refresh_from_db()
    assert (licence.public_state, licence.reviewed_hash, licence.reviewer) == ("not_yet", "", None)


def test_the_registers_record_leads_to_its_publication(office, client):
    licence = office.reviewed()

    page = page_of(
        enter(client, office.keeper), reverse("registers:record", args=["licences", licence.public_id])
    )

    here = reverse("publicity:decision", args=["licences", licence.public_id])
    assert page.xpath(f"//a[@href='{here}']/text()") == ["公示：已审查，待发布"]
    assert "保密审查通过" in page.text_content()


def test_a_person_without_the_power_is_told_who_has_it(office, client):
    licence = office.licence()
    enter(client, office.leader)

    page = page_of(client, reverse("publicity:decision", args=["licences", licence.public_id]))
    answer = client.post(
        reverse("publicity:step", args=["licences", licence.public_id, "review"]), {"seen": seen(licence)}
    )

    assert "保密审查通过：没有“保密审查”职权，不能办理。有此职权的：乙示例。" in page.text_content()
    assert "没有“保密审查”职权" in answer.content.decode()
    assert Licence.objects.get().public_state == "not_yet"


def test_lists_go_from_the_register_to_the_signature_on_screen(office, client):
    PowerItemFactory(agency=office.agency)
    enter(client, office.keeper)
    assert client.post(reverse("public_lists:one", args=["power-list"]), {"words": ""}).status_code == 302
    edition = ListEdition.objects.get()

    for person, name in ((office.reviewer, "pass"), (office.leader, "sign")):
        enter(client, person)
        step = reverse("public_lists:step", args=["power-list", edition.public_id, name])
        assert client.get(step).status_code == 200
        assert client.post(step).status_code == 302

    edition.refresh_from_db()
    assert edition.stage == "releasing"
    shown = page_of(client, reverse("public_lists:edition", args=["power-list", edition.public_id]))
    assert row_texts(shown)[0][1] == "应建防空地下室的民用建筑项目报建审批"


def test_a_list_that_is_empty_or_returned_without_a_reason_is_refused_beside_the_form(office, client):
    enter(client, office.keeper)
    empty = client.post(reverse("public_lists:one", args=["duty-list"]), {"words": ""})
    assert (empty.status_code, "责任清单没有内容" in empty.content.decode()) == (400, True)
    PowerItemFactory(agency=office.agency)
    client.post(reverse("public_lists:one", args=["power-list"]), {"words": ""})
    edition = ListEdition.objects.get()

    enter(client, office.reviewer)
    answer = client.post(
        reverse("public_lists:step", args=["power-list", edition.public_id, "return"]), {"words": ""}
    )

    assert (answer.status_code, "“理由”没有填，请填写。" in answer.content.decode()) == (400, True)
    edition.refresh_from_db()
    assert edition.stage == "review"
