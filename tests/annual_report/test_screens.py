"""年报页面 through the client: whose report it is, what opens, what a refused form keeps."""

import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.agencies.powers import Power
from gongkai.annual_report.models import EarlierReport, Edition, Verdict
from gongkai.report.read import read
from gongkai.report.render import render
from tests.annual_report.office import YEAR
from tests.factories.people import a_person, an_agency, enter
from tests.report.samples import report_2021

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
def clerk(office, client):
    return enter(client, office.clerk)


def address(edition: Edition, name: str = "edition", *more: str) -> str:
    return reverse(f"annual_report:{name}", args=[edition.public_id, *more])


def test_the_list_offers_the_years_not_yet_begun(clerk, office):
    office.draft()

    page = clerk.get(reverse("annual_report:list")).content.decode()

    assert "第1版" in page
    assert f'<option value="{YEAR}"' not in page


@pytest.mark.parametrize("name", ["edition", "text", "records", "preview"])
def test_another_agency_s_edition_is_not_there(office, client, name):
    """ACL-02, ACL-08."""
    stranger = a_person(an_agency(name="示例市另一局"), Power.COMPILE_REPORT, Power.READ_REGISTERS)

    assert enter(client, stranger).get(address(office.draft(), name)).status_code == 404


def test_every_cell_of_the_page_opens_its_records(clerk, office):
    edition = office.draft()

    page = clerk.get(address(edition)).content.decode()

    assert page.count("data-place=") == 200
    assert page.count(f'href="{address(edition, "records")}?figure=') >= 200


def test_the_list_behind_a_cell_has_as_many_lines_as_the_cell_says(clerk, office):
    edition = office.draft()

    page = clerk.get(
        address(edition, "records"), {"figure": "applications/granted/natural_person"}
    ).content.decode()

    assert "（一）予以公开·自然人：1" in page
    assert str(office.application) in page


def test_the_list_behind_a_word_of_the_text(clerk, office):
    page = clerk.get(address(office.draft(), "records"), {"figure": "主动公开信息"}).content.decode()

    assert "主动公开信息：3" in page
    assert page.count("示例动态") >= 3


@pytest.mark.parametrize("figure", ["", "nothing", "applications/granted", "applications/granted/x", "a/b/c"])
def test_a_figure_that_does_not_exist_is_not_found(clerk, office, figure):
    assert clerk.get(address(office.draft(), "records"), {"figure": figure}).status_code == 404


def test_a_refused_text_stays_in_the_form(clerk, office):
    edition = office.draft()

    answer = clerk.post(
        address(edition, "text"), {"version": edition.version, "problems": "{没有这个}和我写的话"}
    )

    assert answer.status_code == 409
    assert "和我写的话" in answer.content.decode()
    assert "没有叫“没有这个”的数据" in answer.content.decode()
    edition.refresh_from_db()
    assert "和我写的话" not in edition.narrative["problems"]


def test_a_step_shows_its_consequence_before_it_is_taken(clerk, office):
    edition = office.draft()

    page = clerk.get(address(edition, "step", "submit")).content.decode()

    assert "核对没有差错、警示都有说明后才能送审" in page
    edition.refresh_from_db()
    assert edition.status == "drafting"


def test_an_unknown_step_is_not_found(clerk, office):
    assert clerk.post(address(office.draft(), "step", "publish")).status_code == 404


@pytest.mark.parametrize("form", ["html", "docx", "xlsx", "json"])
def test_a_draft_is_exported_and_reads_back(clerk, office, form):
    edition = office.draft()

    answer = clerk.get(address(edition, "file", form))

    report = read(answer.content, name=f"x.{form}")
    assert report.cell("applications", "received", "total").value == 1
    assert "attachment" in answer["Content-Disposition"]


def test_last_year_s_report_is_read_and_used(clerk, office):
    earlier = replace(
        report_2021(), year=YEAR - 1, title=f"示例市国防动员办公室{YEAR - 1}年政府信息公开工作年度报告"
    )
    upload = SimpleUploadedFile("去年.html", render(earlier, to="html"))

    clerk.post(reverse("annual_report:earlier"), {"file": upload})

    kept = EarlierReport.objects.get()
    assert kept.year == YEAR - 1
    from gongkai.annual_report.checking import last_year

    edition = office.draft()
    assert last_year(edition.report).year == YEAR - 1


def test_a_file_that_is_no_report_is_refused_with_a_sentence(clerk):
    answer = clerk.post(reverse("annual_report:earlier"), {"file": io.BytesIO(b"\x00\x01\x02 not a report")})

    assert answer.status_code == 200
    assert "Traceback" not in answer.content.decode()
    assert not EarlierReport.objects.exists()


def test_another_agencys_report_is_kept_and_said_to_be_anothers(clerk):
    neighbour = replace(report_2021(), year=YEAR - 1, agency="示例市教育局")
    upload = SimpleUploadedFile("去年.json", render(neighbour, to="json"))

    page = clerk.post(reverse("annual_report:earlier"), {"file": upload}, follow=True).content.decode()

    assert EarlierReport.objects.get().agency_name == "示例市教育局"
    assert "文件的报告机关是“示例市教育局”" in page


def test_a_report_of_a_year_to_come_is_refused_beside_the_form(clerk):
    upload = SimpleUploadedFile("明年.json", render(replace(report_2021(), year=2999), to="json"))

    answer = clerk.post(reverse("annual_report:earlier"), {"file": upload})

    assert (answer.status_code, EarlierReport.objects.count()) == (200, 0)
    assert "不能录入：文件写的是2999年，还没有到。" in answer.content.decode()


def test_a_text_that_is_no_report_is_refused_beside_the_form(clerk):
    upload = SimpleUploadedFile("通知.txt", "今天开会".encode())

    answer = clerk.post(reverse("annual_report:earlier"), {"file": upload})

    assert (answer.status_code, EarlierReport.objects.count()) == (200, 0)
    assert "不能录入：没有认出年度或三张表。" in answer.content.decode()


def test_the_approver_finds_it_on_the_home_screen(office, client):
    edition = office.submitted()

    page = enter(client, office.leader).get("/").content.decode()

    assert f"{YEAR}年度报告第1版：批准定稿" in page
    assert address(edition) in page


def test_a_reader_of_registers_sees_but_cannot_act(office, client):
    edition = office.draft()
    reader = a_person(office.agency, Power.READ_REGISTERS, name="看示例")

    assert enter(client, reader).get(address(edition)).status_code == 200
    assert client.post(address(edition, "step", "submit")).status_code == 403
    edition.refresh_from_db()
    assert edition.status == "drafting"


def test_the_page_of_a_step_opens_only_for_whom_may_take_it(office, client):
    edition = office.submitted()

    answer = enter(client, office.clerk).get(address(edition, "step", "approve"))

    assert answer.status_code == 403
    assert "没有“批准年报”职权" in answer.content.decode()


def test_a_text_waiting_for_approval_is_not_offered_for_editing(office, client):
    edition = office.submitted()

    answer = enter(client, office.clerk).get(address(edition, "text"))

    assert answer.status_code == 403
    assert "不能保存文字：第1版现在是“待批准”" in answer.content.decode()


def test_a_release_is_not_called_published_before_the_public_side_has_answered(office, client):
    edition = office.approved()

    release = address(edition, "step", "release")
    page = enter(client, office.publisher).post(release, follow=True).content.decode()

    assert "已提交发布，稍后在本页可以看到结果。" in page
    assert "已发布。" not in page


def test_a_published_edition_shows_no_button_but_the_correction(office, published, client):
    page = enter(client, office.clerk).get(address(published)).content.decode()

    assert "起草更正" in page
    assert "改文字" not in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "“说明”没有填，请填写。"),
        ("字" * 301, "“说明”有301个字，最多300个字，请写得简短一些。"),
    ],
    ids=["empty", "too long"],
)
def test_an_explanation_that_cannot_be_kept_comes_back_with_its_text(clerk, office, typed, words):
    answer = clerk.post(
        address(office.draft(), "explain", "0" * 20), {"explanation": typed, "csrfmiddlewaretoken": "x"}
    )

    assert answer.status_code == 200
    assert answer.context["form"].errors == {"explanation": [words]}
    assert answer.context["form"]["explanation"].value() == typed
    assert not Verdict.objects.exists()
