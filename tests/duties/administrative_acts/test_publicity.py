"""许可、处罚的公示: reviewed as it is, released by a third person, changed, called back, taken down when its time is over."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.audit.models import Entry
from gongkai.duties.administrative_acts import actions, facts
from gongkai.duties.administrative_acts.models import Licence, Penalty, PublicityStep
from gongkai.duties.administrative_acts.public_fields import public_fields
from gongkai.outbox.models import OutboxItem
from gongkai.portal.models import PublishedAct, PublishedColumn, Withdrawn
from gongkai.portal.search.models import SearchEntry
from gongkai.registers import actions as registers
from gongkai.rules.enforcement_publicity_2019.public_fields import FIELDS
from tests.duties.administrative_acts.publishing import CODE, DECIDED, TODAY, Publicity, carried, seen

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def office():
    return Publicity()


def shown(decision):
    return {each.label: each.value for each in public_fields(decision)}


# 从登记到公示 --------------------------------------------------------------------------------


def test_a_reviewed_and_signed_licence_is_public_with_its_fields(office):
    """PUB-01."""
    licence = office.public()

    act = PublishedAct.objects.get()
    assert {label: value for _, label, value in act.fields} == {
        "决定书文号": "示防许〔2026〕1号",
        "项目名称": "防空地下室报建审批",
        "审批类别": "普通",
        "许可内容": "准予修建防空地下室1200平方米",
        "行政相对人名称": "示例置业有限公司",
        "行政相对人代码": CODE,
        "许可决定日期": "2026-09-10",
        "许可机关": "示例市人民防空办公室",
    }
    assert (act.key, act.kind, act.shown_until) == (licence.public_id, "licence", date(2031, 9, 13))
    assert (licence.public_state, licence.is_public) == ("live", True)
    assert (licence.published_on, licence.shown_until) == (date(2026, 9, 14), date(2031, 9, 13))
    assert licence.receipt["url"] == f"/acts/{licence.public_id}/"
    columns = PublishedColumn.objects.filter(parent__slug="administrative-acts")
    assert list(columns.values_list("slug", flat=True))[:2] == ["licences", "penalties"]
    assert SearchEntry.objects.get(kind="act").document_number == "示防许〔2026〕1号"


def test_each_step_is_kept_with_what_was_reviewed(office):
    licence = office.public()

    steps = PublicityStep.objects.filter(record_id=licence.public_id).order_by("pk")
    assert [(step.kind, step.by) for step in steps] == [
        ("reviewed", office.reviewer),
        ("signed", office.leader),
        ("published", None),
    ]
    assert steps[0].content_hash == licence.reviewed_hash == steps[1].content_hash
    assert ["决定书文号", "示防许〔2026〕1号"] in steps[0].fields
    written = Entry.objects.using("default").filter(action__startswith="publicity.").order_by("sequence")
    assert [entry.action for entry in written] == [
        "publicity.reviewed",
        "publicity.signed",
        "publicity.published",
    ]


def test_nothing_leaves_without_a_review(office):
    """PUB-01."""
    licence = office.licence()

    with pytest.raises(Refusal, match="现在是“待公示”"):
        actions.publish(licence, seen=seen(licence), by=office.leader)

    assert not OutboxItem.objects.exists()
    assert Licence.objects.get().public_state == "not_yet"


@pytest.mark.parametrize("state", ["reviewed", "releasing", "live"])
def test_the_database_refuses_what_was_not_reviewed(office, state):
    licence = office.licence()

    with pytest.raises(IntegrityError), transaction.atomic():
        Licence.objects.filter(pk=licence.pk).update(
            public_state=state, content_hash="a" * 64, is_public=True, shown_until=date(2031, 1, 1)
        )


@pytest.mark.parametrize("column", ["content_hash", "reviewer", "signatory"])
def test_the_database_refuses_one_person_or_another_text(office, column):
    """PUB-02, ACL-04."""
    licence = office.public()
    values = {"content_hash": "b" * 64, "reviewer": office.keeper, "signatory": office.reviewer}

    with pytest.raises(IntegrityError), transaction.atomic():
        Licence.objects.filter(pk=licence.pk).update(**{column: values[column]})


def test_whoever_registered_does_not_review(office):
    """ACL-04."""
    from gongkai.agencies.powers import Power
    from tests.factories.agencies import holding

    holding(office.keeper, Power.REVIEW_CONFIDENTIALITY)
    licence = office.licence()

    with pytest.raises(Refusal, match="由您登记或者更正过"):
        office.review(licence, by=office.keeper)

    assert Licence.objects.get().public_state == "not_yet"


def test_whoever_rectified_does_not_review(office):
    """ACL-04."""
    from gongkai.agencies.powers import Power
    from tests.factories.agencies import holding

    holding(office.reviewer, Power.KEEP_REGISTERS)
    licence = registers.rectify(
        office.licence(), changes={"content": "准予修建"}, reason="按原件", by=office.reviewer
    )

    with pytest.raises(Refusal, match="由您登记或者更正过"):
        office.review(licence)


def test_whoever_reviewed_does_not_release(office):
    """ACL-04."""
    from gongkai.agencies.powers import Power
    from tests.factories.agencies import holding

    holding(office.reviewer, Power.SIGN_ITEMS)
    licence = office.reviewed()

    with pytest.raises(Refusal, match="审查和发布须由两个人分别办理"):
        actions.publish(licence, seen=licence.reviewed_hash, by=office.reviewer)

    assert not OutboxItem.objects.exists()


def test_a_review_is_for_what_the_reviewer_saw(office):
    """PUB-02: somebody rectified it between the page and the button."""
    licence = office.licence()
    before = seen(licence)
    licence = registers.rectify(licence, changes={"content": "准予"}, reason="按原件", by=office.keeper)

    with pytest.raises(Refusal, match="公示内容刚才有改动"):
        actions.review(licence, seen=before, by=office.reviewer)

    assert not PublicityStep.objects.exists()


CHANGES = {
    "number": "示防许〔2026〕9号",
    "name": "另一个项目",
    "decided_on": date(2026, 9, 11),
    "counterpart": "示例发展有限公司",
    "approval_kind": "special",
    "content": "准予修建800平方米",
    "deciding_agency": "示例市另一办公室",
    "valid_from": date(2026, 9, 10),
    "valid_until": date(2027, 9, 9),
    "revoked_on": date(2026, 9, 12),
    "counterpart_code": "91110000100006543Y",
    "cause": "另一事由",
    "basis": "另一依据",
    "penalty_kind": "警告",
    "fine": Decimal("30000"),
    "has_social_influence": False,
}
_NOT_OF = {
    Licence: ("cause", "basis", "penalty_kind", "fine", "has_social_influence"),
    Penalty: ("approval_kind", "valid_from", "valid_until"),
}
_EACH = [(model, column) for model in _NOT_OF for column in CHANGES if column not in _NOT_OF[model]]


@pytest.mark.parametrize(("model", "column"), _EACH)
def test_any_change_after_the_review_voids_it(office, model, column):
    """PUB-02: each field of each kind once."""
    decision = office.reviewed(office.licence() if model is Licence else office.penalty())

    decision = registers.rectify(
        decision, changes={column: CHANGES[column]}, reason="按原件", by=office.keeper
    )

    assert (decision.public_state, decision.reviewed_hash, decision.reviewer) == ("not_yet", "", None)
    with pytest.raises(Refusal, match="不能发布"):
        actions.publish(decision, seen=seen(decision), by=office.leader)


@pytest.mark.parametrize("model", [Licence, Penalty])
def test_every_public_field_of_a_kind_is_among_them(model):
    named = {"document_number": "number", "title": "name", "grounds": "basis", "result": "content"}
    named |= {"agency": "deciding_agency"}
    columns = {named.get(field.key, field.key) for field in FIELDS[model.ACT]}

    assert columns <= {column for each, column in _EACH if each is model}


def test_a_penalty_found_without_influence_is_to_be_called_back(office):
    penalty = registers.rectify(
        office.public(office.penalty()),
        changes={"has_social_influence": False},
        reason="重新认定",
        by=office.keeper,
    )

    assert (penalty.public_state, penalty.is_public) == ("changed", True)
    with pytest.raises(Refusal, match="没有一定社会影响"):
        office.review(penalty)


def test_a_change_of_what_is_not_public_leaves_the_review(office):
    licence = registers.rectify(
        office.reviewed(), changes={"remark": "卷宗在三楼"}, reason="补记", by=office.keeper
    )

    assert (licence.public_state, licence.reviewer) == ("reviewed", office.reviewer)


def test_a_change_behind_the_registers_back_stops_the_release(office):
    """PUB-02."""
    licence = office.reviewed()
    Licence.objects.filter(pk=licence.pk).update(content="改过的内容")

    with pytest.raises(Refusal, match="和审查时不一致"):
        actions.publish(licence, seen=licence.reviewed_hash, by=office.leader)

    assert not OutboxItem.objects.exists()


def _at(office, state):
    licence = office.licence(content="蓝鹭三百零七号内容", remark="蓝鹭备注")
    if state in ("reviewed", "releasing"):
        licence = office.reviewed(licence)
    if state == "releasing":
        actions.publish(licence, seen=licence.reviewed_hash, by=office.leader)
    if state == "returned":
        actions.send_back(licence, reason="蓝鹭理由", by=office.reviewer)
    if state == "kept_back":
        actions.keep_back(licence, ground="minor", reason="蓝鹭理由", by=office.reviewer)
    if state == "withdrawn":
        licence = office.public(licence)
        carried(actions.withdraw(licence, cause="revoked", note="复议撤销", by=office.caller_back))


@pytest.mark.parametrize("state", ["not_yet", "reviewed", "releasing", "returned", "kept_back", "withdrawn"])
def test_nothing_of_a_decision_that_is_not_public_is_on_the_public_side(office, state):
    """PUB-03: a word of its own in no table of the public database."""
    _at(office, state)

    with connections["public"].cursor() as cursor:
        names = connections["public"].introspection.table_names(cursor)
        tables = [
            name
            for name in names
            if name.startswith("portal_") and not name.startswith("portal_search_words")  # only an index
        ]
        found = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            found += [table for row in cursor.fetchall() if "蓝鹭" in str(row)]

    assert len(tables) > 10
    assert found == []


# 能不能公示 ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"cause": ""}, "没有填写处罚事由"),
        ({"content": "", "penalty_kind": ""}, "没有填写处罚类别、处罚结果"),
        ({"counterpart_code": ""}, "没有填写行政相对人代码"),
        ({"counterpart_code": "91350100M000100Y44"}, "校验位不符"),
        ({"has_social_influence": False}, "没有一定社会影响"),
        ({"revoked_on": date(2026, 9, 11)}, "已于2026-09-11撤销或者变更"),
        ({"cause": "机密★10年 未按规定修建"}, "国家秘密标志"),
        ({"decided_on": date(2015, 1, 5), "published_on": date(2015, 1, 8)}, "公示期已满"),
    ],
)
def test_what_may_not_go_out_is_refused_with_the_reason(office, values, told):
    """PUB-09."""
    penalty = office.penalty(**values)

    with pytest.raises(Refusal, match=told):
        office.review(penalty)

    assert Penalty.objects.get().public_state == "not_yet"


# 个人信息 -----------------------------------------------------------------------------------


def test_a_natural_person_is_masked_everywhere_before_anything_leaves(office):
    """PII-04, PII-05: no remainder of the name or a number in the public database."""
    penalty = office.of_a_person(
        name="张示例擅自占用防空地下室案",
        cause="张示例（身份证号11010519491231002X，电话13800138000）擅自占用防空地下室",
    )

    office.public(penalty)

    act = PublishedAct.objects.get()
    values = {key: value for key, _, value in act.fields}
    assert values["counterpart"] == "张某某"
    assert "counterpart_code" not in values
    assert values["title"] == act.title == "张某某擅自占用防空地下室案"
    assert values["cause"] == "张某某（身份证号110***********002X，电话138****8000）擅自占用防空地下室"
    kept = f"{act.fields}{act.title}{SearchEntry.objects.get(kind='act').folded}"
    sent = str(list(OutboxItem.objects.values_list("payload", flat=True)))
    for clear in ("张示例", "11010519491231002X", "13800138000"):
        assert clear not in kept + sent


def test_an_organisations_code_is_public_as_it_is(office):
    assert shown(office.penalty())["行政相对人代码"] == CODE


def test_amounts_are_hashed_as_stored_however_typed(office):
    penalty = office.penalty(fine=Decimal("20000"))

    assert seen(penalty) == seen(Penalty.objects.get(pk=penalty.pk))


# 退回、不公示 --------------------------------------------------------------------------------


def test_what_was_sent_back_waits_until_the_register_is_put_right(office):
    licence = actions.send_back(office.licence(), reason="许可内容不完整", by=office.reviewer)
    assert licence.public_state == "returned"
    licence = registers.rectify(licence, changes={"remark": "已阅"}, reason="补记", by=office.keeper)
    assert licence.public_state == "returned"

    licence = registers.rectify(
        licence, changes={"content": "准予修建900平方米"}, reason="按原件", by=office.keeper
    )

    assert licence.public_state == "not_yet"


def test_a_decision_about_a_minor_is_kept_back_with_its_ground(office):
    penalty = actions.keep_back(
        office.of_a_person(), ground="minor", reason="相对人十六周岁", by=office.reviewer
    )

    assert (penalty.public_state, penalty.kept_back_ground) == ("kept_back", "minor")
    step = PublicityStep.objects.get()
    assert step.words == "涉及未成年人（《未成年人保护法》第一百〇三条（待核））：相对人十六周岁"
    with pytest.raises(Refusal, match="现在是“不公示”"):
        office.review(penalty)
    assert actions.reconsider(penalty, reason="重新认定", by=office.reviewer).public_state == "not_yet"


def test_a_licence_is_not_kept_back_for_want_of_influence(office):
    with pytest.raises(Refusal, match="不是行政许可不公示的理由"):
        actions.keep_back(office.licence(), ground="no_influence", reason="影响小", by=office.reviewer)

    assert Licence.objects.get().public_state == "not_yet"


# 公示以后 -----------------------------------------------------------------------------------


def test_a_rectified_public_decision_is_reviewed_and_released_again(office):
    licence = office.public()

    licence = registers.rectify(
        licence, changes={"content": "准予修建800平方米"}, reason="按原件", by=office.keeper
    )
    assert (licence.public_state, licence.is_public, licence.changed_on) == (
        "changed",
        True,
        date(2026, 9, 14),
    )
    assert "准予修建防空地下室1200平方米" in str(PublishedAct.objects.get().fields)

    licence = office.public(licence)

    assert (licence.public_state, licence.changed_on) == ("live", None)
    act = PublishedAct.objects.get()
    assert "准予修建800平方米" in str(act.fields)
    assert SearchEntry.objects.filter(kind="act").count() == 1


def test_a_change_that_is_taken_back_needs_no_new_review(office):
    licence = office.public()
    content = licence.content
    licence = registers.rectify(licence, changes={"content": "准予"}, reason="误改", by=office.keeper)
    licence = registers.rectify(licence, changes={"content": content}, reason="改回", by=office.keeper)

    assert (licence.public_state, licence.changed_on) == ("live", None)


def test_a_revoked_decision_is_withdrawn_with_its_reason_everywhere(office):
    """PUB-06."""
    penalty = office.public(office.penalty())
    penalty = registers.rectify(
        penalty, changes={"revoked_on": date(2026, 9, 14)}, reason="复议撤销", by=office.keeper
    )
    assert penalty.public_state == "changed"

    penalty = carried(
        actions.withdraw(penalty, cause="revoked", note="经行政复议撤销", by=office.caller_back)
    )

    assert (penalty.public_state, penalty.is_public) == ("withdrawn", False)
    assert (penalty.withdrawn_on, penalty.withdrawal_reason) == (
        date(2026, 9, 14),
        "决定被依法撤销。经行政复议撤销",
    )
    assert not PublishedAct.objects.exists()
    assert not SearchEntry.objects.filter(kind="act").exists()
    assert Withdrawn.objects.get(kind="act").note == "决定被依法撤销。经行政复议撤销"
    with pytest.raises(Refusal, match="撤销或者变更，不能公示"):
        office.review(penalty)


def test_a_withdrawal_overtakes_a_release_that_is_still_on_its_way(office):
    licence = office.signed()

    licence = carried(
        actions.withdraw(licence, cause="wrongly_published", note="文号有误", by=office.caller_back)
    )

    assert (licence.public_state, licence.is_public, licence.published_on) == ("withdrawn", False, None)
    assert not PublishedAct.objects.exists()


def test_what_was_wrongly_published_may_come_back_put_right(office):
    licence = carried(
        actions.withdraw(office.public(), cause="wrongly_published", note="内容有误", by=office.caller_back)
    )
    licence = registers.rectify(
        licence, changes={"content": "准予修建800平方米"}, reason="按原件", by=office.keeper
    )

    licence = office.public(licence)

    assert (licence.public_state, licence.withdrawn_on) == ("live", None)
    assert not Withdrawn.objects.filter(kind="act").exists()


def test_a_public_decision_is_not_voided(office):
    licence = office.public()

    with pytest.raises(Refusal, match="请先在“行政执法公示”中撤回公示"):
        registers.void(licence, reason="重复", by=office.keeper)

    licence.refresh_from_db()
    assert licence.voided_at is None


def test_what_is_over_is_taken_down_with_a_notice(office):
    """A natural person's decision is shown for two years, an organisation's for five."""
    penalty = office.public(office.of_a_person())
    licence = office.public()
    assert penalty.shown_until == date(2028, 9, 13)

    assert actions.take_down_expired(today=date(2028, 9, 13)) == 0
    assert actions.take_down_expired(today=date(2028, 9, 14)) == 1
    penalty = carried(penalty)

    assert (penalty.public_state, penalty.is_public) == ("expired", False)
    assert list(PublishedAct.objects.values_list("key", flat=True)) == [licence.public_id]
    assert Withdrawn.objects.get(kind="act").note == "公示期已满，依照规定不再公示。"
    assert actions.take_down_expired(today=date(2028, 9, 14)) == 0


def test_the_days_count_from_where_it_was_first_shown(office):
    licence = office.public(office.licence(published_on=date(2026, 9, 11)))

    assert (licence.published_on, licence.shown_until) == (date(2026, 9, 11), date(2031, 9, 10))


def test_publication_changes_no_figure_of_the_year(office):
    office.public(), office.public(office.penalty()), office.licence(number="示防许〔2026〕2号")
    actions.keep_back(
        office.penalty(number="示防罚〔2026〕2号"), ground="minor", reason="未成年", by=office.reviewer
    )

    cells = facts.table(office.agency, 2026)

    assert cells["proactive", "licence", "decisions"] == 2
    assert cells["proactive", "penalty", "decisions"] == 2


def test_another_agencys_reviewer_reaches_nothing(office):
    """ACL-02."""
    from gongkai.agencies.powers import Power
    from tests.factories.people import a_person, an_agency

    stranger = a_person(an_agency(name="示例县局"), Power.REVIEW_CONFIDENTIALITY)
    licence = office.licence()

    with pytest.raises(Refusal, match="其他机关"):
        office.review(licence, by=stranger)

    assert timezone.localdate() - DECIDED == timedelta(days=4)
