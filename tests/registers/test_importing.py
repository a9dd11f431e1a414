"""导入. A file is tried first; nothing is written unless the same plan stands when it is confirmed."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.working_days import calendar
from gongkai.audit.models import Entry
from gongkai.duties.administrative_acts.models import Charge, Licence
from gongkai.duties.administrative_acts.registers import CHARGES, LICENCES
from gongkai.duties.applications.fold import drift
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.duties.applications.registers import APPLICATIONS
from gongkai.duties.catalogue.models import InformationItem
from gongkai.duties.catalogue.registers import ITEMS, NORMATIVE_DOCUMENTS
from gongkai.duties.mailbox.registers import LETTERS
from gongkai.registers import importing
from gongkai.registers.models import Change, ImportRun
from tests.factories import registers as factories
from tests.factories.agencies import PersonFactory, SectionFactory, keeper
from tests.registers.workbooks import csv, xlsx

pytestmark = pytest.mark.django_db
HEAD = ("决定书文号", "事项名称", "决定日期", "相对人名称")
ROW = ("示许〔2023〕1号", "防空地下室审批", "2023-06-01", "示例置业有限公司")


@pytest.fixture
def clerk():
    return keeper()


def imported(register, data, by, *, name="台账.xlsx", **options):
    run, _ = importing.preview(register, file_name=name, data=data, by=by)
    return importing.confirm(register, run, by=by, **options)


def reasons(plan):
    return [(problem.row, problem.column, problem.reason) for problem in plan.problems]


def test_a_dry_run_writes_no_record(clerk):
    run, plan = importing.preview(LICENCES, file_name="台账.xlsx", data=xlsx(HEAD, ROW), by=clerk)

    assert (len(plan.add), plan.problems, Licence.objects.count()) == (1, (), 0)
    assert (run.status, run.to_add) == ("previewed", 1)


def test_a_confirmed_import_writes_its_rows_with_one_audit_line(clerk):
    run = imported(LICENCES, xlsx(HEAD, ROW, ("示许〔2023〕2号", *ROW[1:])), clerk)

    licence = Licence.objects.get(number="示许〔2023〕1号")
    assert (licence.decided_on, licence.counterpart, licence.recorded_by) == (date(2023, 6, 1), ROW[3], clerk)
    assert (licence.import_run, licence.agency) == (run, clerk.agency)
    assert list(Entry.objects.order_by("sequence").values_list("action", flat=True)) == [
        "registers.import_previewed",
        "administrative_acts.licence.imported",
    ]


def test_a_title_above_the_headings_and_a_total_below_are_not_rows(clerk):
    data = xlsx(
        ("示例市国动办2023年收费台账", None, None),
        ("单位：万元",),
        ("收费项目", "收费日期", "收费金额（万元）"),
        ("易地建设费", "2023年3月2日", 1613.88),
        ("合  计", None, 1613.88),
    )
    _, plan = importing.preview(CHARGES, file_name="台账.xlsx", data=data, by=clerk)

    assert [entry.amount for _, entry in plan.add] == [Decimal("16138800.00")]
    assert plan.notes == ("第5行是合计，没有读取。",)


@pytest.mark.parametrize(
    "written",
    [
        "2023-03-02",
        "2023年3月2日",
        "2023-3-2",
        "2023/3/2",
        "2023.3.2",
        "20230302",
        "２０２３－３－２",
        "2023-03-02 09:30:00",
        date(2023, 3, 2),
        44987,
        44987.0,
    ],
    ids=str,
)
def test_a_day_is_read_however_it_is_written(clerk, written):
    imported(LICENCES, xlsx(HEAD, (*ROW[:2], written, ROW[3])), clerk)

    assert Licence.objects.get().decided_on == date(2023, 3, 2)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2023年2月30日", "没有这一天，请核对"),
        ("去年三月", "不是日期，请写成2023-03-02或者2023年3月2日"),
        ("፩", "不是日期，请写成2023-03-02或者2023年3月2日"),
        ("9" * 5000, "不是日期，请写成2023-03-02或者2023年3月2日"),
        ("23.3.2", "不是日期，请写成2023-03-02或者2023年3月2日"),
        ("2999-01-01", "日期在今天之后，请核对"),
        ("1900-01-01", "日期早于1949年，请核对"),
        ("", "不能为空"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_its_place(clerk, written, reason):
    _, plan = importing.preview(
        LICENCES, file_name="a.xlsx", data=xlsx(HEAD, (*ROW[:2], written, ROW[3])), by=clerk
    )

    assert reasons(plan) == [(2, "决定日期", reason)]


def test_a_broken_formula_saved_as_text_is_refused_with_its_place(clerk):
    _, plan = importing.preview(
        LICENCES, file_name="a.csv", data=csv(HEAD, (*ROW[:2], "#REF!", ROW[3])), by=clerk
    )

    assert reasons(plan) == [(2, "决定日期", "公式有错，请在表格中改正后重新保存")]


def test_gb18030_text_is_read(clerk):
    imported(LICENCES, csv(HEAD, ROW), clerk, name="台账.csv")

    assert Licence.objects.get().name == "防空地下室审批"


def test_headings_may_be_called_otherwise(clerk):
    imported(LICENCES, xlsx(("*文号", " 项目名称 ", "许可日期", "建设单位（全称）"), ROW), clerk)

    assert Licence.objects.get().counterpart == ROW[3]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.xlsx", b"", "文件是空的"),
        ("a.exe", b"MZ", "只能导入xlsx"),
        ("a.xlsx", b"%PDF-1.7", "内容不是电子表格"),
        ("a.xlsx", b"PK\x03\x04broken", "不完整"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "不完整|没有内容"),
        ("a.xlsx", xlsx(HEAD, (*ROW[:2], "#REF!", ROW[3])), "单元格C2的公式有错"),
        ("a.xlsx", xlsx(HEAD, (*ROW[:2], "=DATE(2023,5,1)", ROW[3])), "单元格C2是公式，没有保存计算结果"),
        ("a.xlsx", xlsx(("甲", "乙"), (1, 2)), "没有找到表头"),
        ("a.xlsx", xlsx(HEAD[:2], ROW[:2]), "表头缺少：决定日期、相对人名称"),
        ("a.xlsx", xlsx((*HEAD, "文号"), (*ROW, "x")), "是同一栏"),
        ("a.csv", b"\x00\x01\x02" * 50, "不是文字|没有找到表头"),
    ],
)
def test_fil_01_a_file_that_is_no_register_is_refused_in_one_sentence(clerk, name, data, sentence):
    with pytest.raises(Refusal, match=sentence):
        importing.preview(LICENCES, file_name=name, data=data, by=clerk)

    assert (ImportRun.objects.count(), Entry.objects.count()) == (0, 0)


def test_rows_that_stand_already_are_left_alone(clerk):
    imported(LICENCES, xlsx(HEAD, ROW), clerk)

    run, plan = importing.preview(LICENCES, file_name="a.xlsx", data=xlsx(HEAD, ROW), by=clerk)

    assert (plan.same, plan.add, plan.change) == ((2,), (), ())
    with pytest.raises(Refusal, match="没有要新增或者更正的行"):
        importing.confirm(LICENCES, run, by=clerk)
    assert Licence.objects.count() == 1


def test_a_row_that_differs_corrects_the_record_with_its_reason(clerk):
    imported(LICENCES, xlsx(HEAD, ROW), clerk)

    imported(LICENCES, xlsx(HEAD, (*ROW[:2], "2023-06-02", ROW[3])), clerk, name="更正.xlsx")

    change = Change.objects.get()
    assert Licence.objects.get().decided_on == date(2023, 6, 2)
    assert change.fields == [{"label": "决定日期", "from": "2023-06-01", "to": "2023-06-02"}]
    assert change.reason == "按导入文件“更正.xlsx”第2行更正"


def test_an_empty_cell_erases_nothing(clerk):
    imported(LICENCES, xlsx((*HEAD, "公示日期"), (*ROW, "2023-06-05")), clerk)

    _, plan = importing.preview(
        LICENCES, file_name="a.xlsx", data=xlsx((*HEAD, "公示日期"), (*ROW, "")), by=clerk
    )

    assert plan.same == (2,)


def test_a_row_that_stands_twice_in_the_file_is_refused(clerk):
    _, plan = importing.preview(LICENCES, file_name="a.xlsx", data=xlsx(HEAD, ROW, ROW), by=clerk)

    assert reasons(plan) == [(3, "决定书文号", "与第2行重复")]


def test_rows_with_problems_stop_the_import_unless_they_are_skipped(clerk):
    data = xlsx(HEAD, ROW, ("示许〔2023〕2号", "", "2023-06-01", "甲"))
    run, _ = importing.preview(LICENCES, file_name="a.xlsx", data=data, by=clerk)

    with pytest.raises(Refusal, match="有1行不能导入"):
        importing.confirm(LICENCES, run, by=clerk)
    assert Licence.objects.count() == 0

    importing.confirm(LICENCES, run, by=clerk, skip_refused=True)
    assert Licence.objects.count() == 1


def test_a_register_that_changed_since_the_dry_run_is_tried_again(clerk):
    run, _ = importing.preview(LICENCES, file_name="a.xlsx", data=xlsx(HEAD, ROW), by=clerk)
    factories.LicenceFactory(agency=clerk.agency, number=ROW[0])

    with pytest.raises(Refusal, match="与试算时不同"):
        importing.confirm(LICENCES, run, by=clerk)

    assert Licence.objects.count() == 1
    assert ImportRun.objects.get().status == "previewed"


def test_an_import_is_confirmed_once_and_by_its_own_person(clerk):
    run, _ = importing.preview(LICENCES, file_name="a.xlsx", data=xlsx(HEAD, ROW), by=clerk)

    with pytest.raises(Refusal, match="只能由上传文件的人"):
        importing.confirm(LICENCES, run, by=keeper(agency=clerk.agency))
    importing.confirm(LICENCES, run, by=clerk)
    with pytest.raises(Refusal, match="已导入"):
        importing.confirm(LICENCES, run, by=clerk)

    assert Licence.objects.count() == 1


def test_the_file_is_sealed_while_it_waits_and_gone_when_done(clerk):
    data = xlsx(HEAD, ROW)
    run, _ = importing.preview(LICENCES, file_name="a.xlsx", data=data, by=clerk)
    stored = bytes(ImportRun.objects.get().content)
    assert stored
    assert data[:40] not in stored
    assert run.file() == data

    importing.confirm(LICENCES, run, by=clerk)

    assert bytes(ImportRun.objects.get().content) == b""


def test_tim_06_no_file_sets_the_time_of_recording_or_what_the_portal_shows(clerk):
    factories.ColumnFactory(agency=clerk.agency, name="通知公告")
    head = ("标题", "发布日期", "栏目", "入库时间", "公众可见", "状态", "recorded_at", "live")
    row = ("关于试鸣的公告", "2023-09-01", "通知公告", "2020-01-01", "是", "已发布", "2020-01-01", "1")
    before = timezone.now()

    imported(ITEMS, xlsx(head, row), clerk)

    item = InformationItem.objects.get()
    assert item.recorded_at >= before
    assert (item.live, item.state) == (False, "registered")


def test_another_sections_rows_are_refused(clerk):
    mine, theirs = (
        SectionFactory(agency=clerk.agency, name="甲科"),
        SectionFactory(agency=clerk.agency, name="乙科"),
    )
    person = keeper(agency=clerk.agency, section=mine)
    data = xlsx(
        (*HEAD, "承办科室"),
        (*ROW, "乙科"),
        ("示许〔2023〕2号", *ROW[1:], "甲科"),
        ("示许〔2023〕3号", *ROW[1:], ""),
    )

    _, plan = importing.preview(LICENCES, file_name="a.xlsx", data=data, by=person)

    assert reasons(plan) == [(2, "决定书文号", "不是本科室的，请由该科室导入")]
    assert [entry.section for _, entry in plan.add] == [mine, mine]
    assert theirs.pk


def test_acl_08_another_agencys_records_are_neither_matched_nor_changed(clerk):
    factories.LicenceFactory(number=ROW[0], name="别的机关的")

    imported(LICENCES, xlsx(HEAD, ROW), clerk)

    assert Licence.objects.filter(agency=clerk.agency).count() == 1
    assert Licence.objects.exclude(agency=clerk.agency).get().name == "别的机关的"


def test_nobody_imports_without_the_power():
    with pytest.raises(Refusal, match="登记台账"):
        importing.preview(LICENCES, file_name="a.xlsx", data=xlsx(HEAD, ROW), by=PersonFactory())

    assert ImportRun.objects.count() == 0


def test_values_that_contradict_each_other_are_refused_by_the_registers_own_rule(clerk):
    data = xlsx((*HEAD, "公示日期"), (*ROW, "2023-05-31"))

    _, plan = importing.preview(LICENCES, file_name="a.xlsx", data=data, by=clerk)

    assert reasons(plan) == [(2, "决定书文号", "公示日期早于决定日期，请核对。")]


def test_a_changed_document_gets_its_derived_day_anew(clerk):
    head = ("文号", "名称", "印发日期", "有效期至")
    imported(NORMATIVE_DOCUMENTS, xlsx(head, ("示规〔2023〕1号", "办法", "2023-01-03", "2025-12-31")), clerk)

    imported(NORMATIVE_DOCUMENTS, xlsx(head, ("示规〔2023〕1号", "办法", "2023-01-03", "2024-12-31")), clerk)

    assert NORMATIVE_DOCUMENTS.model.objects.get().ceased_on == date(2025, 1, 1)


APPLICATION_HEAD = (
    "登记编号",
    "申请人类别",
    "申请渠道",
    "收到日期",
    "答复日期",
    "办理结果",
    "申请人",
    "申请内容",
)
APPLICATION_ROW = (
    "〔2023〕1号",
    "自然人",
    "当面",
    "2023-03-02",
    "2023-03-20",
    "予以公开",
    "示例甲",
    "防空地下室位置",
)


def test_an_imported_application_is_the_same_as_one_registered_step_by_step(clerk):
    imported(APPLICATIONS, xlsx(APPLICATION_HEAD, APPLICATION_ROW), clerk)

    case = Application.objects.get()
    assert (case.status, case.outcome, case.due_on, case.closed_on) == (
        "closed",
        "granted",
        date(2023, 3, 30),
        date(2023, 3, 20),
    )
    assert list(case.events.values_list("kind", flat=True)) == ["received", "replied"]
    assert (case.unseal("applicant_name"), case.unseal("description")) == ("示例甲", "防空地下室位置")
    assert drift(case, calendar()) == {}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"办理结果": ""}, "办理结果和答复日期应当同时填写：已办结的两项都填，未办结的都不填"),
        ({"答复日期": "2023-03-01"}, "2023年3月1日的记录早于收到申请之日，请核对日期。"),
        ({"收到日期": "2019-05-14"}, "2019年5月14日收到的申请适用2007年的条例，期限请按当时的规定另行计算。"),
    ],
)
def test_an_application_that_contradicts_itself_is_refused(clerk, changes, reason):
    row = [changes.get(name, value) for name, value in zip(APPLICATION_HEAD, APPLICATION_ROW, strict=True)]

    _, plan = importing.preview(APPLICATIONS, file_name="a.xlsx", data=xlsx(APPLICATION_HEAD, row), by=clerk)

    assert reasons(plan) == [(2, "登记编号", reason)]


def test_sealed_columns_are_compared_and_neither_shown_nor_changed_by_a_file(clerk):
    """PII-01: the same file again is the same; another name is told without either of them."""
    head = ("信件编号", "来信标题", "来信日期", "写信人", "来信内容")
    row = ("1", "咨询", "2023-03-02", "示例乙", "请问办理时间")
    for register, first, other in (
        (
            APPLICATIONS,
            (APPLICATION_HEAD, APPLICATION_ROW),
            (*APPLICATION_ROW[:6], "示例丙", APPLICATION_ROW[7]),
        ),
        (LETTERS, (head, row), (*row[:3], "示例丙", row[4])),
    ):
        imported(register, xlsx(*first), clerk)
        _, again = importing.preview(register, file_name="a.xlsx", data=xlsx(*first), by=clerk)
        _, plan = importing.preview(register, file_name="a.xlsx", data=xlsx(first[0], other), by=clerk)

        assert (len(again.same), again.problems, again.change, plan.change) == (1, (), (), ())
        [problem] = plan.problems
        assert "（加密保存）" in problem.reason
        assert "sealed:" not in str(problem)
        assert "示例" not in str(problem)


def test_a_confirmed_application_is_the_same_when_its_file_is_read_again(clerk):
    """条例第三十一条: the register holds the day of confirmation, the file that of the arrival too."""
    head = (*APPLICATION_HEAD[:4], "确认日期", *APPLICATION_HEAD[4:])
    row = (*APPLICATION_ROW[:2], "互联网渠道", "2023-03-02", "2023-03-06", *APPLICATION_ROW[4:])
    imported(APPLICATIONS, xlsx(head, row), clerk)

    _, again = importing.preview(APPLICATIONS, file_name="a.xlsx", data=xlsx(head, row), by=clerk)

    assert (again.same, again.problems) == ((2,), ())


def test_an_application_that_stands_already_is_not_changed_by_a_file(clerk):
    imported(APPLICATIONS, xlsx(APPLICATION_HEAD, APPLICATION_ROW), clerk)
    row = (APPLICATION_ROW[0], "商业企业", *APPLICATION_ROW[2:])

    _, plan = importing.preview(APPLICATIONS, file_name="a.xlsx", data=xlsx(APPLICATION_HEAD, row), by=clerk)

    assert plan.change == ()
    assert "请在台账中逐件更正" in plan.problems[0].reason
    assert ApplicationEvent.objects.count() == 2


def test_pii_03_an_imported_letter_keeps_its_writer_sealed(clerk):
    data = xlsx(
        ("编号", "标题", "收到日期", "来信人", "内容"), ("1", "咨询", "2023-03-01", "示例乙", "内容乙")
    )

    imported(LETTERS, data, clerk)

    stored = LETTERS.model.objects.values().get()
    assert not any("乙" in str(value) for value in stored.values())


def test_amounts_are_exact_and_follow_the_unit_of_their_heading(clerk):
    head = ("收费项目", "收取日期", "收费金额（元）", "票据号")
    data = xlsx(
        head,
        ("费", "2023-03-01", 0.1, "1"),
        ("费", "2023-03-01", "1,234.50元", "2"),
        ("费", "2023-03-01", "2.5万元", "3"),
    )

    imported(CHARGES, data, clerk)

    assert list(Charge.objects.order_by("voucher_number").values_list("amount", flat=True)) == [
        Decimal("0.10"),
        Decimal("1234.50"),
        Decimal("25000.00"),
    ]


@pytest.mark.parametrize("written", ["-5", "1.005", "很多", "99999999999999"])
def test_a_doubtful_amount_is_refused(clerk, written):
    data = xlsx(("收费项目", "收取日期", "收费金额（元）"), ("费", "2023-03-01", written))

    _, plan = importing.preview(CHARGES, file_name="a.xlsx", data=data, by=clerk)

    assert [(problem.row, problem.column, problem.value) for problem in plan.problems] == [
        (2, "收费金额（元）", written)
    ]
