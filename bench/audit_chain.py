"""审计链的速度. Entries appended one a transaction, as business does, and a chain of 100,000 proved."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection, transaction

from bench.figure import RUNS, Figure, median, must_be_none, timed
from gongkai.audit.models import Entry
from gongkai.audit.proof import prove
from gongkai.audit.record import record

DATA = f"至少10万条审计记录，摘要算法{settings.AUDIT_ALGORITHM.upper()}"
ENTRIES, APPENDED, AT_ONCE = 100_000, 200, 5_000


def figures() -> Iterator[Figure]:
    while (kept := Entry.objects.count()) < ENTRIES:
        with transaction.atomic():
            for _ in range(min(AT_ONCE, ENTRIES - kept)):
                _append()
    alone = median(_durably, runs=RUNS) / APPENDED
    together = median(_in_one, runs=RUNS) / APPENDED
    bare = median(_bare, runs=RUNS) / APPENDED
    yield Figure(
        what="追加，每条一个落盘的事务",
        measured=f"{1 / alone:,.0f} 条/s",
        beside=f"同样多的空写事务{1 / bare:,.0f}次/s；同一事务中{1 / together:,.0f}条/s",
    )
    proofs = []
    seconds = timed(lambda: proofs.append(prove("default")))
    yield must_be_none("验证发现的不符之处", len(proofs[0].faults))
    yield Figure(
        what=f"验证{proofs[0].entries:,}条",
        measured=f"{proofs[0].entries / seconds:,.0f} 条/s",
        beside=f"只读出各条{proofs[0].entries / timed(_read):,.0f}条/s",
    )


def _append() -> None:
    record("bench.noted", by=None, subject="bench", detail={"rows": 1})


def _durably() -> None:
    for _ in range(APPENDED):
        with transaction.atomic():
            _append()


def _in_one() -> None:
    with transaction.atomic():
        for _ in range(APPENDED):
            _append()


def _bare() -> None:
    """One counter row, written in as many transactions: what the disk allows."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_counter (n integer)")
        cursor.execute("DELETE FROM bench_counter")
        cursor.execute("INSERT INTO bench_counter VALUES (0)")
    for _ in range(APPENDED):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE bench_counter SET n = n + 1")


def _read() -> None:
    for _ in Entry.objects.order_by("sequence").iterator(chunk_size=2000):
        pass
