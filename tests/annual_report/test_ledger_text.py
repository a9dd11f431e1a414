"""文字与台账: a number typed into the text is compared with the registers behind the report (TX-11, TX-17)."""

from dataclasses import replace

import pytest

from gongkai.annual_report import checking
from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.document import compose
from tests.annual_report.office import YEAR

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.mark.parametrize(
    ("typed", "rule", "name"),
    [
        ("微信公众号推送信息5条。", "TX-11", "微信公众号发布"),
        ("开展意见征集3次。", "TX-17", "意见征集"),
        ("收到来信12件。", "TX-17", "收到来信"),
    ],
)
def test_a_typed_number_that_no_record_bears_out_must_be_explained(office, typed, rule, name):
    edition = office.draft()
    compiled = Compiled(office.agency, YEAR)
    report = compose(compiled, edition.narrative)
    typed_in = replace(
        report, sections={**report.sections, "overview": f"{report.sections['overview']}\n{typed}"}
    )

    findings = [each.finding for each in checking.examine(edition, compiled, typed_in).open]

    told = [(finding.rule, finding.right) for finding in findings if finding.rule in ("TX-11", "TX-17")]
    assert told == [(rule, compiled.figures[name].value)]


def test_live_figures_agree_with_the_registers_they_come_from(office):
    edition = office.draft()
    compiled = Compiled(office.agency, YEAR)

    examined = checking.examine(edition, compiled, compose(compiled, edition.narrative))

    assert [each for each in examined.open if each.finding.rule in ("TX-11", "TX-17")] == []
