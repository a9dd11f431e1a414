"""年报数据. Every one of the 200 cells: the number is the length of its list, and both are what the counting rules say."""

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.duties.administrative_acts import facts as acts
from gongkai.duties.applications import actions
from gongkai.duties.applications import facts as applications
from gongkai.duties.applications.models import APPLICANT_KINDS, OUTCOMES, Application
from gongkai.duties.catalogue import facts as catalogue
from gongkai.duties.catalogue.models import NormativeDocument
from gongkai.duties.channels import facts as channels
from gongkai.duties.inspection import facts as inspection
from gongkai.duties.mailbox import facts as mailbox
from gongkai.duties.oversight import facts as oversight
from gongkai.duties.participation import facts as participation
from gongkai.duties.remedies import facts as remedies
from gongkai.duties.remedies.models import Litigation, Reconsideration
from gongkai.registers.figures import total_yuan
from gongkai.rules.annual_report_2021.counting import (
    FirstInstance,
    RemedyResult,
    application_rows,
    decision_counts,
    document_columns,
    in_10k_yuan,
    remedy_columns,
)
from gongkai.rules.annual_report_2021.tables import APPLICANT_COLUMNS, OUTCOME_ROWS, cell_keys
from tests.factories import registers as factories
from tests.factories.agencies import AgencyFactory, keeper
from tests.factories.applications import application

pytestmark = pytest.mark.django_db
YEAR = 2023
FACTS = {"applications": applications, "remedies": remedies}
PROACTIVE_BY_ACTS = ("licence", "penalty", "compulsion", "charges")


def facts_of(cell):
    if cell[0] == "proactive":
        return acts if cell[1] in PROACTIVE_BY_ACTS else catalogue
    return FACTS[cell[0]]


def whole_table(agency, year):
    return {
        cell: value
        for source in (applications, remedies, catalogue, acts)
        for cell, value in source.table(agency, year).items()
    }


def some_day(pick, *, years=(2021, 2024)):
    return date(years[0], 1, 1) + timedelta(days=pick.randint(0, 366 * (years[1] - years[0] + 1) - 2))


def random_applications(pick, agency, count):
    made = []
    for number in range(count):
        received = some_day(pick)
        closed = received + timedelta(days=pick.randint(0, 400)) if pick.random() < 0.8 else None
        case = Application(
            agency=agency,
            register_number=f"甲{number}",
            applicant_kind=pick.choice(APPLICANT_KINDS)[0],
            channel="in_person",
            received_on=received,
            status="closed" if closed else "handling",
            outcome=pick.choice(OUTCOMES)[0] if closed else "",
            closed_on=closed,
            voided_at=timezone.now() if pick.random() < 0.05 else None,
        )
        made.append(case)
    Application.objects.bulk_create(made)
    return [case for case in made if case.voided_at is None]


def random_remedies(pick, agency, count):
    made = []
    for _ in range(count):
        result = pick.choice([*RemedyResult, None])
        accepted = None if result is RemedyResult.NOT_ACCEPTED else some_day(pick)
        decided = (accepted or some_day(pick)) + timedelta(days=pick.randint(0, 300)) if result else None
        values = {
            "agency": agency,
            "accepted_on": accepted,
            "decided_on": decided,
            "result": result.value if result else "",
        }
        if pick.random() < 0.5:
            made.append(factories.ReconsiderationFactory(**values))
        else:
            made.append(
                factories.LitigationFactory(
                    **values,
                    **appealed_from(pick, accepted, decided),
                    kind=pick.choice(Litigation.Kind.values),
                    only_as_reconsideration_body=pick.random() < 0.2,
                )
            )
    return made


def appealed_from(pick, accepted, decided):
    """A first instance that was appealed from before the case ended, in half of the suits."""
    if not accepted or pick.random() < 0.5:
        return {}
    last = decided or accepted + timedelta(days=400)
    days = sorted(accepted + timedelta(days=pick.randint(0, (last - accepted).days)) for _ in range(2))
    return {
        "first_decided_on": days[0],
        "first_result": pick.choice(["upheld", "rectified", "dismissed"]),
        "appealed_on": days[1],
    }


def first_instance_of(case):
    appealed_on = getattr(case, "appealed_on", None)
    if not appealed_on:
        return None
    return FirstInstance(case.first_decided_on, RemedyResult(case.first_result), appealed_on)


def random_proactive(pick, agency, count):
    made = []
    for _ in range(count):
        issued = some_day(pick, years=(2018, 2024))
        made.append(
            factories.NormativeDocumentFactory(
                agency=agency,
                kind=pick.choice(NormativeDocument.Kind.values),
                issued_on=issued,
                lapses_on=issued + timedelta(days=pick.randint(1, 2000)) if pick.random() < 0.4 else None,
                repealed_on=issued + timedelta(days=pick.randint(1, 2000)) if pick.random() < 0.4 else None,
            )
        )
        factory = pick.choice(
            [factories.LicenceFactory, factories.PenaltyFactory, factories.CompulsionFactory]
        )
        factory(agency=agency, decided_on=some_day(pick))
        factories.ChargeFactory(
            agency=agency, collected_on=some_day(pick), amount=Decimal(pick.randint(1, 10**9)) / 100
        )
    return made


@pytest.fixture(params=range(4))
def year_of_work(request):
    pick = random.Random(request.param)
    agency, other = AgencyFactory(), AgencyFactory()
    for each in (agency, other):
        random_applications(pick, each, 150)
        random_remedies(pick, each, 30)
        random_proactive(pick, each, 25)
    return agency


def test_together_the_duties_fill_the_200_cells_and_no_other():
    assert set(whole_table(AgencyFactory(), YEAR)) == set(cell_keys())


def test_an_office_without_records_reports_zeros():
    assert set(whole_table(AgencyFactory(), YEAR).values()) == {0}


def test_every_number_is_the_length_of_its_list(year_of_work):
    table = whole_table(year_of_work, YEAR)

    differing = {}
    for cell in cell_keys():
        records = facts_of(cell).records(year_of_work, YEAR, cell)
        listed = in_10k_yuan(total_yuan(records, "amount")) if cell == acts.CHARGES else records.count()
        if listed != table[cell]:
            differing[cell] = (table[cell], listed)
    assert differing == {}


def test_acl_08_no_list_behind_a_cell_shows_another_agency(year_of_work):
    shown = {
        record.agency_id
        for cell in cell_keys()
        for record in facts_of(cell).records(year_of_work, YEAR, cell)
    }

    assert shown == {year_of_work.pk}


def test_table_three_counts_as_the_counting_rules_do():
    pick, agency = random.Random(7), AgencyFactory()
    cases = random_applications(pick, agency, 300)
    expected = Counter(
        ("applications", counted.place, column)
        for case in cases
        for counted in application_rows(
            YEAR, received_on=case.received_on, closed_on=case.closed_on, result=case.outcome
        )
        for column in (case.applicant_kind, "total")
    )

    assert {cell: value for cell, value in applications.table(agency, YEAR).items() if value} == dict(
        expected
    )


def test_tim_08_each_column_of_table_three_balances(year_of_work):
    table = applications.table(year_of_work, YEAR)

    for column in APPLICANT_COLUMNS:
        cell = {
            row: table["applications", row, column.key]
            for row in ("received", "carried_in", "total", "carried_out")
        }
        outcomes = sum(table["applications", row.key, column.key] for row in OUTCOME_ROWS)
        assert cell["received"] + cell["carried_in"] == cell["total"] + cell["carried_out"]
        assert cell["total"] == outcomes
        assert cell["received"] > 0


def test_what_is_carried_out_of_one_year_is_carried_into_the_next(year_of_work):
    this, following = applications.table(year_of_work, YEAR), applications.table(year_of_work, YEAR + 1)

    for column in APPLICANT_COLUMNS:
        assert (
            this["applications", "carried_out", column.key]
            == following["applications", "carried_in", column.key]
        )


def test_table_four_counts_as_the_counting_rules_do():
    pick, agency = random.Random(11), AgencyFactory()
    expected = Counter()
    for case in random_remedies(pick, agency, 120):
        group = "reconsideration" if isinstance(case, Reconsideration) else case.kind
        counted = remedy_columns(
            YEAR,
            accepted_on=case.accepted_on or case.decided_on,
            decided_on=case.decided_on,
            result=RemedyResult(case.result) if case.result else None,
            first_instance=first_instance_of(case),
            only_as_reconsideration_body=getattr(case, "only_as_reconsideration_body", False),
        )
        expected.update(("remedies", group, each.place) for each in counted)

    assert {cell: value for cell, value in remedies.table(agency, YEAR).items() if value} == dict(expected)


def test_table_two_counts_as_the_counting_rules_do():
    pick, agency = random.Random(13), AgencyFactory()
    expected = Counter(
        ("proactive", document.kind, counted.place)
        for document in random_proactive(pick, agency, 80)
        for counted in document_columns(YEAR, issued_on=document.issued_on, ceased_on=document.ceased_on)
    )

    assert {cell: value for cell, value in catalogue.table(agency, YEAR).items() if value} == dict(expected)
    licences = acts.records(agency, YEAR, ("proactive", "licence", "decisions"))
    assert licences.count() > 0
    assert all(decision_counts(YEAR, decided_on=licence.decided_on) for licence in licences)


def test_a_document_valid_to_the_last_day_of_the_year_lapses_in_the_next():
    agency = AgencyFactory()
    factories.NormativeDocumentFactory(
        agency=agency, issued_on=date(2019, 1, 1), lapses_on=date(2023, 12, 31)
    )
    row = ("proactive", "normative_documents")

    assert catalogue.table(agency, 2023)[*row, "in_force"] == 1
    assert catalogue.table(agency, 2023)[*row, "repealed"] == 0
    assert catalogue.table(agency, 2024)[*row, "repealed"] == 1


def test_charges_of_the_year_add_up_to_the_fen():
    agency = AgencyFactory()
    for amount in ("0.10", "0.20", "16138799.70"):
        factories.ChargeFactory(agency=agency, amount=Decimal(amount))
    factories.ChargeFactory(agency=agency, amount=Decimal("5"), collected_on=date(2022, 12, 31))

    assert acts.table(agency, YEAR)[acts.CHARGES] == Decimal("1613.88")


def test_the_whole_report_is_counted_in_a_bounded_number_of_queries(year_of_work):
    with CaptureQueriesContext(connection) as queries:
        whole_table(year_of_work, YEAR)

    assert len(queries) == 4 + 3 + 1 + 4


def test_an_item_counts_once_under_its_main_column():
    agency = AgencyFactory()
    news, notices = (
        factories.ColumnFactory(agency=agency, name=name, position=n)
        for n, name in enumerate(("工作动态", "通知公告"))
    )
    item = factories.InformationItemFactory(agency=agency, main_column=news)
    item.other_columns.add(notices)
    factories.InformationItemFactory(agency=agency, main_column=notices, published_on=date(2022, 12, 31))

    assert catalogue.figures(agency, YEAR)["items.total"].value == 1
    assert catalogue.items_by_column(agency, YEAR) == [(news, 1)]


def test_the_columns_add_up_to_the_total():
    agency = AgencyFactory()
    for count in (3, 0, 2):
        column = factories.ColumnFactory(agency=agency)
        factories.InformationItemFactory.create_batch(count, agency=agency, main_column=column)
    figures = catalogue.figures(agency, YEAR)

    by_column = [figure.value for key, figure in figures.items() if key.startswith("items.column.")]
    assert (by_column, figures["items.total"].value) == ([3, 2], 5)


def test_letters_are_judged_as_they_stood_at_the_end_of_the_year():
    agency = AgencyFactory()
    for received, replied in (
        (date(2023, 3, 1), date(2023, 3, 10)),  # in time
        (date(2023, 3, 1), date(2023, 4, 10)),  # late
        (date(2023, 3, 1), None),  # missed
        (date(2023, 12, 29), date(2024, 1, 3)),  # still within its period at the year's end
        (date(2022, 12, 30), date(2023, 1, 3)),  # of last year
    ):
        factories.LetterFactory(agency=agency, received_on=received, replied_on=replied)

    values = {key: figure.value for key, figure in mailbox.figures(agency, YEAR).items()}
    assert values == {
        "letters.received": 4,
        "letters.answered": 2,
        "letters.answered_in_time": 1,
        "letters.overdue": 1,
        "letters.missed": 1,
        "letters.published": 0,
    }


def test_the_other_figures_of_the_text_count_their_records():
    agency = AgencyFactory()
    factories.SurveyFactory(agency=agency)
    factories.CallForCommentsFactory.create_batch(2, agency=agency)
    factories.PostFactory.create_batch(3, agency=agency)
    factories.SpecialTopicFactory(agency=agency, closed_on=date(2022, 12, 31))
    factories.SpecialTopicFactory(agency=agency)
    factories.FaultFactory(agency=agency, found_on=date(2022, 12, 1), put_right_on=date(2023, 1, 9))
    factories.FaultFactory(agency=agency)
    factories.SecurityAssessmentFactory(agency=agency)
    factories.OperatorCheckFactory(agency=agency)
    factories.TrainingSessionFactory(agency=agency, held_on=date(2024, 1, 1))
    factories.GuideEditionFactory(agency=agency)
    factories.GuideEditionFactory(agency=agency, edition="2024版", published_on=date(2024, 1, 5))
    sources = (participation, channels, inspection, oversight, catalogue)
    values = {key: figure.value for source in sources for key, figure in source.figures(agency, YEAR).items()}

    assert {
        key: values[key]
        for key in (
            "surveys.opened",
            "calls_for_comments.opened",
            "posts.total",
            "posts.weibo",
            "topics.kept",
            "faults.found",
            "faults.put_right",
            "faults.open",
            "assessments.held",
            "operator_checks.held",
            "training.held",
        )
    } == {
        "surveys.opened": 1,
        "calls_for_comments.opened": 2,
        "posts.total": 3,
        "posts.weibo": 3,
        "topics.kept": 1,
        "faults.found": 1,
        "faults.put_right": 1,
        "faults.open": 1,
        "assessments.held": 1,
        "operator_checks.held": 1,
        "training.held": 0,
    }
    assert str(catalogue.guide_edition(agency, YEAR)) == "2023版"


def test_fees_collected_are_those_paid_in_the_year_and_not_taken_back():
    clerk = keeper()
    for amount in ("40", "60.50"):
        case = application(clerk)
        case = actions.notice_fee(case, on=date(2023, 3, 6), by=clerk, amount=Decimal(amount))
        case = actions.collect_fee(case, on=date(2023, 3, 9), by=clerk, amount=Decimal(amount))
    actions.cancel_event(
        case.events.get(kind="fee_paid"), reason="登错了案件", by=clerk, agreed_by=keeper(agency=clerk.agency)
    )

    figure = applications.figures(clerk.agency, YEAR)["applications.fees_collected"]
    assert (figure.value, figure.records.count()) == (Decimal("40"), 1)
