"""造数据. Invented offices: one with 100,000 records of 2023 in every register, one with rows enough to be in its way.

Made with bulk_create and INSERT … SELECT, each office in one transaction: it stands whole or not at all.
"""

import random
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from django.core.management import call_command
from django.db import connection, connections, transaction

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.annual_report import actions as reports
from gongkai.annual_report.models import Edition
from gongkai.duties.administrative_acts.models import Charge, Compulsion, Licence, Penalty
from gongkai.duties.applications.models import (
    APPLICANT_KINDS,
    OUTCOMES,
    Application,
    ApplicationEvent,
)
from gongkai.duties.catalogue.models import Column, InformationItem, NormativeDocument, Version
from gongkai.duties.channels.models import ChannelAccount, Post
from gongkai.duties.inspection.models import Fault
from gongkai.duties.mailbox.models import Letter
from gongkai.duties.participation.models import CallForComments, Survey
from gongkai.duties.remedies.models import Litigation, Reconsideration
from gongkai.rules.annual_report_2021.counting import RemedyResult
from tests.factories.agencies import holding

YEAR = 2023
OFFICE = "示例市国防动员办公室"
SMALL, LARGE = 100_000, 1_000_000
# The records of the office, 100,000 in all; the events of its applications come on top.
COUNTS: dict[Any, int] = {
    InformationItem: 50_000, Application: 30_000, Licence: 8_000, Penalty: 2_000, Compulsion: 500, Charge: 1_500,
    Letter: 5_000, Reconsideration: 500, Litigation: 500, NormativeDocument: 300, Post: 500, Fault: 500,
    Survey: 350, CallForComments: 350,
}  # fmt: skip
_SEED_ROWS = 50_000
_OPEN_EACH, _OPEN_STAGES = 5_000, Version.OPEN


def neighbour_name(rows: int) -> str:
    return f"示例省{rows}行局"


def use(name: str) -> None:
    """Turn the desk's connection to another database of the same server: "" or "large"."""
    settings = connections["default"].settings_dict
    kept = settings.setdefault("FIRST_NAME", str(settings["NAME"]))
    connection.close()
    if connection.vendor == "sqlite":
        settings["NAME"] = kept.replace("desk.", f"desk-{name}.") if name else kept
    else:
        settings["NAME"] = f"{kept}_{name}" if name else kept


def small() -> Agency:
    """The office of 100,000 records beside a register of 100,000 rows of another agency."""
    use("")
    office = _made(OFFICE, _office)
    _made(neighbour_name(SMALL), lambda agency: _neighbour(agency, SMALL))
    return office


def large() -> Agency:
    """The same office beside 1,000,000 rows of another agency in each of two registers."""
    use("large")
    call_command("migrate", verbosity=0)
    office = _made(OFFICE, _office)
    _made(neighbour_name(LARGE), lambda agency: _neighbour(agency, LARGE))
    return office


def with_versions(agency: Agency) -> Person:
    """Each item of the agency with its published version, every 5,000th still on its way; and who drafts and heads."""
    author, reviewer, signatory = _writers(agency)
    if not Version.objects.filter(agency=agency).exists():
        sys.stderr.write(f"  造数据：{agency.name}的版本（{connection.vendor}）……\n")
        items = InformationItem.objects.filter(agency=agency).order_by("pk")
        rows = items.values_list("pk", "title", "document_number", "main_column").iterator(chunk_size=20_000)
        made = (
            Version(
                agency=agency,
                item_id=pk,
                title=title,
                document_number=document_number,
                main_column_id=column,
                author=author,
                reviewer=reviewer,
                signatory=signatory,
                content_hash="0" * 64,
                stage=_OPEN_STAGES[number // _OPEN_EACH % len(_OPEN_STAGES)]
                if number % _OPEN_EACH == 0
                else Version.Stage.PUBLISHED,
            )
            for number, (pk, title, document_number, column) in enumerate(rows)
        )
        with transaction.atomic():
            for batch in _batches(made):
                Version.objects.bulk_create(batch)
        _analyse()
    return author


def edition_of(agency: Agency) -> Edition:
    """The draft of the year's report."""
    return Edition.objects.select_related("report", "agency__predecessor").get(
        agency=agency, report__year=YEAR
    )


def _made(name: str, fill: Callable[[Agency], None]) -> Agency:
    found = Agency.objects.filter(name=name).first()
    if found:
        return found
    sys.stderr.write(f"  造数据：{name}（{connection.vendor}）……\n")
    with transaction.atomic():
        agency = Agency.objects.create(
            name=name, short_name=name[-4:], address="示例路1号", telephone="0000-0000000"
        )
        fill(agency)
    _analyse()
    return agency


def _analyse() -> None:
    """What PostgreSQL does by itself some minutes after such an import."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def clerk(agency: Agency) -> Person:
    return Person.objects.get(username=f"bench-{agency.pk}")


def _writers(agency: Agency) -> list[Person]:
    """Author, reviewer and signatory of every version; the author may draft and heads the section."""
    people = Person.objects.filter(agency=agency, username__startswith=f"bench-{agency.pk}-").order_by("pk")
    if not people:
        for place, name in enumerate(("起草示例", "审查示例", "签发示例")):
            Person.objects.create(agency=agency, username=f"bench-{agency.pk}-{place}", name=name)
        holding(people.all()[0], Power.DRAFT_ITEMS, Power.REVIEW_SECTION, Power.REVIEW_CONFIDENTIALITY)
    return list(people.all())


def hire(agency: Agency) -> Person:
    person = Person.objects.create(agency=agency, username=f"bench-{agency.pk}", name="示例承办")
    return holding(
        person,
        Power.KEEP_REGISTERS,
        Power.READ_REGISTERS,
        Power.EXPORT_REGISTERS,
        Power.COMPILE_REPORT,
        Power.EXPLAIN_FINDINGS,
    )


def _office(agency: Agency) -> None:
    pick = random.Random(2023)
    by = hire(agency)
    columns = _columns(agency)
    account = ChannelAccount.objects.create(agency=agency, name="示例国动", platform="weibo")
    for model in COUNTS:
        build = _BUILDERS.get(model)
        rows = (
            build(pick, agency, number, columns) if build else _simple(model, pick, agency, number, account)
            for number in range(COUNTS[model])
        )
        _keep(model, rows)
    _events(agency, pick)
    reports.start(year=YEAR, by=by)


def _neighbour(agency: Agency, rows: int) -> None:
    pick = random.Random(rows)
    hire(agency)
    columns = _columns(agency)
    for model in (InformationItem, Application):
        _keep(model, (_BUILDERS[model](pick, agency, number, columns) for number in range(_SEED_ROWS)))
        _multiply(model, agency, rows // _SEED_ROWS)


def _keep(model: Any, rows: Iterator[Any]) -> None:
    for batch in _batches(rows):
        for entry in batch:
            entry.derive()
        model.objects.bulk_create(batch)


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, 2_000)):
        yield batch


def _columns(agency: Agency) -> list[Column]:
    names = ("工作动态", "通知公告", "热点关注", "政策文件", "财政预决算", "其他信息")
    return [
        Column.objects.create(agency=agency, name=name, position=place) for place, name in enumerate(names)
    ]


def _day(pick: random.Random) -> date:
    return date(YEAR, 1, 1) + timedelta(days=pick.randint(0, 364))


def _item(pick: random.Random, agency: Agency, number: int, columns: list[Column]) -> InformationItem:
    return InformationItem(
        agency=agency,
        title=f"关于第{number}项工作的通知",
        published_on=_day(pick),
        main_column=pick.choice(columns),
        document_number=f"示发〔2023〕{number}号",
        index_number=f"SL-{agency.pk}-{number:08d}",
    )


def _application(pick: random.Random, agency: Agency, number: int, columns: list[Column]) -> Application:
    received = date(YEAR - 1, 11, 15) + timedelta(days=pick.randint(0, 410))
    ended = pick.random() < 0.95 and received < date(YEAR, 12, 20)
    return Application(
        agency=agency,
        register_number=f"〔2023〕{number}号",
        applicant_kind=pick.choice(APPLICANT_KINDS)[0],
        channel=pick.choice(("in_person", "online", "registered_post")),
        received_on=received,
        due_on=received + timedelta(days=28),
        status="closed" if ended else "handling",
        outcome=pick.choice(OUTCOMES)[0] if ended else "",
        closed_on=received + timedelta(days=pick.randint(1, 28)) if ended else None,
    )


def _simple(model: Any, pick: random.Random, agency: Agency, number: int, account: ChannelAccount) -> Any:
    """One valid record of a register that has no more to choose."""
    day = _day(pick)
    shared: dict[Any, dict[str, Any]] = {
        Licence: _decision("许", number, day),
        Penalty: _decision("罚", number, day),
        Compulsion: _decision("强", number, day),
        Charge: {"item": "易地建设费", "voucher_number": f"{number:08d}", "collected_on": day, "amount": Decimal(number) / 100 + 1},
        Letter: {"number": f"信{number}", "title": "咨询", "received_on": day, "replied_on": day + timedelta(days=3)},
        Reconsideration: {"case_number": f"示复〔2023〕{number}号", "accepted_on": day, **_decided(pick, day)},
        Litigation: {
            "case_number": f"（2023）示行初{number}号", "accepted_on": day,
            "kind": pick.choice([kind.value for kind in Litigation.Kind]), **_decided(pick, day),
        },
        NormativeDocument: {"title": f"示例市第{number}号办法", "document_number": f"示规〔2023〕{number}号", "issued_on": day},
        Post: {"account": account, "text": f"公告{number}", "posted_on": day},
        Fault: {"kind": Fault.Kind.DEAD_LINK, "place": f"第{number}页", "found_on": day, "put_right_on": day},
        Survey: {"title": f"问卷{number}", "opened_on": day},
        CallForComments: {"title": f"征求意见{number}", "opened_on": day},
    }  # fmt: skip
    return model(agency=agency, **shared[model])


def _decision(word: str, number: int, day: date) -> dict[str, Any]:
    return {
        "number": f"示{word}〔2023〕{number}号",
        "name": "防空地下室审批",
        "decided_on": day,
        "counterpart": f"示例{number}公司",
    }


def _decided(pick: random.Random, day: date) -> dict[str, Any]:
    if pick.random() < 0.1:
        return {}
    return {
        "decided_on": day + timedelta(days=40),
        "result": pick.choice([result.value for result in RemedyResult if result != "not_accepted"]),
    }


def _events(agency: Agency, pick: random.Random) -> None:
    """Received and answered; a tenth also extended, as a fold of them would have left the columns."""
    cases = Application.objects.filter(agency=agency).order_by("pk").iterator(chunk_size=2_000)
    for batch in _batches(iter(cases)):
        ApplicationEvent.objects.bulk_create(
            event for application in batch for event in _events_of(application, pick)
        )


def _events_of(application: Application, pick: random.Random) -> Iterator[ApplicationEvent]:
    def event(kind: str, on: date, **more: Any) -> ApplicationEvent:
        return ApplicationEvent(
            agency_id=application.agency_id, application=application, kind=kind, happened_on=on, **more
        )

    yield event("received", application.received_on)
    if application.outcome in ("other_fee_unpaid",):
        yield event("fee_noticed", application.received_on)
    elif application.outcome in ("other_not_corrected", "unavailable_still_unclear"):
        yield event("correction_asked", application.received_on)
    if application.closed_on:
        yield event("replied", application.closed_on, outcome=application.outcome)


_BUILDERS: dict[Any, Callable[[random.Random, Agency, int, list[Column]], Any]] = {
    InformationItem: _item,
    Application: _application,
}
_NUMBERED: dict[Any, tuple[str, ...]] = {
    InformationItem: ("title", "document_number", "index_number"),
    Application: ("register_number",),
}


def _multiply(model: Any, agency: Agency, times: int) -> None:
    """Each row ``times`` times, with numbers of its own."""
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    random_id = (
        "lower(hex(randomblob(10)))"
        if connection.vendor == "sqlite"
        else "substr(md5(random()::text || clock_timestamp()::text), 1, 20)"
    )
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {table} WHERE agency_id = %s", [agency.pk])
        last = cursor.fetchone()[0]
        for turn in range(1, times):
            values = [
                random_id
                if name == "public_id"
                else f"{quote(name)} || '-{turn}'"
                if name in _NUMBERED[model]
                else quote(name)
                for name in columns
            ]
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(map(quote, columns))}) SELECT {', '.join(values)} "
                f"FROM {table} WHERE agency_id = %s AND id <= %s",
                [agency.pk, last],
            )
