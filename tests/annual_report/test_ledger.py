"""台账核对: what only the records can show, told before anybody signs."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.annual_report import checking
from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.document import compose
from gongkai.annual_report.ledger import ledger_of
from gongkai.annual_report.models import Edition
from gongkai.duties.applications import actions as applications
from gongkai.duties.catalogue import actions as catalogue
from gongkai.duties.remedies import actions as remedies
from gongkai.registers import actions as registers
from gongkai.report.model import Cell
from tests.annual_report.office import YEAR
from tests.report.samples import report_2021, with_cells

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def received(office, on: date):
    return applications.register_application(
        by=office.clerk, applicant_kind="company", channel="registered_post", received_on=on
    )


def rules_of(office) -> list[str]:
    edition = office.draft()
    compiled = Compiled(office.agency, YEAR)
    return [
        each.finding.rule
        for each in checking.examine(edition, compiled, compose(compiled, edition.narrative)).open
    ]


@pytest.mark.parametrize(("on", "expected"), [(date(YEAR, 10, 9), 1), (date(YEAR, 11, 15), 0)])
def test_a_case_carried_out_past_its_longest_period_is_counted(office, on, expected):
    received(office, on)

    assert ledger_of(Compiled(office.agency, YEAR), last_year=None).carried_out_past_limit == expected


def test_a_hanging_case_must_be_explained(office):
    received(office, date(YEAR, 3, 1))

    assert rules_of(office) == ["T3-10"]


def test_an_unpaid_fee_without_a_notice_is_a_warning(office):
    case = received(office, date(YEAR, 3, 1))
    applications.close(case, on=date(YEAR, 3, 20), by=office.clerk, outcome="other_fee_unpaid")

    assert "T3-14" in rules_of(office)


def test_a_case_pending_in_last_year_s_report_and_unknown_to_the_register_is_lost(office):
    earlier = replace(report_2021(), year=YEAR - 1)
    earlier = with_cells(
        earlier,
        {
            ("remedies", group, "pending"): Cell.number(2 if group == "reconsideration" else 0)
            for group in ("reconsideration", "direct_suit", "suit_after_reconsideration")
        },
    )

    assert ledger_of(Compiled(office.agency, YEAR), last_year=earlier).pending_last_year_lost == 2


def test_without_last_year_s_report_nothing_is_said_of_its_pending_cases(office):
    assert ledger_of(Compiled(office.agency, YEAR), last_year=None).pending_last_year_lost is None


def came(
    office, number: str, *, handed_to: str = "disclosure", register_number: str = "", nature="application"
):
    return applications.register_incoming_mail(
        by=office.clerk,
        number=number,
        received_on=date(YEAR, 6, 1),
        channel="registered_post",
        nature=nature,
        handed_to=handed_to,
        register_number=register_number,
    )


def found(office, rule: str):
    edition = Edition.objects.first() or office.draft()
    compiled = Compiled(office.agency, YEAR)
    examined = checking.examine(edition, compiled, compose(compiled, edition.narrative))
    return [each.finding for each in examined.judged if each.finding.rule == rule], [
        each.why for each in examined.cannot_judge if each.rule == rule
    ]


def test_mail_that_is_in_the_register_is_no_finding(office):
    came(office, "收1", register_number=office.application.register_number)
    came(office, "收2", nature="petition", handed_to="petitions")

    assert [found(office, rule) for rule in ("L-05", "L-06")] == [([], []), ([], [])]


def test_an_application_by_post_that_nobody_registered_is_named(office):
    came(office, "收1", register_number=office.application.register_number)
    came(office, "收2")
    came(office, "收3", register_number="没有这个编号")

    (finding,), _ = found(office, "L-05")
    assert (finding.level, finding.left) == ("W", 2)
    assert "收2、收3" in finding.message


def test_an_application_handed_to_another_desk_and_never_registered_is_named(office):
    came(office, "收1", handed_to="legal")

    assert found(office, "L-05") == ([], [])
    (finding,), _ = found(office, "L-06")
    assert finding.left == 1
    assert "收1" in finding.message


def test_a_voided_application_does_not_count_as_registered(office):
    came(office, "收1", register_number=office.application.register_number)
    registers.void(office.application, reason="重复登记", by=office.clerk)

    assert len(found(office, "L-05")[0]) == 1


@pytest.mark.parametrize("rule", ["L-05", "L-06", "L-07"])
def test_without_a_second_register_nothing_is_taken_for_agreement(office, rule):
    findings, unjudged = found(office, rule)

    assert findings == []
    assert len(unjudged) == 1
    assert "登记簿没有2023年的" in unjudged[0]


def legal_case(office, number: str, *, result: str = "upheld"):
    return remedies.register_legal_office_case(
        by=office.clerk,
        case_number=number,
        kind="reconsideration",
        accepted_on=date(YEAR, 7, 3),
        decided_on=date(YEAR, 9, 1),
        result=result,
    )


def test_the_legal_office_s_list_and_ours_are_compared_case_by_case(office):
    for number in ("复1", "复2"):
        remedies.register_reconsideration(
            by=office.clerk,
            case_number=number,
            accepted_on=date(YEAR, 7, 3),
            decided_on=date(YEAR, 9, 1),
            result="upheld",
        )
    legal_case(office, "复1")
    assert found(office, "L-07")[0][0].message.count("复2只在复议诉讼台账里有") == 1

    legal_case(office, "复2", result="rectified")
    legal_case(office, "复3")
    (finding,), _ = found(office, "L-07")
    assert (finding.level, finding.left) == ("E", 2)
    assert (
        "复2法制机构记为行政复议、2023-09-01撤销、变更、确认违法、责令履行，复议诉讼台账记为行政复议、2023-09-01维持、驳回请求"
        in finding.message
    )
    assert "复3只在法制机构登记簿里有" in finding.message


def test_two_lists_that_agree_are_no_finding(office):
    remedies.register_reconsideration(
        by=office.clerk,
        case_number="复1",
        accepted_on=date(YEAR, 7, 3),
        decided_on=date(YEAR, 9, 1),
        result="upheld",
    )
    legal_case(office, "复1")

    assert found(office, "L-07") == ([], [])


def issued(office, number: str, **values):
    return catalogue.register_normative_document(
        by=office.clerk, title=f"文件{number}", document_number=number, issued_on=date(YEAR, 5, 8), **values
    )


def test_a_document_that_was_not_interpreted_is_a_warning(office):
    issued(office, "示防规〔2023〕1号", published_on=date(YEAR, 5, 9), interpreted_on=date(YEAR, 5, 9))
    issued(
        office, "示防规〔2023〕2号", published_on=date(YEAR, 5, 9), not_interpreted_because="只修改附件名称"
    )
    assert found(office, "T2-10") == ([], [])

    issued(office, "示防规〔2023〕3号", published_on=date(YEAR, 5, 9))
    issued(office, "示防规〔2023〕4号", interpreted_on=date(YEAR, 5, 9))
    (finding,), _ = found(office, "T2-10")
    assert (finding.level, finding.left, finding.right) == ("W", 4, 2)
