"""公示的职权、退回和个人信息: who may take which step, how each is refused, and what of a person is ever stored or shown."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from gongkai.agencies.access import Refusal
from gongkai.audit.models import Entry
from gongkai.duties.administrative_acts import actions
from gongkai.duties.administrative_acts.lifecycle import STEPS
from gongkai.duties.administrative_acts.lists import actions as lists
from gongkai.duties.administrative_acts.lists import lifecycle as list_lifecycle
from gongkai.duties.administrative_acts.lists.models import ListEdition
from gongkai.duties.administrative_acts.models import Charge, Compulsion, Licence, Penalty, PublicityStep
from gongkai.duties.administrative_acts.public_fields import names, public_fields
from gongkai.duties.administrative_acts.registers import CHARGES, COMPULSION, LICENCES, PENALTIES
from gongkai.outbox.models import OutboxItem
from gongkai.portal.models import PublishedAct
from gongkai.portal.search.models import SearchEntry
from gongkai.registers import actions as registers
from gongkai.registers import importing
from tests.duties.administrative_acts.publishing import CODE, TODAY, Publicity, carried, seen
from tests.factories.people import enter
from tests.factories.registers import PowerItemFactory
from tests.registers.workbooks import xlsx

pytestmark = pytest.mark.django_db(databases=["default", "public"])
IDENTITY = "11010519491231002X"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def office():
    return Publicity()


# 职权 ---------------------------------------------------------------------------------------

_AT = {
    "review": lambda office: office.licence(),
    "send_back": lambda office: office.licence(),
    "keep_back": lambda office: office.licence(),
    "reconsider": lambda office: actions.keep_back(
        office.licence(), ground="minor", reason="未成年", by=office.reviewer
    ),
    "publish": lambda office: office.reviewed(),
    "decline": lambda office: office.reviewed(),
    "withdraw": lambda office: office.public(),
}
_TAKE = {
    "review": lambda each, by: actions.review(each, seen=seen(each), by=by),
    "send_back": lambda each, by: actions.send_back(each, reason="理由", by=by),
    "keep_back": lambda each, by: actions.keep_back(each, ground="minor", reason="理由", by=by),
    "reconsider": lambda each, by: actions.reconsider(each, reason="理由", by=by),
    "publish": lambda each, by: actions.publish(each, seen=each.reviewed_hash, by=by),
    "decline": lambda each, by: actions.decline(each, reason="理由", by=by),
    "withdraw": lambda each, by: actions.withdraw(each, cause="revoked", note="理由", by=by),
}
_HOLDERS = {
    "review": "reviewer",
    "send_back": "reviewer",
    "keep_back": "reviewer",
    "reconsider": "reviewer",
    "publish": "leader",
    "decline": "leader",
    "withdraw": "caller_back",
}


def test_every_step_is_tried():
    assert set(STEPS) == set(_AT) == set(_TAKE) == set(_HOLDERS)


@pytest.mark.parametrize("person", ["keeper", "reviewer", "leader", "caller_back"])
@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_taken_by_its_power_alone(office, name, person):
    decision = _AT[name](office)
    before = type(decision).objects.values().get()
    steps, sent = PublicityStep.objects.count(), OutboxItem.objects.count()

    if _HOLDERS[name] == person:
        _TAKE[name](decision, getattr(office, person))
        assert PublicityStep.objects.count() == steps + 1
        return
    with pytest.raises(Refusal, match=r"没有“.+”职权"):
        _TAKE[name](decision, getattr(office, person))

    assert type(decision).objects.values().get() == before
    assert (PublicityStep.objects.count(), OutboxItem.objects.count()) == (steps, sent)


@pytest.mark.parametrize("name", ["send_back", "keep_back", "decline", "withdraw"])
def test_a_refusal_is_not_taken_without_its_reason(office, name):
    decision = _AT[name](office)
    before = type(decision).objects.values().get()
    take = {
        "send_back": lambda: actions.send_back(decision, reason=" \n", by=office.reviewer),
        "keep_back": lambda: actions.keep_back(decision, ground="minor", reason="", by=office.reviewer),
        "decline": lambda: actions.decline(decision, reason="　", by=office.leader),
        "withdraw": lambda: actions.withdraw(decision, cause="revoked", note="", by=office.caller_back),
    }[name]

    with pytest.raises(Refusal, match="没有写明理由"):
        take()

    assert type(decision).objects.values().get() == before


# 签发人退回 ----------------------------------------------------------------------------------


def test_whoever_releases_sends_back_what_he_will_not_sign(office):
    licence = actions.decline(office.reviewed(), reason="许可内容不完整", by=office.leader)

    assert (licence.public_state, licence.reviewed_hash, licence.reviewer) == ("returned", "", None)
    assert PublicityStep.objects.order_by("-pk")[0].words == "许可内容不完整"
    assert Entry.objects.using("default").order_by("-sequence")[0].action == "publicity.returned"
    with pytest.raises(Refusal, match="不能发布"):
        actions.publish(licence, seen=seen(licence), by=office.leader)

    licence = registers.rectify(licence, changes={"content": "准予"}, reason="按原件", by=office.keeper)
    assert office.public(licence).public_state == "live"


def test_the_reason_of_the_refusal_is_on_the_page_of_whoever_registered(office, client):
    licence = actions.decline(office.reviewed(), reason="许可内容不完整", by=office.leader)

    page = enter(client, office.keeper).get(
        reverse("publicity:decision", args=["licences", licence.public_id])
    )

    assert "许可内容不完整" in page.content.decode()


def test_a_list_is_sent_back_at_the_signature_too(office, client):
    PowerItemFactory(agency=office.agency)
    edition = lists.pass_review(lists.submit("power-list", by=office.keeper), by=office.reviewer)
    step = reverse("public_lists:step", args=["power-list", edition.public_id, "decline"])
    enter(client, office.leader)
    assert client.post(step, {"words": " "}).status_code == 400
    edition.refresh_from_db()
    assert edition.stage == "sign_off"

    assert client.post(step, {"words": "责任科室不全"}).status_code == 302

    edition.refresh_from_db()
    assert (edition.stage, edition.opinion, edition.signatory) == ("returned", "责任科室不全", office.leader)
    assert lists.submit("power-list", by=office.keeper).number == edition.number


@pytest.mark.parametrize("person", ["keeper", "reviewer", "leader", "caller_back"])
@pytest.mark.parametrize("name", list_lifecycle.STEPS)
def test_a_step_of_a_list_is_taken_by_its_power_alone(office, name, person):
    PowerItemFactory(agency=office.agency)
    edition = lists.submit("power-list", by=office.keeper)
    if name in ("sign", "decline", "withdraw"):
        edition = lists.pass_review(edition, by=office.reviewer)
    if name == "withdraw":
        edition = carried(lists.sign(edition, by=office.leader))
    before, sent = ListEdition.objects.values().get(), OutboxItem.objects.count()
    holder = {"take_back": "keeper", "pass": "reviewer", "return": "reviewer", "withdraw": "caller_back"}
    by = getattr(office, person)
    take = {
        "take_back": lambda: lists.take_back(edition, by=by),
        "pass": lambda: lists.pass_review(edition, by=by),
        "return": lambda: lists.send_back(edition, opinion="理由", by=by),
        "decline": lambda: lists.decline(edition, opinion="理由", by=by),
        "sign": lambda: lists.sign(edition, by=by),
        "withdraw": lambda: lists.withdraw(edition, note="理由", by=by),
    }[name]

    if person == holder.get(name, "leader"):
        assert take().stage != before["stage"]
        return
    with pytest.raises(Refusal, match=r"没有“.+”职权"):
        take()

    assert (ListEdition.objects.values().get(), OutboxItem.objects.count()) == (before, sent)


# 个人信息 -----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [IDENTITY, IDENTITY.lower(), "110105194912310021", "110105491231002"])
def test_pii_05_an_identity_number_is_not_kept_in_place_of_a_code(office, code):
    """Even with a wrong check character, and from before 1999: the register is no place for it."""
    with pytest.raises(Refusal, match="身份证件号码"):
        office.licence(counterpart="张示例", counterpart_code=code)

    assert not Licence.objects.exists()


def test_pii_05_nor_by_an_import(office):
    heads = ["行政处罚决定书文号", "案件名称", "处罚决定日期", "行政相对人名称", "行政相对人代码"]
    row = ["示防罚〔2026〕7号", "案", "2026-09-10", "张示例", IDENTITY]

    _, plan = importing.preview(PENALTIES, file_name="处罚.xlsx", data=xlsx(heads, row), by=office.keeper)

    assert ["登记为自然人，不登记证件号码" in each.reason for each in plan.problems] == [True]
    assert plan.add == ()


@pytest.mark.parametrize(
    ("counterpart", "told"),
    [
        ("张甲乙", "张某某"),
        ("张 甲 乙", "张某某"),
        ("张甲乙（男，1970年生）", "张某某"),
        ("张甲乙、李丙丁", "张某某、李某某"),
        ("欧阳甲乙，王丙丁等二人", "欧阳某某、王某某"),
    ],
)
def test_pii_04_names_are_masked_however_they_are_written(office, counterpart, told):
    """PII-05: in the counterpart, and wherever the name stands in another field, with or without spaces."""
    words = "".join(f"{name}和{' '.join(name)}、" for name in names(counterpart))
    penalty = office.of_a_person(counterpart=counterpart, cause=f"{words}擅自占用", name=f"{words}案")

    office.public(penalty)

    fields = {key: value for key, _, value in PublishedAct.objects.get().fields}
    assert fields["counterpart"] == told
    kept = f"{PublishedAct.objects.values().get()}{SearchEntry.objects.get(kind='act').folded}"
    for name in names(counterpart):
        assert name not in kept
        assert " ".join(name) not in kept
        assert name[-2:] not in kept


def test_who_is_not_said_to_be_a_person_is_not_published_by_name(office):
    """A person entered as an organisation has no code, and is refused for want of it."""
    penalty = office.penalty(counterpart="张示例", counterpart_code="")

    with pytest.raises(Refusal, match="没有填写行政相对人代码"):
        office.review(penalty)

    assert not PublishedAct.objects.exists()
    penalty = registers.rectify(penalty, changes={"is_natural_person": True}, reason="补记", by=office.keeper)
    assert {each.field.key: each.value for each in public_fields(penalty)}["counterpart"] == "张某某"


# 导入 ---------------------------------------------------------------------------------------

_SHEETS = {
    "licences": (
        LICENCES,
        [
            "行政许可决定文书号",
            "项目名称",
            "许可类别",
            "许可内容",
            "行政相对人名称",
            "统一社会信用代码",
            "许可决定日期",
            "许可有效期至",
            "许可机关",
        ],
        [
            "示防许〔2026〕7号",
            "报建审批",
            "普通",
            "准予",
            "示例公司",
            CODE,
            "2026-09-10",
            "2027-09-10",
            "示例市人防办",
        ],
        Licence,
    ),
    "penalties": (
        PENALTIES,
        [
            "行政处罚决定书文号",
            "处罚名称",
            "处罚类别",
            "处罚事由",
            "处罚依据",
            "行政相对人名称",
            "行政相对人代码",
            "处罚结果",
            "罚款",
            "处罚决定日期",
            "处罚机关",
            "社会影响",
        ],
        [
            "示防罚〔2026〕7号",
            "未按规定修建案",
            "罚款",
            "未修建",
            "示例市人民防空条例",
            "示例公司",
            CODE,
            "罚款二万元",
            "20000",
            "2026-09-10",
            "示例市人防办",
            "是",
        ],
        Penalty,
    ),
    "compulsion": (
        COMPULSION,
        ["决定书文号", "事项名称", "决定日期", "相对人", "强制种类"],
        ["示防强〔2026〕7号", "查封", "2026-09-10", "示例公司", "强制措施"],
        Compulsion,
    ),
    "charges": (
        CHARGES,
        ["收费项目", "收费日期", "金额", "票号", "收费依据", "收费标准"],
        [
            "防空地下室易地建设费",
            "2026-09-10",
            "120000.50",
            "00012345",
            "示例发改〔2020〕1号",
            "每平方米1000元",
        ],
        Charge,
    ),
}


@pytest.mark.parametrize("key", _SHEETS)
def test_each_register_comes_in_from_a_sheet_and_only_once(office, key):
    register, heads, row, model = _SHEETS[key]

    run, plan = importing.preview(register, file_name="台账.xlsx", data=xlsx(heads, row), by=office.keeper)
    assert (plan.problems, len(plan.add)) == ((), 1)
    importing.confirm(register, run, by=office.keeper)
    _, again = importing.preview(register, file_name="台账.xlsx", data=xlsx(heads, row), by=office.keeper)

    entry = model.objects.get()
    assert (entry.recorded_by, getattr(entry, register.by_date)) == (office.keeper, date(2026, 9, 10))
    assert (again.add, again.change, len(again.same)) == ((), (), 1)


@pytest.mark.parametrize("key", ["licences", "penalties"])
def test_what_came_in_from_a_sheet_goes_the_whole_way(office, key):
    """PUB-01: an import makes nothing public; whoever imported neither reviews nor releases."""
    register, heads, row, model = _SHEETS[key]
    run, _ = importing.preview(register, file_name="台账.xlsx", data=xlsx(heads, row), by=office.keeper)
    importing.confirm(register, run, by=office.keeper)
    assert (model.objects.get().public_state, PublishedAct.objects.count()) == ("not_yet", 0)

    decision = office.public(model.objects.get())

    assert (decision.public_state, PublishedAct.objects.count()) == ("live", 1)


def test_tim_06_a_day_to_come_is_refused(office):
    register, heads, row, _ = _SHEETS["licences"]
    late = [*row[:6], "2026-09-15", *row[7:]]

    _, plan = importing.preview(register, file_name="台账.xlsx", data=xlsx(heads, late), by=office.keeper)

    assert (len(plan.problems), plan.add) == (1, ())
