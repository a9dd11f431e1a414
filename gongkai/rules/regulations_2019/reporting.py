"""年度报告的报送和公布. Who reports, by when, and what the report contains (articles 49 and 50)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.rules.citation import REGULATIONS, Certainty, Citation
from gongkai.rules.explanation import Explanation, Step, day_text

CONTENT_BASIS = REGULATIONS.article(50)


class Reporter(StrEnum):
    """报告机关."""

    DEPARTMENT = "department"
    GOVERNMENT = "government"
    TOWNSHIP = "township"

    @property
    def label(self) -> str:
        return {
            "department": "县级以上人民政府部门",
            "government": "县级以上地方人民政府主管部门",
            "township": "乡（镇）人民政府",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Deadline:
    """期限: the same day every year. It is a date, not a period, so it does not move to a working day."""

    month: int
    day: int
    duty: str  # with the year reported put in
    basis: Citation


DEADLINES = {
    Reporter.DEPARTMENT: Deadline(
        1, 31, "向本级政府信息公开工作主管部门提交{year}年度报告并向社会公布", REGULATIONS.article(49, 1)
    ),
    Reporter.GOVERNMENT: Deadline(3, 31, "向社会公布本级政府{year}年度报告", REGULATIONS.article(49, 2)),
    # Article 49 does not name townships. They report to the county's office like its departments: our reading.
    Reporter.TOWNSHIP: Deadline(
        1,
        31,
        "向县级政府信息公开工作主管部门提交{year}年度报告并向社会公布",
        REGULATIONS.article(49, 1, certainty=Certainty.INFERENCE),
    ),
}


@dataclass(frozen=True, slots=True)
class ReportDay:
    """报告的截止日."""

    day: date
    explanation: Explanation


def report_by(reported_year: int, reporter: Reporter) -> ReportDay:
    """某年度报告的截止日, in the year after.

    >>> str(report_by(2023, Reporter.DEPARTMENT).explanation)
    '县级以上人民政府部门向本级政府信息公开工作主管部门提交2023年度报告并向社会公布（《条例》第四十九条第一款）；2024年1月31日前'
    """
    deadline = DEADLINES[reporter]
    day = date(reported_year + 1, deadline.month, deadline.day)
    text = reporter.label + deadline.duty.format(year=reported_year)
    return ReportDay(day, Explanation((Step(text, deadline.basis, day),), f"{day_text(day)}前"))


@dataclass(frozen=True, slots=True)
class ReportContent:
    """报告内容的一项."""

    key: str
    label: str
    basis: Citation
    governments_only: bool = False


CONTENTS = (
    ReportContent("proactive", "主动公开政府信息的情况", REGULATIONS.article(50, item=1)),
    ReportContent("applications", "收到和处理政府信息公开申请的情况", REGULATIONS.article(50, item=2)),
    ReportContent(
        "remedies", "因政府信息公开工作被申请行政复议、提起行政诉讼的情况", REGULATIONS.article(50, item=3)
    ),
    ReportContent("problems", "政府信息公开工作存在的主要问题及改进情况", REGULATIONS.article(50, item=4)),
    ReportContent(
        "supervision",
        "工作考核、社会评议和责任追究结果情况",
        REGULATIONS.article(50, item=4),
        governments_only=True,
    ),
    ReportContent("other", "其他需要报告的事项", REGULATIONS.article(50, item=5)),
)


def contents_for(reporter: Reporter) -> tuple[ReportContent, ...]:
    """报告应有的内容; governments of every level also report appraisal, evaluation and accountability.

    >>> len(contents_for(Reporter.DEPARTMENT)), len(contents_for(Reporter.TOWNSHIP))
    (5, 6)
    """
    is_government = reporter is not Reporter.DEPARTMENT
    return tuple(content for content in CONTENTS if is_government or not content.governments_only)
