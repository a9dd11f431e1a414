"""直接用SQL计数. The same year's figures in SQL written by hand: the least that any program must ask of the database.

It is a second opinion too: the 200 cells counted here must be those that the office's report has.
"""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from gongkai.registers.figures import Cell

_STANDING = "agency_id = %(agency)s AND voided_at IS NULL"
_IN_YEAR = "BETWEEN %(first)s AND %(last)s"
_APPLICATIONS = f"FROM applications_application WHERE {_STANDING}"
_BY_KIND = {
    "received": f"received_on {_IN_YEAR}",
    "carried_in": "received_on < %(first)s AND (closed_on IS NULL OR closed_on >= %(first)s)",
    "carried_out": "received_on <= %(last)s AND (closed_on IS NULL OR closed_on > %(last)s)",
}
_PENDING = "accepted_on <= %(last)s AND (decided_on IS NULL OR decided_on > %(last)s)"
_UPHELD, _RECTIFIED = "result = 'upheld'", "result = 'rectified'"
_OTHER = "result IN ('not_accepted', 'dismissed', 'terminated', 'withdrawn')"


def _sum(condition: str) -> str:
    return f"coalesce(sum(CASE WHEN {condition} THEN 1 ELSE 0 END), 0)"


_REMEDY_COLUMNS = ("upheld", "rectified", "other", "pending", "total")
_REMEDIES = ", ".join(
    _sum(each)
    for each in (
        *(f"decided_on {_IN_YEAR} AND {result}" for result in (_UPHELD, _RECTIFIED, _OTHER)),
        _PENDING,
        f"decided_on {_IN_YEAR} OR ({_PENDING})",
    )
)
_DOCUMENT_COLUMNS = ("issued", "repealed", "in_force")
_DOCUMENTS = ", ".join(
    _sum(each)
    for each in (
        f"issued_on {_IN_YEAR}",
        f"ceased_on {_IN_YEAR}",
        "issued_on <= %(last)s AND (ceased_on IS NULL OR ceased_on > %(last)s)",
    )
)
# What the text tells, a statement for each register.
_TEXT = (
    f"SELECT main_column_id, count(*) FROM catalogue_informationitem WHERE {_STANDING} AND published_on {_IN_YEAR} "
    "AND attribute = 'proactive' AND state IN ('registered', 'published', 'withdrawn') GROUP BY 1",
    f"SELECT count(*), {_sum(f'opened_on {_IN_YEAR}')} FROM catalogue_specialtopic WHERE {_STANDING} "
    "AND opened_on <= %(last)s AND (closed_on IS NULL OR closed_on >= %(first)s)",
    f"SELECT count(*) FROM catalogue_normativedocument WHERE {_STANDING} AND published_on {_IN_YEAR}",
    f"SELECT channel, closed_late, count(*) {_APPLICATIONS} AND received_on {_IN_YEAR} GROUP BY 1, 2",
    f"SELECT closed_late, count(*) {_APPLICATIONS} AND closed_on {_IN_YEAR} GROUP BY 1",
    "SELECT sum(amount) FROM applications_applicationevent WHERE agency_id = %(agency)s AND kind = 'fee_paid' "
    f"AND happened_on {_IN_YEAR}",
    f"SELECT count(*), {_sum('replied_on <= due_on')}, {_sum('replied_on > due_on')}, "
    f"{_sum('replied_on IS NULL AND due_on <= %(last)s')}, {_sum('published_on <= %(last)s')} FROM mailbox_letter "
    f"WHERE {_STANDING} AND received_on {_IN_YEAR}",
    f"SELECT count(*) FROM participation_survey WHERE {_STANDING} AND opened_on {_IN_YEAR}",
    f"SELECT count(*), count(outcome_published_on) FROM participation_callforcomments WHERE {_STANDING} "
    f"AND opened_on {_IN_YEAR}",
    "SELECT a.platform, count(*) FROM channels_post p JOIN channels_channelaccount a ON a.id = p.account_id "
    f"WHERE p.agency_id = %(agency)s AND p.voided_at IS NULL AND p.posted_on {_IN_YEAR} GROUP BY 1",
    f"SELECT {_sum(f'found_on {_IN_YEAR}')}, {_sum(f'put_right_on {_IN_YEAR}')}, "
    f"{_sum('put_right_on IS NULL')} FROM inspection_fault WHERE {_STANDING}",
    f"SELECT count(*) FROM oversight_securityassessment WHERE {_STANDING} AND assessed_on {_IN_YEAR}",
    f"SELECT count(*) FROM oversight_operatorcheck WHERE {_STANDING} AND checked_on {_IN_YEAR}",
    f"SELECT count(*) FROM oversight_trainingsession WHERE {_STANDING} AND held_on {_IN_YEAR}",
)


def count(agency: int, year: int) -> dict[Cell, int | Decimal]:
    """The cells of the year that are not nothing, after asking for everything the report tells."""
    given = {"agency": agency, "first": date(year, 1, 1), "last": date(year, 12, 31)}
    with connection.cursor() as cursor:
        for statement in _TEXT:
            _rows(cursor, statement, given)
        return {
            **_applications(cursor, given),
            **_remedies(cursor, given),
            **_documents(cursor, given),
            **_acts(cursor, given),
        }


def _rows(cursor: Any, statement: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    cursor.execute(statement, given)
    return list(cursor.fetchall())


def _applications(cursor: Any, given: dict[str, Any]) -> Counter[Cell]:
    found: Counter[Cell] = Counter()
    for row, condition in _BY_KIND.items():
        statement = f"SELECT applicant_kind, count(*) {_APPLICATIONS} AND {condition} GROUP BY 1"
        for kind, number in _rows(cursor, statement, given):
            _add(found, (row,), kind, number)
    statement = (
        f"SELECT outcome, applicant_kind, count(*) {_APPLICATIONS} AND closed_on {_IN_YEAR} GROUP BY 1, 2"
    )
    for outcome, kind, number in _rows(cursor, statement, given):
        _add(found, (outcome, "total"), kind, number)
    return found


def _add(found: Counter[Cell], rows: tuple[str, ...], kind: str, number: int) -> None:
    for row in rows:
        found["applications", row, kind] += number
        found["applications", row, "total"] += number


def _remedies(cursor: Any, given: dict[str, Any]) -> dict[Cell, int]:
    rows = _rows(cursor, f"SELECT {_REMEDIES} FROM remedies_reconsideration WHERE {_STANDING}", given)
    groups = {"reconsideration": rows[0]}
    statement = (
        f"SELECT kind, {_REMEDIES} FROM remedies_litigation WHERE {_STANDING} "
        "AND NOT only_as_reconsideration_body GROUP BY 1"
    )
    groups |= {row[0]: row[1:] for row in _rows(cursor, statement, given)}
    return {
        ("remedies", group, column): number
        for group, numbers in groups.items()
        for column, number in zip(_REMEDY_COLUMNS, numbers, strict=True)
    }


def _documents(cursor: Any, given: dict[str, Any]) -> dict[Cell, int]:
    statement = f"SELECT kind, {_DOCUMENTS} FROM catalogue_normativedocument WHERE {_STANDING} GROUP BY 1"
    return {
        ("proactive", row[0], column): number
        for row in _rows(cursor, statement, given)
        for column, number in zip(_DOCUMENT_COLUMNS, row[1:], strict=True)
    }


def _acts(cursor: Any, given: dict[str, Any]) -> dict[Cell, int | Decimal]:
    found: dict[Cell, int | Decimal] = {}
    for name in ("licence", "penalty", "compulsion"):
        statement = (
            f"SELECT count(*) FROM administrative_acts_{name} WHERE {_STANDING} AND decided_on {_IN_YEAR}"
        )
        found["proactive", name, "decisions"] = _rows(cursor, statement, given)[0][0]
    statement = (
        "SELECT coalesce(sum(CAST(round(amount * 100) AS bigint)), 0) FROM administrative_acts_charge "
        f"WHERE {_STANDING} AND collected_on {_IN_YEAR}"
    )
    fen = _rows(cursor, statement, given)[0][0]
    found["proactive", "charges", "amount_10k_yuan"] = Decimal(int(fen)) / 1_000_000
    return found
