"""活动日期. Training, meetings and inspections that are counted fall inside the year: TX-20."""

import re
from collections.abc import Iterator

from gongkai.report.check.catalogue import RULES
from gongkai.report.check.examination import Examination
from gongkai.report.check.findings import Finding

_DATE = re.compile(r"(20\d\d)年(\d{1,2})月(?:\d{1,2}日)?")
_ACTIVITY = re.compile(r"培训|会议|检查|督查|督导|召开|座谈|调研|演练")
_DOCUMENT = re.compile(r"印发|制定|出台|修订|发布|通知|施行|实施|成立|以来|《|计划|拟|将|上年|去年")


def judge_dates(examination: Examination) -> Iterator[Finding]:
    if examination.year is None:
        return
    for sentence in examination.sentences:
        if sentence.section not in {"overview", "applications"} or not sentence.quantities:
            continue
        for found in _DATE.finditer(sentence.text):
            start, end = sentence.clause(found.start())
            clause = sentence.text[start:end]
            outside = int(found[1]) != examination.year
            if outside and _ACTIVITY.search(sentence.text) and not _DOCUMENT.search(clause):
                message = f"文字写{found[0]}的活动（“{sentence.printed[:40]}”），不在{examination.year}年度内，请核对日期。"
                yield RULES["TX-20"].finding(
                    sentence.place(found.start(), end),
                    message,
                    left=found[1],
                    right=str(examination.year),
                )
