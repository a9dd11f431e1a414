"""JSON形式. What is written is read back the same, and fits the published schema."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from gongkai.report import json_form
from gongkai.report.model import Cell, Form, Note, NoteKind, Place, Report, Unreadable
from tests.report.documents import reports

SCHEMA = Draft202012Validator(json_form.schema())


@given(report=reports())
@settings(max_examples=30, deadline=None)
def test_a_report_written_as_json_is_read_back_the_same(report: Report) -> None:
    again = json_form.loads(json_form.dumps(report))

    assert again == report


@given(report=reports())
@settings(max_examples=30, deadline=None)
def test_what_is_written_fits_the_published_schema(report: Report) -> None:
    SCHEMA.validate(json.loads(json_form.dumps(report)))


def test_a_cell_the_document_lacks_is_written_as_absent() -> None:
    written = json_form.to_json(Report(Form.FORM_2021))

    assert written["tables"]["applications"]["received"]["total"] == {
        "state": "absent",
        "value": None,
        "text": "",
    }
    assert sum(len(columns) for rows in written["tables"].values() for columns in rows.values()) == 200
    SCHEMA.validate(written)


def test_the_form_of_2019_is_written_with_its_own_rows() -> None:
    written = json_form.to_json(Report(Form.FORM_2019))

    assert set(written["tables"]["proactive"]["procurement"]) == {"projects", "amount_10k_yuan"}
    assert "other" in written["tables"]["applications"]
    assert "other_remaining" not in written["tables"]["applications"]


def test_an_unknown_agency_and_year_are_null_and_a_missing_part_is_null() -> None:
    written = json_form.to_json(Report(Form.FORM_2021, sections={"overview": ""}))

    assert (written["agency"], written["year"]) == (None, None)
    assert (written["sections"]["overview"], written["sections"]["other"]) == ("", None)


def test_decimals_stay_exact() -> None:
    long_amount = Decimal("12345678901234567.8901")
    report = Report(
        Form.FORM_2021,
        tables={"proactive": {"charges": {"amount_10k_yuan": Cell.number(long_amount)}}},
    )

    assert (
        json_form.loads(json_form.dumps(report)).cell("proactive", "charges", "amount_10k_yuan").value
        == long_amount
    )


def test_notes_and_places_survive() -> None:
    report = Report(
        Form.FORM_2021,
        notes=(Note(NoteKind.DIGITS_JOINED, Place("applications", "received", "total"), "12 9"),),
        unreadable=(Unreadable(Place(section="applications", quote="一、本年新收"), "未能读出"),),
    )

    assert json_form.loads(json_form.dumps(report)) == report


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"form": "2021", "sections": {}, "tables": []}',
        '{"form": "1999", "sections": {}, "tables": {}}',
        '{"form": "2021", "year": "2023", "sections": {}, "tables": {}}',
        '{"form": "2021", "sections": {}, "tables": {"proactive": {"rules": {"issued": {"state": "number", "value": null}}}}}',
        '{"form": "2021", "sections": {}, "tables": {"proactive": {"rules": {"issued": {"state": "number", "value": NaN}}}}}',
        '{"form": "2021", "sections": {}, "tables": {"proactive": {"rules": {"issued": {"state": "number", "value": "3"}}}}}',
        "[" * 100_000,
    ],
)
def test_other_json_is_refused_with_one_chinese_sentence(text: str) -> None:
    with pytest.raises(json_form.NotTheJsonForm) as refusal:
        json_form.loads(text)

    assert str(refusal.value).endswith("。")


def test_absent_cells_make_no_table() -> None:
    assert replace(json_form.loads(json_form.dumps(Report(Form.FORM_2021)))).tables == {}
