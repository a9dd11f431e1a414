"""发布: one public transaction each, idempotent by version, and nothing changes when it is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.utils.module_loading import import_string

from gongkai.audit.models import Entry
from gongkai.gateways.files import FileMissing, desk_files, public_files
from gongkai.portal import release, tasks
from gongkai.portal.models import (
    PublicState,
    PublishedColumn,
    PublishedFile,
    PublishedPage,
    PublishedReport,
    Site,
    Withdrawn,
)
from gongkai.portal.payloads import FileReference
from tests.portal.office import AGENCY, COLUMNS, PAGES, SITE, released_office, report

pytestmark = [pytest.mark.django_db(databases=["default", "public"]), pytest.mark.usefixtures("stores")]

GUIDE = COLUMNS[0]
PAGE = PAGES[1]
LATER = datetime(2064, 1, 22, 1, 30, tzinfo=UTC)


@pytest.fixture
def columns():
    release.put_site(SITE)
    for column in COLUMNS:
        release.put_column(column)


def public_side():
    """Everything the public side holds, as values."""
    kept = {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (
            Site,
            PublishedColumn,
            PublishedPage,
            PublishedReport,
            PublishedFile,
            PublicState,
            Withdrawn,
        )
    }
    kept["audit"] = list(Entry.objects.using("public").order_by("pk").values())
    kept["files"] = list(public_files().names())
    return kept


def correction():
    return report(2023, edition=2, received=4, correction_note="补登1件。")


def audit_lines():
    return list(Entry.objects.using("public").order_by("sequence").values_list("action", "subject"))


def test_a_page_is_released_with_its_time_its_audit_line_and_its_count(columns):
    before = PublicState.objects.get().stamp

    with time_machine.travel(LATER, tick=False):
        receipt = release.put_page(PAGE)

    assert receipt == {
        "id": "page:review-rules",
        "version": 1,
        "released_at": LATER.isoformat(),
        "url": "/pages/review-rules/",
        "withdrawn": False,
    }
    assert PublishedPage.objects.get().title == PAGE.title
    assert PublicState.objects.get().stamp == before + 1
    assert audit_lines()[-1] == ("portal.page.released", "page:review-rules")


def test_each_kind_names_the_address_where_it_is_read(columns):
    assert release.put_site(SITE)["url"] == "/"
    assert release.put_column(GUIDE)["url"] == "/disclosure/guide/"
    assert release.put_page(PAGES[0])["url"] == "/disclosure/guide/"  # the page of a one-page column
    assert release.put_report(report(2023))["url"] == "/reports/2023/1/"


@pytest.mark.parametrize("again", [1, 0])
def test_what_is_as_old_as_what_stands_there_changes_nothing(columns, again):
    first = release.put_page(replace(PAGE, version=1))
    before = public_side()

    second = release.put_page(replace(PAGE, version=again, title="别的标题"))

    assert second == first
    assert public_side() == before


def test_releasing_the_whole_office_twice_is_releasing_it_once():
    released_office()
    before = public_side()

    released_office()

    assert public_side() == before


def test_a_newer_version_replaces_the_page_and_keeps_its_first_time(columns):
    """PUB-10: the time of publication is the server's and is not moved by a change, which is dated beside it."""
    with time_machine.travel(LATER, tick=False):
        release.put_page(PAGE)
    with time_machine.travel(LATER + timedelta(days=1), tick=False):
        release.put_page(replace(PAGE, version=2, title="新的标题", change_note="改正标题"))

    page = PublishedPage.objects.get()
    assert (page.version, page.title) == (2, "新的标题")
    assert page.released_at == LATER
    assert page.changed_at == LATER + timedelta(days=1)


def test_a_clock_set_back_puts_no_release_before_an_earlier_one(columns):
    with time_machine.travel(LATER, tick=False):
        release.put_page(PAGES[1])
    with time_machine.travel(LATER - timedelta(days=30), tick=False):
        release.put_page(PAGES[2])

    assert PublishedPage.objects.get(slug="how-to-apply").released_at == LATER


def test_a_payload_cannot_bring_a_time_of_its_own(columns):
    """TIM-06."""
    with pytest.raises(TypeError):
        tasks.put_page({**PAGE.as_json(), "released_at": "2020-01-01T00:00:00Z"})

    assert not PublishedPage.objects.exists()


@pytest.mark.parametrize(
    ("put", "payload", "sentence"),
    [
        (release.put_site, replace(SITE, version=9, id_code=""), "网站标识码"),
        (
            release.put_site,
            replace(SITE, version=9, police_url="javascript:alert(1)"),
            "公安机关备案查询地址",
        ),
        (release.put_site, replace(SITE, version=9, higher_sites=(("省", "ftp://x"),)), "不是网址"),
        (release.put_column, replace(GUIDE, version=9, description=""), "栏目描述"),
        (release.put_column, replace(GUIDE, version=9, part="", parent="nowhere"), "还没有栏目“nowhere”"),
        (release.put_column, replace(COLUMNS[2], version=9, part="", parent="budgets"), "自己的下级栏目"),
        (
            release.put_column,
            replace(COLUMNS[5], version=9, part="guide", parent=""),
            "每个组成部分只设一个栏目",
        ),
        (release.put_page, replace(PAGE, version=9, title="坏\x00标题"), "控制字符"),
        (release.put_page, replace(PAGE, version=9, column="nowhere"), "还没有栏目“nowhere”"),
        (
            release.put_page,
            replace(PAGE, version=9, files=(FileReference("0" * 64, "名单.pdf", "application/pdf"),)),
            "没有收到完整的文件",
        ),
    ],
)
def test_a_refused_release_says_why_and_changes_nothing(columns, put, payload, sentence):
    release.put_page(PAGE)
    before = public_side()

    with pytest.raises(release.ReleaseRefused, match=sentence):
        put(payload)

    assert public_side() == before


def test_nothing_is_released_when_the_audit_cannot_be_written(columns, monkeypatch):
    """AUD-02, AUD-07: the thing and its audit line are kept together or not at all."""
    before = public_side()
    monkeypatch.setattr(release, "record", lambda *a, **k: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        release.put_page(PAGE)

    assert public_side() == before


def test_a_report_edition_never_changes_what_it_says(columns):
    """PUB-10: a correction is a new edition."""
    release.put_report(report(2023))
    before = public_side()
    changed = replace(report(2023, version=2), digest="f" * 64, html="<p>别的内容</p>")

    with pytest.raises(release.ReleaseRefused, match="作为新的版次发布更正"):
        release.put_report(changed)

    assert public_side() == before


def test_a_correction_stands_beside_the_edition_it_corrects(columns):
    release.put_report(report(2023))

    release.put_report(correction())

    assert list(PublishedReport.objects.values_list("edition", flat=True)) == [2, 1]


def test_a_report_names_its_files_by_hash_name_type_and_size(columns):
    payload = report(2023)

    release.put_report(payload)

    kept = PublishedFile.objects.values_list("sha256", "name", "media_type", "size")
    assert list(kept) == [
        (file.sha256, file.name, file.media_type, public_files().size(file.sha256)) for file in payload.files
    ]


def test_a_damaged_file_is_not_published(columns):
    payload = report(2023)
    sha256 = payload.files[0].sha256
    (public_files().folder / sha256[:2] / sha256).write_bytes(b"something else")
    before = public_side()

    with pytest.raises(release.ReleaseRefused, match="没有收到完整的文件"):
        release.put_report(payload)

    assert public_side() == before


def test_a_withdrawn_report_leaves_with_its_files(columns, django_capture_on_commit_callbacks):
    """PUB-06."""
    payload = report(2023)
    release.put_report(payload)

    with django_capture_on_commit_callbacks(using="public", execute=True):
        receipt = release.withdraw_report(AGENCY, year=2023, edition=1, version=2)

    assert receipt["id"] == f"report:{AGENCY}:2023:1"
    assert (receipt["version"], receipt["url"], receipt["withdrawn"]) == (2, "", True)
    assert not PublishedReport.objects.exists()
    assert not PublishedFile.objects.exists()
    assert list(public_files().names()) == []
    assert audit_lines()[-1] == ("portal.report.withdrawn", f"report:{AGENCY}:2023:1")


def test_a_correction_without_a_note_is_refused(columns):
    release.put_report(report(2023))
    silent = replace(correction(), correction_note="")
    before = public_side()

    with pytest.raises(release.ReleaseRefused, match="更正版必须有更正说明"):
        release.put_report(silent)

    assert public_side() == before


def test_a_file_another_edition_still_names_stays(columns, django_capture_on_commit_callbacks):
    first = report(2023)
    release.put_report(first)
    release.put_report(replace(correction(), files=first.files[:1]))

    with django_capture_on_commit_callbacks(using="public", execute=True):
        release.withdraw_report(AGENCY, year=2023, edition=1, version=2)

    assert first.files[0].sha256 in set(public_files().names())
    assert first.files[1].sha256 not in set(public_files().names())


def test_a_late_older_release_does_not_bring_a_withdrawn_thing_back(columns):
    release.put_page(PAGE)
    withdrawn = release.withdraw_page(PAGE.slug, version=2)
    before = public_side()

    assert release.put_page(replace(PAGE, version=2)) == withdrawn
    assert public_side() == before


def test_a_withdrawal_that_overtakes_its_release_wins(columns):
    withdrawn = release.withdraw_page(PAGE.slug, version=2)

    assert release.put_page(PAGE) == withdrawn
    assert not PublishedPage.objects.exists()


def test_a_newer_release_publishes_a_withdrawn_thing_again(columns):
    release.put_page(PAGE)
    release.withdraw_page(PAGE.slug, version=2)

    receipt = release.put_page(replace(PAGE, version=3))

    assert (receipt["version"], receipt["withdrawn"]) == (3, False)
    assert not Withdrawn.objects.exists()


def test_a_withdrawal_twice_is_a_withdrawal_once(columns):
    release.put_page(PAGE)
    first = release.withdraw_page(PAGE.slug, version=2, note="内容重复。")
    before = public_side()

    assert release.withdraw_page(PAGE.slug, version=2, note="内容重复。") == first
    assert public_side() == before


def test_a_withdrawal_of_an_older_version_than_the_public_one_is_refused(columns):
    release.put_page(replace(PAGE, version=3))
    before = public_side()

    with pytest.raises(release.ReleaseRefused, match="公开的已经是第3版"):
        release.withdraw_page(PAGE.slug, version=2)

    assert public_side() == before


def test_the_title_of_a_withdrawn_thing_is_kept_only_with_a_note(columns):
    release.put_page(PAGE)
    release.withdraw_page(PAGE.slug, version=2)

    stone = Withdrawn.objects.get()
    assert (stone.title, stone.note) == ("", "")


def test_a_column_in_use_cannot_be_withdrawn(columns):
    release.put_page(PAGE)
    before = public_side()

    for slug in ("systems", "statutory"):
        with pytest.raises(release.ReleaseRefused, match="还有下级栏目、页面或者信息"):
            release.withdraw_column(slug, version=9)

    assert public_side() == before


def test_an_empty_column_is_withdrawn(columns):
    release.withdraw_column("budgets", version=2)

    assert not PublishedColumn.objects.filter(slug="budgets").exists()


def test_the_worker_carries_a_files_bytes_before_the_row_names_them(columns):
    sha256 = desk_files().put("附件的内容".encode())
    page = replace(PAGE, files=(FileReference(sha256, "附件.pdf", "application/pdf"),))

    receipt = tasks.put_page(page.as_json())

    assert receipt["url"] == "/pages/review-rules/"
    assert public_files().read(sha256) == "附件的内容".encode()
    assert PublishedFile.objects.get().sha256 == sha256


def test_a_file_missing_on_the_desk_stops_the_release(columns):
    page = replace(PAGE, files=(FileReference("0" * 64, "附件.pdf", "application/pdf"),))
    before = public_side()

    with pytest.raises(FileMissing):
        tasks.put_page(page.as_json())

    assert public_side() == before


def test_every_payload_survives_the_outbox(columns):
    tasks.put_site({**SITE.as_json(), "version": 2})
    tasks.put_column({**GUIDE.as_json(), "version": 2})
    payload = report(2023)
    for file in payload.files:
        public_files().carry(file.sha256, to=desk_files())

    tasks.put_report(payload.as_json())
    tasks.withdraw_report({"agency": AGENCY, "year": 2023, "edition": 1, "version": 2})

    assert Site.objects.get().version == 2
    assert PublishedColumn.objects.get(slug="guide").version == 2
    assert Withdrawn.objects.get().key == f"{AGENCY}:2023:1"


def test_every_kind_of_the_portal_has_its_task():
    kinds = {kind: path for kind, path in django_settings.OUTBOX_TASKS.items() if kind.startswith("portal.")}

    assert {"portal.put_site", "portal.put_column", "portal.put_page", "portal.withdraw_report"} <= set(kinds)
    for kind, path in kinds.items():
        assert path == f"gongkai.portal.tasks.{kind.removeprefix('portal.')}"
        assert callable(import_string(path)), kind


def test_scripts_styles_forms_and_pictures_from_elsewhere_do_not_reach_a_page(columns):
    """INP-02."""
    release.put_page(
        replace(
            PAGE,
            html='<p style="color:red" onclick="x()">文<script>alert(1)</script></p><form><input></form>'
            '<a href="javascript:x()">链接</a><iframe src="https://elsewhere.example/"></iframe>'
            '<img src="https://elsewhere.example/p.png" alt="图"><svg><style>*{}</style></svg>',
        )
    )

    assert PublishedPage.objects.get().html == '<p>文</p><a>链接</a><img alt="图">'


def test_a_table_gets_a_frame_of_its_own_and_keeps_its_heads(columns):
    release.put_page(
        replace(
            PAGE,
            html='前&lt;<table><caption>收费 标准</caption><tr><th scope="row">复印</th><td colspan="2">0.1</td></tr></table>后',
        )
    )

    assert PublishedPage.objects.get().html == (
        '前&lt;<div class="table-frame" role="region" tabindex="0" aria-label="表格1：收费 标准"><table>'
        '<caption>收费 标准</caption><tbody><tr><th scope="row">复印</th><td colspan="2">0.1</td></tr></tbody>'
        "</table></div>后"
    )


def test_the_reports_own_fragment_passes_cleaning_unchanged_but_for_white_space(columns):
    payload = report(2023)

    release.put_report(payload)

    kept = PublishedReport.objects.get().html
    assert kept.count("data-place=") == payload.html.count("data-place=") == 200
    assert kept.count("<th ") == payload.html.count("<th ")
    assert kept.count('role="region"') == payload.html.count('role="region"') == 3
