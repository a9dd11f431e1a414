"""上年报告的对应. Which of last year's reports belongs to a report: by the agency's name and the year."""

import re
import unicodedata
from collections.abc import Iterable

from gongkai.report.model import Form, Report

_NOT_WORDS = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
_SHORT = (
    ("人民政府", "政府"),
    ("办公厅", "办"),
    ("办公室", "办"),
    ("管理委员会", "管委会"),
    ("委员会", "委"),
)
_IN_A_FORM = frozenset({Form.FORM_2021, Form.FORM_2019})


def same_name(agency: str) -> str:
    """The name as it is compared: without spaces and marks, long and short forms alike.

    >>> same_name("示例市 人民政府办公室") == same_name("示例市政府办")
    True
    """
    name = _NOT_WORDS.sub("", unicodedata.normalize("NFKC", agency))
    for long, short in _SHORT:
        name = name.replace(long, short)
    return name


class LastYear:
    """上年报告, by agency and year. Two different reports for one place leave it without an answer."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._reports: dict[tuple[str, int], Report | None] = {}
        for report in reports:
            if report.form in _IN_A_FORM and report.agency and report.year:
                key = (same_name(report.agency), report.year)
                same = key not in self._reports or self._reports[key] == report
                self._reports[key] = report if same else None

    def of(self, report: Report) -> Report | None:
        """Last year's report of the same agency."""
        if not report.agency or not report.year:
            return None
        return self._reports.get((same_name(report.agency), report.year - 1))
