"""公众侧的清单和检索随数量增长. P2: a column list at any depth; P14: what ten times as many items cost.

Two public databases stand side by side, of 100,000 and of 1,000,000 items, made by bulk inserts as the release would
have left them. Pages are asked of the portal's own addresses and middleware; each list page at a place of its own, so
that none comes from memory.
"""

import random
import statistics
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from bench.figure import Figure, duration, timed
from gongkai.config.router import public_database
from gongkai.portal import queries, release
from gongkai.portal.models import ItemInColumn, PublishedColumn, PublishedItem
from gongkai.portal.search import entries, finding
from gongkai.portal.search.query import read
from tests.portal.office import COLUMNS, SITE
from tests.portal.settings import PORTAL_SETTINGS

SMALL, LARGE = 100_000, 1_000_000
DATA = "公众侧10万条和100万条虚构信息，四分之一在同一栏目；检索条目只有标题和一句话"
P50, P99, MOST_QUERIES = 0.005, 0.030, 3
MOST_GROWTH = 1.20
_ASKED = 200  # pages of each kind, each at a place of its own
_BATCH = 5_000
_BEGIN = datetime(2010, 1, 1, tzinfo=UTC)
_WORDS = ("公告", "方案", "工程", "防空", "预算", "许可", "通报", "演练", "人防", "验收")


def figures() -> Iterator[Figure]:
    found: dict[str, list[float]] = {}
    for rows in (SMALL, LARGE):
        _use(rows)
        _fill(rows)
        column = PublishedColumn.objects.get(slug=COLUMNS[1].slug)
        with override_settings(**PORTAL_SETTINGS):
            yield from _measured(rows, column, found)
    for what, (small, large) in found.items():
        yield Figure(
            what=f"P14 {what}：10万条到100万条",
            measured=f"{large / small:.2f} 倍",
            target=f"≤ {MOST_GROWTH:.2f} 倍",
            met=large <= small * MOST_GROWTH,
            beside=f"{duration(small)} → {duration(large)}",
        )
    _use(0)


def _measured(rows: int, column: PublishedColumn, found: dict[str, list[float]]) -> Iterator[Figure]:
    client = Client(HTTP_HOST="127.0.0.1")
    places, items = _places(column), _items()
    pick = random.Random(rows)
    asked: dict[str, Callable[[], object]] = {
        "栏目清单，任意深度": lambda: client.get(f"{column.get_absolute_url()}?after={pick.choice(places)}"),
        "信息页": lambda: client.get(f"/items/{pick.choice(items)}/"),
        "检索，按时间的前20条": lambda: finding.newest(read(pick.choice(_WORDS))),
    }
    for what, ask in asked.items():
        ask()  # what every page shows is read once for each public change
        with CaptureQueriesContext(connections[public_database()]) as captured:
            ask()
        asked_of_database = len(captured.captured_queries)  # the next request forgets them
        for _ in range(10):
            ask()  # warm
        times = sorted(timed(ask) for _ in range(_ASKED))
        middle, slow = statistics.median(times), times[int(_ASKED * 0.99)]
        found.setdefault(what, []).append(middle)
        is_list = what.startswith("栏目")
        yield Figure(
            what=f"{'P2 ' if is_list else ''}{rows // 10_000}万条：{what}",
            measured=f"{duration(middle)} / {duration(slow)}",
            target=f"≤ {duration(P50)} / {duration(P99)}，≤ {MOST_QUERIES}次" if is_list else "—",
            met=middle <= P50 and slow <= P99 and asked_of_database <= MOST_QUERIES if is_list else None,
            beside=f"p50 / p99；{asked_of_database}次查询",
        )


def _places(column: PublishedColumn) -> list[str]:
    """Places all over the column, as the links between its pages bear them."""
    of_column = ItemInColumn.objects.filter(column=column).order_by("-listed_at", "-item")
    known = list(of_column.values_list("listed_at", "item"))
    return [queries.written_place(*each) for each in known[:: max(1, len(known) // (_ASKED * 4))]]


def _items() -> list[str]:
    keys = PublishedItem.objects.order_by("pk").values_list("key", flat=True)
    step = max(1, PublishedItem.objects.count() // (_ASKED * 4))
    return list(islice(keys.iterator(chunk_size=10_000), 0, None, step))


def _use(rows: int) -> None:
    """Turn the public connection to the database of so many items; 0: back to the usual one."""
    connection = connections[public_database()]
    settings = connection.settings_dict
    kept = settings.setdefault("FIRST_NAME", str(settings["NAME"]))
    connection.close()
    if not rows:
        settings["NAME"] = kept
    elif connection.vendor == "sqlite":
        settings["NAME"] = kept.replace("public.", f"public-{rows}.")
    else:
        settings["NAME"] = f"{kept}_{rows}"
        _create(connection, settings["NAME"], beside=kept)
    call_command("migrate", database=public_database(), verbosity=0)


def _create(connection: BaseDatabaseWrapper, name: str, *, beside: str) -> None:
    """A PostgreSQL database of this name, made over the connection of the usual one."""
    connection.settings_dict["NAME"] = beside
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    connection.settings_dict["NAME"] = name


def _fill(rows: int) -> None:
    done = PublishedItem.objects.count()
    if done >= rows:
        return
    sys.stderr.write(f"  造数据：公众侧{rows}条（{connections[public_database()].vendor}），已有{done}条……\n")
    if not done:
        release.put_site(SITE)
        for payload in COLUMNS:
            release.put_column(payload)
    columns = list(PublishedColumn.objects.order_by("pk"))
    for begin in range(done, rows, _BATCH):
        with transaction.atomic(using=public_database()):
            _batch(range(begin, min(begin + _BATCH, rows)), columns)
    with connections[public_database()].cursor() as cursor:
        cursor.execute("ANALYZE")


def _batch(numbers: range, columns: list[PublishedColumn]) -> None:
    items = PublishedItem.objects.bulk_create(_item(number, _column(number, columns)) for number in numbers)
    ItemInColumn.objects.bulk_create(
        ItemInColumn(item=item, column_id=item.main_column_id, listed_at=item.listed_at) for item in items
    )
    entries.index_new(_findable(number, item) for number, item in zip(numbers, items, strict=True))


def _column(number: int, columns: list[PublishedColumn]) -> PublishedColumn:
    """Every fourth item in the column that is asked for, the others all over the site."""
    return columns[1] if number % 4 == 0 else columns[number % len(columns)]


def _item(number: int, column: PublishedColumn) -> PublishedItem:
    at = _BEGIN + timedelta(minutes=8 * number)
    return PublishedItem(
        version=1,
        released_at=at,
        changed_at=at,
        listed_at=at,
        key=f"{number:020x}",
        index_number=f"000000000/{at.year}-{number:07}",
        title=f"关于第{number}项{_word(number)}工作的通知",
        kind="通知公告",
        document_number=f"示发〔{at.year}〕{number}号",
        issued_by=SITE.agency_name,
        main_column=column,
        html=f"<p>现将第{number}项{_word(number)}工作的情况公布如下。</p>",
    )


def _findable(number: int, item: PublishedItem) -> entries.Findable:
    return entries.Findable(
        kind="item",
        key=item.key,
        version=1,
        title=item.title,
        text=f"现将第{number}项{_word(number)}工作的情况公布如下。",
        url=f"/items/{item.key}/",
        released_at=item.released_at,
        year=item.released_at.year,
        columns=[item.main_column.slug],
        sort=item.kind,
        validity="",
        document_number=item.document_number,
        index_number=item.index_number,
        attachments=[],
    )


def _word(number: int) -> str:
    return _WORDS[number % len(_WORDS)]
