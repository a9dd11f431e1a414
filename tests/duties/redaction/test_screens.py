"""The screens of redaction: who opens them, what they show, and that each step works without a script."""

import re

import pytest
from django.urls import reverse

from gongkai.duties.applications.redaction import actions, queries
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.outbox.worker import run_waiting
from gongkai.redaction.box import Origin
from tests.duties.redaction.office import AREA, NAME, Office, document
from tests.factories.people import enter
from tests.redaction import making

pytestmark = pytest.mark.django_db
Stage = RedactionJob.Stage


@pytest.fixture
def office(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path / "files"
    return Office()


@pytest.fixture
def keeper(client, office):
    return enter(client, office.keeper)


def at(name: str, job: RedactionJob, *more: object) -> str:
    return reverse(f"redaction:{name}", args=[job.public_id, *more])


def the_file(name: str = "批复.pdf", data: bytes | None = None):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, data or document(), content_type="application/pdf")


def test_a_clerk_redacts_a_document_by_forms_alone(keeper, office, settings):
    given = {"register_number": office.case.register_number, "title": "示防函〔2023〕1号", "file": the_file()}
    keeper.post(reverse("redaction:begin"), given)
    job = RedactionJob.objects.get()

    shown = keeper.get(at("detected", job))
    assert b"110***********002X" in shown.content
    assert making.IDENTITY.encode() not in shown.content
    count = len(shown.context["hits"])
    keeper.post(
        at("detected", job), {"chosen": [str(n) for n in range(count)], "ground": "THIRD_PARTY", "add": "1"}
    )

    found = keeper.post(at("search", job), {"words": f"{NAME}\n没有的词"})
    assert len(found.context["hits"]) == 2
    keeper.post(at("search", job), {"words": NAME, "chosen": ["0", "1"], "ground": "THIRD_PARTY", "add": "1"})
    drawn = {"left": "20", "top": "90", "width": "60.5", "height": "10", "ground": "DELIBERATIVE"}
    keeper.post(at("page", job, 2), drawn)
    job.refresh_from_db()
    assert [(box["page"], box["origin"], box["what"]) for box in job.boxes] == [
        (1, "search", ""),
        (1, "detected", "身份证号码"),
        (2, "search", ""),
        (2, "detected", "手机号码"),
        (2, "hand", ""),
    ]
    last = job.boxes[-1]
    assert (last["left"], round(last["right"] - last["left"], 1)) == (56.69, 171.5)

    answer = keeper.post(at("make", job), {"resolution": "150", "reason": ""}, follow=True)
    assert "正在后台制作" in answer.content.decode()
    while run_waiting():
        pass
    job.refresh_from_db()
    assert job.stage == Stage.REVIEW

    enter(keeper, office.reviewer)
    assert keeper.get(at("page", job, 1)).status_code == 200
    keeper.post(at("agree", job), {"seen": keeper.get(at("agree", job)).context["job"].output_file})
    job.refresh_from_db()
    assert (job.stage, job.reviewer) == (Stage.AGREED, office.reviewer)

    handed = keeper.get(at("file", job))
    assert handed["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in handed["Content-Security-Policy"]
    assert handed["Content-Type"] == "application/octet-stream"
    assert handed.content.startswith(b"%PDF-1.7")
    proof = keeper.get(at("proof", job)).content.decode()
    assert "通过：没有查到任何被遮盖的内容" in proof
    assert "第十五条" in proof
    assert NAME not in proof


@pytest.mark.parametrize(
    ("change", "status", "why"),
    [
        ({"ground": ""}, 400, "“不予公开的理由”没有选，请选择。"),
        ({"left": ""}, 400, "“左边距（毫米）”没有填，请填写。"),
        ({"left": "-1"}, 400, "不能小于"),
        ({"left": "abc"}, 400, "应当是数字"),
        ({"left": "5000"}, 400, "不在页面上"),
    ],
)
def test_a_box_by_numbers_that_is_wrong_is_told_in_one_sentence(keeper, office, change, status, why):
    job = office.covered()
    given = {"left": "20", "top": "20", "width": "30", "height": "10", "ground": "THIRD_PARTY", **change}

    answer = keeper.post(at("page", job, 1), given)

    assert answer.status_code == status
    assert why in answer.content.decode()
    job.refresh_from_db()
    assert len(job.boxes) == 1


def test_a_box_is_taken_away_by_its_button(keeper, office):
    job = office.covered()

    keeper.post(at("remove", job, 1), {"box": job.boxes[0]["id"]})

    job.refresh_from_db()
    assert job.boxes == []


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_picture_of_a_page_is_as_large_as_the_boxes_are_measured(keeper, office, turn):
    job = office.begun(making.page(lines=[(60, 200, making.SECRET)], turn=turn, crop=(20, 20, 380, 220)))

    picture = keeper.get(at("original", job, 1))

    assert picture["Content-Type"] == "image/png"
    assert picture["Cache-Control"] == "no-store"
    width, height = (int.from_bytes(picture.content[at : at + 4]) for at in (16, 20))
    assert abs(width / height - job.pages[0][0] / job.pages[0][1]) < 0.01


@pytest.mark.parametrize("name", ["original", "outcome", "page"])
def test_pages_that_are_not_there_answer_404(keeper, office, name):
    job = office.covered()

    assert keeper.get(at(name, job, 3)).status_code == 404
    assert keeper.get(at(name, job, 0)).status_code == 404


def test_an_outcome_is_shown_only_once_there_is_one(keeper, office):
    assert keeper.get(at("outcome", office.covered(), 1)).status_code == 404
    assert keeper.get(at("outcome", office.made(), 1))["Content-Type"] == "image/png"


def test_another_agency_and_another_power_open_nothing(client, office):
    """ACL-01, ACL-02."""
    job = office.made()
    paths = [at(name, job) for name in ("job", "proof", "file")] + [
        at(name, job, 1) for name in ("page", "original", "outcome")
    ]
    other = Office(name="示例市水务局", short_name="市水务局")

    enter(client, other.keeper)
    assert {client.get(path).status_code for path in paths} == {404}
    enter(client, office.reader)
    assert {client.get(path).status_code for path in paths} == {403}


def test_scanned_pages_are_pointed_out(keeper, office):
    job = office.begun(making.scan())

    for name in ("job", "search", "detected"):
        assert "第1页是图片" in keeper.get(at(name, job)).content.decode()
    assert "请人工查看" in keeper.get(at("page", job, 1)).content.decode()


def test_the_upload_tells_what_is_wrong(keeper, office):
    given = {"register_number": "没有的编号", "title": "材料", "file": the_file()}
    assert "没有登记编号为" in keeper.post(reverse("redaction:begin"), given).content.decode()
    given = {
        "register_number": office.case.register_number,
        "title": "材料",
        "file": the_file(data=making.locked()),
    }
    assert "PDF已加密" in keeper.post(reverse("redaction:begin"), given).content.decode()
    assert not RedactionJob.objects.exists()


def test_making_tells_what_is_still_open_and_asks_why(keeper, office):
    job = office.covered()

    page = keeper.get(at("make", job)).content.decode()
    answer = keeper.post(at("make", job), {"resolution": "200", "reason": ""})

    assert "手机号码" in page
    assert "138****8000" in page
    assert answer.status_code == 400
    assert "请遮盖，或者写明不遮盖的理由" in answer.content.decode()


def test_a_step_asks_its_reason_and_goes_back_to_the_boxes(client, office):
    job = office.made()
    enter(client, office.reviewer)

    assert client.post(at("step", job, "return"), {"reason": ""}).status_code == 400
    client.post(at("step", job, "return"), {"reason": "漏了第二页"})

    job.refresh_from_db()
    assert (job.stage, job.opinion) == (Stage.MARKING, "漏了第二页")
    assert client.get(at("step", job, "mark")).status_code == 404


def test_the_list_is_paged_by_its_last_line_and_asks_a_bounded_number_of_questions(
    keeper, office, django_assert_max_num_queries
):
    first = office.begun()
    jobs = [
        RedactionJob(
            agency=office.agency,
            application=office.case,
            title=f"材料{number}",
            author=office.keeper,
            pages=first.pages,
            source_file=first.source_file,
            source_key=first.source_key,
            source_hash=first.source_hash,
        )
        for number in range(120)
    ]
    RedactionJob.objects.bulk_create(jobs)

    seen, path = [], reverse("redaction:list")
    while path:
        with django_assert_max_num_queries(14):
            answer = keeper.get(path)
        seen += [job.title for job in answer.context["jobs"]]
        after = answer.context["next"]
        path = f"{reverse('redaction:list')}?before={after}" if after else ""

    assert len(seen) == len(set(seen)) == 121
    assert keeper.get(reverse("redaction:list") + "?stage=agreed").context["jobs"] == []


def test_the_pages_hold_no_inline_style_and_scripts_bear_the_nonce(keeper, office):
    job = actions.cover(office.begun(), [AREA], ground="THIRD_PARTY", origin=Origin.HAND, by=office.keeper)

    for path in (at("job", job), at("page", job, 1), at("detected", job), at("make", job), at("proof", job)):
        page = keeper.get(path).content.decode()
        assert " style=" not in page
        assert not re.search(r"<script(?![^>]*nonce=)", page)
    assert queries.words_of(job) == []
