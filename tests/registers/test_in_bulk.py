"""成批建立和写入. What is made and inserted column by column is what Django itself would have made and inserted."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from gongkai.duties.administrative_acts.models import Charge, Licence
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.duties.catalogue.models import NormativeDocument
from gongkai.duties.mailbox.models import Letter
from gongkai.registers import in_bulk
from gongkai.registers.models import Change
from tests.factories.agencies import AgencyFactory, PersonFactory, SectionFactory

pytestmark = pytest.mark.django_db
DAY = date(2023, 3, 2)
OWN = ("id", "public_id", "recorded_at")  # of each record alone
CASE = {"applicant_kind": "natural_person", "channel": "in_person", "received_on": DAY, "status": "handling"}
ROWS = [
    (Licence, {"number": "示许〔2023〕{n}号", "name": "审批", "decided_on": DAY, "counterpart": "示例公司"}),
    (Licence, {"number": "示许〔2023〕{n}号", "name": "审批", "decided_on": DAY, "is_natural_person": True}),
    (
        Charge,
        {"item": "易地建设费", "voucher_number": "{n}", "collected_on": DAY, "amount": Decimal("1613.88")},
    ),
    (NormativeDocument, {"title": "办法", "document_number": "示规〔2023〕{n}号", "issued_on": DAY}),
    (Letter, {"number": "信{n}", "title": "咨询", "received_on": DAY, "due_on": DAY, "replied_on": None}),
    (
        Application,
        {**CASE, "register_number": "〔2023〕{n}号", "fee_collected": Decimal("1.50"), "version": 1},
    ),
]


def rows_of(values, count=3):
    return [
        {name: value.format(n=n) if isinstance(value, str) else value for name, value in values.items()}
        for n in range(count)
    ]


def kept(model, agency):
    return [
        {name: value for name, value in row.items() if name not in OWN}
        for row in model.objects.filter(agency=agency).order_by("pk").values()
    ]


@pytest.mark.parametrize(("model", "values"), ROWS, ids=lambda value: getattr(value, "__name__", ""))
def test_what_is_made_and_inserted_in_bulk_is_what_django_would_have_kept(model, values):
    ours, djangos = AgencyFactory(), AgencyFactory()
    section = SectionFactory(agency=ours)
    make = in_bulk.maker(model, ours)

    in_bulk.insert([make({**row, "section": section}) for row in rows_of(values)])
    model.objects.bulk_create(
        model(
            agency=djangos,
            section=section,
            **{name: value for name, value in row.items() if value is not None},
        )
        for row in rows_of(values)
    )

    expected = [{**row, "agency_id": ours.pk} for row in kept(model, djangos)]
    assert len(expected) == 3
    assert kept(model, ours) == expected
    made = model.objects.filter(agency=ours)
    assert len(set(made.values_list("public_id", flat=True))) == 3
    assert all(made.values_list("recorded_at", flat=True))


def test_a_record_made_in_bulk_knows_what_it_belongs_to_without_a_question(django_assert_num_queries):
    agency = AgencyFactory()
    section = SectionFactory(agency=agency)

    with django_assert_num_queries(0):
        licence = in_bulk.maker(Licence, agency)({"number": "1", "section": section})
        assert (licence.agency, licence.section, licence.remark) == (agency, section, "")


def test_a_value_for_no_column_is_a_programming_error_as_with_django():
    with pytest.raises(TypeError, match="colour"):
        in_bulk.maker(Licence, AgencyFactory())({"colour": "红"})


def test_lists_are_kept_as_lists():
    agency, by = AgencyFactory(), PersonFactory()
    lines = [[{"label": "备注", "from": "", "to": str(n)}] for n in range(2)]
    make = in_bulk.maker(Change, agency)

    in_bulk.insert(
        [
            make(
                {
                    "record_kind": "x",
                    "record_id": "y",
                    "kind": "rectified",
                    "fields": f,
                    "reason": "误",
                    "by": by,
                }
            )
            for f in lines
        ]
    )

    assert list(Change.objects.order_by("pk").values_list("fields", flat=True)) == lines


def test_equal_values_of_different_kinds_are_not_taken_for_each_other():
    agency = AgencyFactory()
    make = in_bulk.maker(Application, agency)
    case = {**CASE, "version": 1}

    in_bulk.insert(
        [
            make({**case, "register_number": str(n), "fee_collected": fee})
            for n, fee in enumerate((1, Decimal("1.00")))
        ]
    )

    assert list(Application.objects.values_list("fee_collected", flat=True)) == [Decimal("1.00")] * 2


def test_a_record_that_may_not_stand_twice_is_refused_by_the_database_and_none_is_kept():
    make = in_bulk.maker(Licence, AgencyFactory())
    row = {"number": "1", "name": "审批", "decided_on": DAY}

    with pytest.raises(IntegrityError), transaction.atomic():
        in_bulk.insert([make(row), make(row)])

    assert Licence.objects.count() == 0


def test_nothing_to_insert_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        in_bulk.insert([])

    assert ApplicationEvent.objects.count() == 0
