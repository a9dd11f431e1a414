"""一个案例. A report, last year's if there is one, and what else is given to the check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.report.check.engine import check
from gongkai.report.check.findings import CheckResult
from gongkai.report.model import Report


@dataclass(frozen=True)
class Case:
    report: Report
    last_year: Report | None = None
    given: Mapping[str, Any] = field(default_factory=dict)

    def checked(self) -> CheckResult:
        return check(self.report, self.last_year, **self.given)
