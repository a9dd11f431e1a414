"""清单的速度. P4: whole pages of a register through the desk's own address, session and templates included."""

import base64
import json
import statistics
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import offices
from bench.figure import Figure, duration, timed
from gongkai.agencies.models import Agency
from gongkai.duties.applications.models import Application
from gongkai.duties.catalogue.models import InformationItem
from tests.factories.people import enter

DATA = "一个单位的信息台账和申请台账各10万行、各100万行；整页计时，含会话、权限和模板"
RUNS = 9
LIMIT, MOST_QUERIES = 0.1, 15


def figures() -> Iterator[Figure]:
    for use, rows in ((offices.small, offices.SMALL), (offices.large, offices.LARGE)):
        use()
        agency = Agency.objects.get(name=offices.neighbour_name(rows))
        reader = enter(Client(SERVER_NAME="127.0.0.1"), offices.clerk(agency))
        for name, address in _pages(agency, rows):
            yield measured(f"P4 {rows // 10_000}万行 {name}", partial(reader.get, address))
        writer = enter(Client(SERVER_NAME="127.0.0.1"), offices.with_versions(agency))
        for name, address in _versions():
            yield measured(f"P4 {rows // 10_000}万行 {name}", partial(writer.get, address))


def _pages(agency: Agency, rows: int) -> Iterator[tuple[str, str]]:
    items, cases = "/registers/items/", "/registers/applications/"
    yield "信息：首页", items
    yield "信息：筛选没有记录的一年", f"{items}?show=2026"
    yield "信息：筛选栏目", f"{items}?show=main_column-0"
    yield "信息：查文号", f"{items}?q={quote('示发〔2023〕4999号')}"
    yield "信息：查标题中的字", f"{items}?q={quote('第49999项')}"
    yield "信息：翻到一半", f"{items}?after={_middle(InformationItem, agency, 'published_on', rows)}"
    yield "申请：首页", cases
    yield "申请：筛选状态", f"{cases}?show=status-1"
    yield "申请：翻到一半", f"{cases}?after={_middle(Application, agency, 'received_on', rows)}"


def _versions() -> Iterator[tuple[str, str]]:
    """What is on its way and what is out."""
    items = reverse("catalogue:items")
    yield "信息发布：首页", items
    yield "信息发布：等我办", f"{items}?show=waiting"
    yield "信息发布：办理中", f"{items}?show=open"
    yield "信息发布：已发布", f"{items}?show=published"
    yield "信息发布：查文号", f"{items}?q={quote('示发〔2023〕4999号')}"
    yield "信息发布：查标题中的字", f"{items}?q={quote('第49999项')}"


def _middle(model: Any, agency: Agency, day: str, rows: int) -> str:
    """The mark of the middle row, as the address of a next page bears it: its day and number."""
    found = model.objects.filter(agency=agency).order_by(f"-{day}", "-pk").values_list(day, "pk")
    middle = found[rows // 2]
    return base64.urlsafe_b64encode(json.dumps([str(each) for each in middle]).encode()).decode().rstrip("=")


def measured(name: str, ask: Callable[[], Any]) -> Figure:
    with CaptureQueriesContext(connection) as asked:
        answer = ask()
    queries = list(asked.captured_queries)  # the next request forgets them
    assert answer.status_code == 200, (name, answer.status_code)
    times = sorted(timed(ask) for _ in range(RUNS))
    p50 = statistics.median(times)
    slowest = max(float(query["time"]) for query in queries)
    return Figure(
        what=name,
        measured=duration(p50),
        target="≤ 100 ms，≤ 15次",
        met=p50 <= LIMIT and len(queries) <= MOST_QUERIES,
        beside=f"{len(queries)}次查询，其中最慢的{slowest * 1000:.0f} ms；最慢一页{duration(times[-1])}",
    )
