"""汇总. The results of many reports on a few printable pages: who passes, who fails on what, who cannot be judged."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from markupsafe import Markup

from gongkai.report.check.catalogue import RULES, Rule
from gongkai.report.check.findings import CheckResult, Finding, Level
from gongkai.report.model import Form
from gongkai.report.places import describe
from gongkai.report.render.html import TEMPLATES, environment
from gongkai.rules.annual_report_2021.cross_checks.wording import TABLES

MOST_OF_A_RULE = 5  # findings of one rule that the details of one report list


class Verdict(IntEnum):
    """结论, in the order of the list: what needs work first."""

    ERRORS = 0
    WARNINGS = 1
    UNREADABLE = 2
    NOT_JUDGED = 3
    PASSES = 4

    @property
    def label(self) -> str:
        return ("有差错", "有警示", "读不出", "不能判断", "通过")[self]

    @property
    def meaning(self) -> str:
        return (
            "至少一处差错，改正前不宜发布",
            "没有差错，有需要书面说明的警示",
            "文件打不开或者内容不能读取",
            "不是官方格式的年度报告，没有填写，或者有表没有读出",
            "没有差错和警示",
        )[self]


@dataclass(frozen=True, slots=True)
class Entry:
    """一份报告在汇总中的一行."""

    file: str
    form: Form | None = None
    agency: str = ""
    year: int | None = None
    result: CheckResult | None = None
    error: str = ""
    has_last_year: bool = False

    @property
    def verdict(self) -> Verdict:
        if self.result is None:
            return Verdict.UNREADABLE
        if self.result.is_open:
            return Verdict.NOT_JUDGED
        if self.result.at(Level.ERROR):
            return Verdict.ERRORS
        return Verdict.WARNINGS if self.result.at(Level.WARNING) else Verdict.PASSES

    @property
    def name(self) -> str:
        return self.agency or self.file

    @property
    def reason(self) -> str:
        """Why it has no verdict."""
        if self.error or self.result is None:
            return self.error
        if self.result.is_open and self.result.judged:
            return f"{'、'.join(TABLES[table] for table in self.result.unread_tables)}没有读出"
        return "" if self.result.judged else " ".join(each.why for each in self.result.cannot_judge)

    def count(self, level: Level) -> int:
        return len(self.result.at(level)) if self.result else 0

    @property
    def cannot_judge_count(self) -> int:
        return len(self.result.cannot_judge) if self.result and self.result.judged else 0

    def rules(self, *levels: Level) -> tuple[str, ...]:
        """The rules it fails, each once."""
        found = (f.rule for level in levels for f in (self.result.at(level) if self.result else ()))
        return tuple(dict.fromkeys(found))

    def findings(self) -> tuple[tuple[Finding, int], ...]:
        """Errors first, then warnings, then information; of one rule only the first few, and how many more there are."""
        by_rule: dict[tuple[Level, str], list[Finding]] = {}
        for level in Level:
            for finding in self.result.at(level) if self.result else ():
                by_rule.setdefault((level, finding.rule), []).append(finding)
        return tuple(
            (finding, len(group) - MOST_OF_A_RULE if number == MOST_OF_A_RULE else 0)
            for group in by_rule.values()
            for number, finding in enumerate(group[:MOST_OF_A_RULE], start=1)
        )


@dataclass(frozen=True, slots=True)
class RuleLine:
    """一条规则在汇总中的一行: who fails on it."""

    rule: Rule
    level: Level
    entries: tuple[int, ...]  # positions in the list, from 1


def summary(
    entries: Iterable[Entry], *, made_at: datetime, title: str = "政府信息公开工作年度报告核对汇总"
) -> str:
    """The page, without scripts and without anything from elsewhere."""
    ordered = sorted(entries, key=lambda each: (each.verdict, -each.count(Level.ERROR), each.name, each.file))
    counts = {verdict: sum(each.verdict is verdict for each in ordered) for verdict in Verdict}
    return (
        environment()
        .get_template("summary.html")
        .render(
            title=title,
            made_at=made_at,
            entries=ordered,
            counts=counts,
            rules=_by_rule(ordered),
            without_last_year=sum(
                not each.has_last_year for each in ordered if each.result and each.result.judged
            ),
            Verdict=Verdict,
            Level=Level,
            RULES=RULES,
            describe=_describe,
            style=Markup((TEMPLATES / "summary.css").read_text(encoding="utf-8")),  # noqa: S704  our own file
        )
    )


def _by_rule(entries: Sequence[Entry]) -> tuple[RuleLine, ...]:
    """The rules that somebody fails, errors first, then by how many reports."""
    failing: dict[tuple[str, Level], list[int]] = defaultdict(list)
    for number, entry in enumerate(entries, start=1):
        for level in (Level.ERROR, Level.WARNING):
            for rule in entry.rules(level):
                failing[rule, level].append(number)
    lines = (RuleLine(RULES[rule], level, tuple(numbers)) for (rule, level), numbers in failing.items())
    levels = list(Level)
    return tuple(sorted(lines, key=lambda line: (levels.index(line.level), -len(line.entries), line.rule.id)))


def _describe(finding: Finding, entry: Entry) -> str:
    return describe(finding.place, entry.form or Form.FORM_2021)
