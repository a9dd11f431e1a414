"""公开指南. Each edition with the elements of article 12, public together, gone over when it is due."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.duties.catalogue import actions, disclosure_column
from gongkai.duties.catalogue.content import hash_of
from gongkai.duties.catalogue.guide.actions import new_edition, recheck, save_sheet
from gongkai.duties.catalogue.guide.models import GuideSheet, Recheck
from gongkai.duties.catalogue.guide.queries import current, due_on, editions
from gongkai.duties.catalogue.guide.to_do import AHEAD, coming, waiting
from gongkai.duties.catalogue.models import GuideEdition, Version
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from gongkai.portal import release
from gongkai.portal.models import PublishedColumn, PublishedGuide, PublishedItem, PublishedPage
from gongkai.rules.regulations_2019.guide import ELEMENTS
from tests.duties.catalogue.guide.editions import IN_FORCE_FROM, REVIEW_BY, an_edition

pytestmark = pytest.mark.django_db(databases=["default", "public"])
REQUIRED = [element for element in ELEMENTS if element.required]


def shown():
    return list(PublishedGuide.objects.values_list("edition", flat=True))


def next_year():
    return timezone.localdate() + timedelta(days=365)


def test_a_reviewed_edition_is_public_with_every_element(office):
    version = office.published(an_edition(office))

    guide = PublishedGuide.objects.get()
    assert (guide.edition, guide.in_force_from, guide.review_by) == ("2026年版", IN_FORCE_FROM, REVIEW_BY)
    for element in REQUIRED:
        assert f"本机关的{element.label}" in guide.item.html
    entry = GuideEdition.objects.get()
    assert (entry.edition, entry.review_by, entry.item) == ("2026年版", REVIEW_BY, version.item)
    assert entry.published_on == timezone.localdate()


@pytest.mark.parametrize("element", REQUIRED, ids=lambda element: element.key)
def test_what_the_article_requires_is_asked_for(office, element):
    version = an_edition(office, **{element.key: ""})

    with pytest.raises(Refusal, match=f"没有填写{element.label}"):
        actions.submit(version, by=office.clerk)
    version.refresh_from_db()
    assert version.stage == "drafting"


@pytest.mark.parametrize(("values", "why"), [({"edition": ""}, "没有填写版次")], ids=["edition"])
def test_an_edition_has_a_name(office, values, why):
    with pytest.raises(Refusal, match=why):
        actions.submit(an_edition(office, **values), by=office.clerk)


def test_a_guide_without_its_sheet_is_not_reviewed(office):
    version = actions.begin(by=office.clerk, title="指南", kind="guide", main_column=office.column)

    with pytest.raises(Refusal, match="还没有填写指南要素"):
        actions.submit(version, by=office.clerk)


@pytest.mark.parametrize(
    ("values", "why"),
    [({"review_by": IN_FORCE_FROM}, "晚于施行日期"), ({"obtaining": "字" * 2001}, "获取方式")],
)
def test_what_does_not_fit_is_refused(office, values, why):
    version = an_edition(office)

    with pytest.raises(Refusal, match=why):
        save_sheet(version, values=values, by=office.clerk)
    sheet = GuideSheet.objects.get()
    assert (sheet.review_by, sheet.obtaining) == (REVIEW_BY, "本机关的获取方式")


def test_another_kind_of_item_has_no_such_sheet(office):
    with pytest.raises(Refusal, match="公开指南"):
        save_sheet(office.draft(), values={}, by=office.clerk)
    assert not GuideSheet.objects.exists()


@pytest.mark.parametrize(
    "change", [{"telephone": "别的电话"}, {"edition": "改"}, {"review_by": date(2030, 1, 1)}]
)
def test_a_change_after_review_voids_it(office, change):
    """Statements: PUB-02."""
    version = office.signed(an_edition(office))
    reviewed = hash_of(version)
    GuideSheet.objects.update(**change)

    assert hash_of(version) != reviewed
    with pytest.raises(Refusal):
        actions.publish(version, by=office.clerk)
    assert not PublishedItem.objects.exists()


def test_an_edition_is_not_public_before_it_is_in_force(office):
    tomorrow = timezone.localdate() + timedelta(days=1)
    version = office.signed(an_edition(office, in_force_from=tomorrow, review_by=next_year()))

    with pytest.raises(Refusal, match=f"自{tomorrow}起施行"):
        actions.publish(version, by=office.clerk)
    assert not PublishedItem.objects.exists()


def test_an_earlier_edition_stays_readable(office):
    first = office.published(an_edition(office))
    second = new_edition(office.agency, by=office.clerk)
    sheet = GuideSheet.objects.get(version=second)
    assert (sheet.edition, sheet.telephone) == ("", "本机关的联系电话")
    assert second.item != first.item
    with pytest.raises(Refusal, match="没有填写版次"):
        actions.submit(second, by=office.clerk)
    values = {"edition": "2027年版", "in_force_from": timezone.localdate(), "review_by": next_year()}
    save_sheet(second, values=values, by=office.clerk)
    with pytest.raises(Refusal, match="指南（2027年版）”"):  # in lists only the title tells them apart
        actions.submit(second, by=office.clerk)
    second.refresh_from_db()
    titled = {"title": f"{first.title}（2027年版）"}
    second = actions.write(second, values=titled, edits=second.edits, by=office.clerk)

    office.published(second)

    assert shown() == ["2027年版", "2026年版"]
    assert [each.edition for each in editions(office.agency)] == ["2027年版", "2026年版"]
    assert PublishedItem.objects.filter(key=first.item.public_id).exists()
    actions.withdraw(second.item, reason="有误", by=office.leader)
    run_waiting()
    assert shown() == ["2026年版"]
    assert current(office.agency).edition == "2026年版"


def test_an_edition_is_not_begun_twice(office):
    with pytest.raises(Refusal, match="还没有公开的指南"):
        new_edition(office.agency, by=office.clerk)
    office.published(an_edition(office))
    new_edition(office.agency, by=office.clerk)

    with pytest.raises(Refusal, match="已经在办理"):
        new_edition(office.agency, by=office.clerk)
    assert Version.objects.count() == 2


def test_a_name_is_not_used_twice(office):
    office.published(an_edition(office))

    with pytest.raises(Refusal, match="已经用过"):
        actions.submit(an_edition(office), by=office.clerk)


def test_a_correction_keeps_the_name(office):
    version = office.published(an_edition(office))
    further = actions.revise(version.item, by=office.clerk)
    actions.write(further, values={"change_note": "改正电话"}, edits=further.edits, by=office.clerk)
    save_sheet(further, values={"edition": "2027年版"}, by=office.clerk)

    with pytest.raises(Refusal, match="更正不改版次"):
        actions.submit(further, by=office.clerk)
    save_sheet(further, values={"edition": "2026年版", "telephone": "0000-1111111"}, by=office.clerk)
    office.published(further)
    assert "0000-1111111" in PublishedGuide.objects.get().item.html
    assert GuideEdition.objects.count() == 1


# 公开专栏 ------------------------------------------------------------------------------------


def test_the_first_edition_takes_the_place_of_the_composed_page(office):
    disclosure_column.release(by=office.keeper)
    run_waiting()
    assert PublishedPage.objects.filter(slug="guide").exists()

    version = office.published(an_edition(office))
    run_waiting()

    assert not PublishedPage.objects.filter(slug="guide").exists()
    disclosure_column.release(by=office.keeper)
    run_waiting()
    assert not PublishedPage.objects.filter(slug="guide").exists()
    places = PublishedItem.objects.get(key=version.item.public_id).places
    assert set(places.values_list("column__slug", flat=True)) == {"guide", office.column.public_id}


@pytest.mark.parametrize("column_first", [True, False])
def test_a_system_stands_among_the_systems(office, column_first):
    if column_first:
        disclosure_column.release(by=office.keeper)
        run_waiting()

    office.published(office.draft("system", title="政府信息公开审查制度"))

    column = PublishedColumn.objects.get(part="systems")
    assert column.name == "政府信息公开制度"
    assert PublishedItem.objects.filter(places__column=column).get().title == "政府信息公开审查制度"
    disclosure_column.release(by=office.keeper)
    run_waiting()
    assert PublishedItem.objects.filter(places__column=column).exists()


# 复核 ----------------------------------------------------------------------------------------


def test_gone_over_and_unchanged_the_public_sees_the_days(office):
    office.published(an_edition(office))
    following = next_year() + timedelta(days=30)

    recheck(office.agency, outcome="unchanged", reason="逐项核对", next_on=following, by=office.clerk)
    run_waiting()

    guide = PublishedGuide.objects.get()
    assert (guide.reviewed_on, guide.review_by) == (timezone.localdate(), following)
    assert due_on(current(office.agency)) == following


def test_a_later_release_knows_better_than_an_old_check(office):
    version = office.published(an_edition(office))
    sent = PublishedGuide.objects.get().marked

    release.mark_guide(version.item.public_id, version=sent, reviewed_on="2020-01-01", review_by="2021-01-01")
    release.mark_guide("0" * 20, version=sent + 1, reviewed_on="2020-01-01", review_by="2021-01-01")

    guide = PublishedGuide.objects.get()
    assert (guide.reviewed_on, guide.review_by) == (None, REVIEW_BY)


def test_gone_over_and_wanting_a_new_edition_is_begun(office):
    office.published(an_edition(office))

    recheck(office.agency, outcome="revise", reason="办公地址变了", by=office.clerk)

    draft = Version.objects.get(stage="drafting")
    assert (draft.kind, draft.number) == ("guide", 1)
    assert not OutboxItem.objects.filter(kind="portal.mark_guide").exists()


@pytest.mark.parametrize(
    ("values", "who", "why"),
    [
        ({"reason": " "}, "clerk", "请写明"),
        ({"reason": "字" * 301}, "clerk", "最多300字"),
        ({"next_on": None}, "clerk", "下次复核日期"),
        ({"next_on": date(2020, 1, 1)}, "clerk", "晚于今天"),
        ({}, "leader", "没有"),
    ],
)
def test_a_check_that_does_not_hold_changes_nothing(office, values, who, why):
    """Statements: ACL-01."""
    office.published(an_edition(office))
    given = {"outcome": "unchanged", "reason": "逐项核对", "next_on": next_year()} | values

    with pytest.raises(Refusal, match=why):
        recheck(office.agency, by=getattr(office, who), **given)
    assert not Recheck.objects.exists()
    assert not OutboxItem.objects.filter(kind="portal.mark_guide").exists()


def test_without_a_guide_there_is_nothing_to_go_over(office):
    with pytest.raises(Refusal, match="还没有公开的指南"):
        recheck(office.agency, outcome="unchanged", reason="核对", next_on=next_year(), by=office.clerk)


def test_who_drafts_is_reminded_from_the_day(office):
    office.published(an_edition(office))

    assert list(waiting(office.clerk, REVIEW_BY - timedelta(days=1))) == []
    assert [each.due_on for each in waiting(office.clerk, REVIEW_BY)] == [REVIEW_BY]
    assert list(waiting(office.leader, REVIEW_BY)) == []
    assert [each.due_on for each in coming(office.leader, REVIEW_BY - AHEAD)] == [REVIEW_BY]
    assert list(coming(office.leader, REVIEW_BY - AHEAD - timedelta(days=1))) == []


def test_without_a_guide_nobody_is_reminded(office):
    assert list(waiting(office.clerk, REVIEW_BY)) == list(coming(office.clerk, REVIEW_BY)) == []
