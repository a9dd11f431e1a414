"""一年的工作. The year's registers as the sheets that sections keep, imported the way a section imports them."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from gongkai.agencies.models import Person
from gongkai.agencies.working_days import calendar
from gongkai.duties.administrative_acts.registers import CHARGES, LICENCES, PENALTIES
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.registers import INCOMING_MAIL
from gongkai.duties.catalogue import actions as catalogue
from gongkai.duties.catalogue.registers import GUIDE, ITEMS, TOPICS
from gongkai.duties.channels import actions as channels
from gongkai.duties.channels.models import ChannelAccount
from gongkai.duties.channels.registers import POSTS
from gongkai.duties.inspection.registers import FAULTS
from gongkai.duties.mailbox.registers import LETTERS
from gongkai.duties.oversight.registers import ASSESSMENTS, OPERATOR_CHECKS
from gongkai.duties.participation.registers import CALLS_FOR_COMMENTS, SURVEYS
from gongkai.duties.remedies.registers import LEGAL_OFFICE_CASES, RECONSIDERATIONS
from gongkai.registers import importing
from gongkai.registers.description import Register
from gongkai.rules.regulations_2019.receipt import Channel
from gongkai.screening.numbers import is_credit_code

SCENARIO: Mapping[str, Any] = json.loads(
    Path(__file__).with_name("scenario-2023.json").read_text(encoding="utf-8")
)
YEAR: int = SCENARIO["year"]
COLUMN_CLASSES = {"工作动态": "news", "热点关注": "news", "通知公告": "notices", "其他信息": ""}
_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
Rows = Iterator[Sequence[object]]


def work(people: Mapping[str, Person], *, say: Callable[[str], None]) -> None:
    """The whole year, register by register."""
    _columns(people["zuzhi"])
    for register, by, heads, rows in (
        (ITEMS, "zuzhi", ("标题", "发布日期", "栏目", "条例第二十条", "责任科室"), rows_of_items()),
        (GUIDE, "zhonghe", ("版本", "发布日期", "责任科室"), _guide()),
        (TOPICS, "zuzhi", ("专题名称", "上线日期", "责任科室"), _topics()),
        (
            LICENCES,
            "guihua",
            (
                "许可决定文书号",
                "项目名称",
                "许可决定日期",
                "行政相对人名称",
                "统一社会信用代码",
                "许可内容",
                "公示日期",
                "承办科室",
            ),
            _licences(),
        ),
        (
            PENALTIES,
            "guihua",
            (
                "处罚决定书文号",
                "案件名称",
                "处罚决定日期",
                "行政相对人名称",
                "统一社会信用代码",
                "违法事实",
                "处罚类别",
                "处罚结果",
                "处罚依据",
                "公示日期",
                "承办科室",
            ),
            _penalties(),
        ),
        (
            CHARGES,
            "guihua",
            ("收费项目", "收取日期", "金额（万元）", "票据号", "依据", "标准", "责任科室"),
            _charges(),
        ),
        (LETTERS, "zhonghe", ("编号", "标题", "来信日期", "答复日期", "公开日期", "承办科室"), _letters()),
        (
            SURVEYS,
            "zhonghe",
            ("标题", "开始日期", "截止日期", "参与人数", "结果公布日期", "责任科室"),
            _surveys(),
        ),
        (
            CALLS_FOR_COMMENTS,
            "zhonghe",
            ("标题", "开始日期", "截止日期", "收到条数", "采纳条数", "结果公布日期", "责任科室"),
            _calls(),
        ),
        (
            RECONSIDERATIONS,
            "zhonghe",
            ("案号", "受理日期", "决定日期", "结果", "复议机关", "承办科室"),
            _reconsiderations(),
        ),
        (
            LEGAL_OFFICE_CASES,
            "guihua",
            ("案号", "类别", "受理日期", "审结日期", "结果"),
            _legal_office_cases(),
        ),
        (
            FAULTS,
            "xinbao",
            ("位置", "问题类型", "发现日期", "问题描述", "整改日期", "复查日期", "责任科室"),
            _faults(),
        ),
        (ASSESSMENTS, "xinbao", ("名称", "评估日期", "评估单位", "结论", "责任科室"), _assessments()),
        (
            OPERATOR_CHECKS,
            "xinbao",
            ("运维单位", "检查日期", "检查内容", "结论", "责任科室"),
            _operator_checks(),
        ),
    ):
        count = import_sheet(register, heads, rows, by=people[by])
        say(f"  {register.title}：导入{count}条")
    account = channels.open_account(
        by=people["zuzhi"], platform=ChannelAccount.Platform.WEIBO, name="示例国防动员"
    )
    count = import_sheet(POSTS, ("账号", "发布日期", "内容", "责任科室"), _posts(account), by=people["zuzhi"])
    say(f"  {POSTS.title}：导入{count}条")
    registered = _application(people["zhonghe"])
    say("  申请台账：登记1件，答复1件")
    count = import_sheet(
        INCOMING_MAIL,
        ("收文编号", "收到日期", "来件方式", "来件性质", "转交", "申请登记编号"),
        _incoming_mail(registered),
        by=people["zhonghe"],
    )
    say(f"  {INCOMING_MAIL.title}：导入{count}条")


def import_sheet(register: Register, heads: Sequence[str], rows: Rows, *, by: Person) -> int:
    """Upload, look at the dry run, confirm: what a clerk does, with a file as a clerk keeps it."""
    book = Workbook()
    sheet = book.create_sheet(index=0)
    sheet.append([register.title])  # the merged title row that such sheets begin with
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    file = BytesIO()
    book.save(file)
    run, plan = importing.preview(
        register, file_name=f"{register.title}{YEAR}.xlsx", data=file.getvalue(), by=by
    )
    if plan.problems:
        raise AssertionError(f"{register.title}: {plan.problems[0]}")
    return importing.confirm(register, run, by=by).to_add


def credit_code(number: int) -> str:
    """统一社会信用代码 of a fictional organisation, in an area that does not exist, with its check figure."""
    begun = f"91990000MAEX{number:05d}"
    return next(begun + sign for sign in _CODE_SIGNS if is_credit_code(begun + sign))


def _spread(count: int, *, first: int = 3, last: int = 360) -> Iterator[date]:
    """``count`` days spread over the year, on working days where the day falls on a holiday."""
    days = calendar()
    for number in range(count):
        day = date(YEAR, 1, 1) + timedelta(days=first + (last - first) * number // max(count - 1, 1))
        yield min(days.next_working_day(day).day, date(YEAR, 12, 29))


def _columns(by: Person) -> None:
    for position, (name, kind) in enumerate(COLUMN_CLASSES.items()):
        catalogue.open_column(
            by=by,
            name=name,
            column_class=kind,
            owner_section=by.section,
            position=position,
            opened_on=date(YEAR, 1, 3),
        )


def rows_of_items() -> Iterator[tuple[str, date, str, str, str]]:
    """标题、发布日期、栏目、条例第二十条、责任科室 of each item of the year."""
    for column, count in SCENARIO["items_by_column"].items():
        for number, day in enumerate(_spread(count), start=1):
            yield f"示例{column}第{number}条", day, column, "", "组织指挥科"


def _guide() -> Rows:
    yield SCENARIO["guide_edition"], date(YEAR, 3, 10), "综合科"


def _topics() -> Rows:
    for name, day in zip(
        ("主题教育专题", "防空警报试鸣专题", "营商环境专题"), _spread(SCENARIO["topics"]), strict=True
    ):
        yield f"示例{name}", day, "组织指挥科"


def _licences() -> Rows:
    for number, day in enumerate(_spread(SCENARIO["licences"], last=350), start=1):
        published = calendar().add_working_days(day, 5).day
        yield (
            f"示防许〔{YEAR}〕{number}号",
            "应建防空地下室的民用建筑项目报建审批",
            day,
            f"示例建设单位{number}",
            credit_code(number),
            f"准予修建防空地下室{800 + 10 * number}平方米",
            published,
            "规划发展科",
        )


def _penalties() -> Rows:
    for number, day in enumerate(_spread(SCENARIO["penalties"], first=100, last=250), start=1):
        published = calendar().add_working_days(day, 5).day
        yield (
            f"示防罚〔{YEAR}〕{number}号",
            "未按规定修建防空地下室案",
            day,
            f"示例公司{number}",
            credit_code(900 + number),
            "新建民用建筑，未按规定修建防空地下室",
            "警告、罚款",
            "警告，限期修建，罚款五万元",
            "《示例市人民防空条例》第二十条",
            published,
            "规划发展科",
        )


def _charges() -> Rows:
    """Twelve months that add up to the year's amount exactly; the last takes what rounding leaves."""
    total = Decimal(SCENARIO["charges_yuan"]) / 10_000
    month = (total / 12).quantize(Decimal("0.01"))
    for number in range(1, 13):
        amount = month if number < 12 else total - 11 * month
        day = calendar().next_working_day(date(YEAR, number, 20)).day
        yield (
            "防空地下室易地建设费",
            day,
            str(amount),
            f"示票{YEAR}{number:04d}",
            "示例省物价局示例文件",
            "每平方米1000元",
            "规划发展科",
        )


def _letters() -> Rows:
    titles = (
        "防空警报试鸣时间",
        "人防车位使用",
        "易地建设费标准",
        "人防工程平时使用登记",
        "应急避难场所位置",
    )
    for number, (title, day) in enumerate(
        zip(titles, _spread(SCENARIO["letters"]["received"], last=330), strict=True), 1
    ):
        replied = calendar().add_working_days(day, 3).day
        yield f"{YEAR}{number:04d}", f"咨询{title}", day, replied, replied, "综合科"


def _surveys() -> Rows:
    for day in _spread(SCENARIO["surveys"], first=60):
        yield (
            "示例市民防空常识网上调查",
            day,
            day + timedelta(days=30),
            126,
            day + timedelta(days=40),
            "综合科",
        )


def _calls() -> Rows:
    titles = ("《示例市人防工程维护管理办法（征求意见稿）》意见征集", "防空警报试鸣方案意见征集")
    for title, day in zip(titles, _spread(SCENARIO["calls_for_comments"], first=100, last=200), strict=True):
        yield title, day, day + timedelta(days=31), 4, 1, day + timedelta(days=50), "综合科"


def _reconsiderations() -> Rows:
    yield f"示府复〔{YEAR}〕8号", date(YEAR, 8, 7), date(YEAR, 9, 22), "结果维持", "示例市人民政府", "综合科"


def _legal_office_cases() -> Rows:
    yield f"示府复〔{YEAR}〕8号", "行政复议", date(YEAR, 8, 7), date(YEAR, 9, 22), "结果维持"


def _incoming_mail(registered: str) -> Rows:
    yield "收2023-0117", date(YEAR, 5, 9), "邮寄", "信息公开申请", "公开办", registered
    yield "收2023-0206", date(YEAR, 8, 3), "窗口", "其他", "其他机构", ""


def _posts(account: ChannelAccount) -> Rows:
    for number, day in enumerate(_spread(SCENARIO["posts"]), start=1):
        yield account.name, day, f"示例国防动员信息第{number}条", "组织指挥科"


def _faults() -> Rows:
    for number, day in enumerate(_spread(SCENARIO["faults_put_right"], last=330), start=1):
        done = calendar().add_working_days(day, 2).day
        kind = "死链" if number % 3 else "错别字"
        yield (
            f"https://gfdy.example.gov.cn/old/{number}",
            kind,
            day,
            f"示例问题{number}",
            done,
            done,
            "信保中心",
        )


def _assessments() -> Rows:
    for month, day in enumerate(_spread(SCENARIO["assessments"], last=345), start=1):
        yield f"网站安全检测（{month}月）", day, "示例检测机构", "未发现高危问题", "信保中心"


def _operator_checks() -> Rows:
    for number, day in enumerate(_spread(SCENARIO["operator_checks"], first=70, last=300), start=1):
        yield "示例网络运营商", day, f"第{number}次网络设备和终端安全检查", "已整改", "信保中心"


def _application(by: Person) -> str:
    received = applications.register_application(
        by=by,
        applicant_kind="natural_person",
        channel=Channel.REGISTERED_POST.value,
        received_on=date(YEAR, 5, 9),
        applicant_name="庚示例",
        applicant_contact="示例市示例路2号",
        description="示例小区防空地下室竣工验收备案情况",
    )
    applications.reply(received, on=date(YEAR, 5, 26), by=by, outcome="granted")
    return received.register_number
