"""检索的速度. P3: 200,000 invented items with attachments' text, asked by words of three frequencies, judged by a scan."""

import random
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate

from django.db import connections, transaction

from bench.figure import Figure, duration, must_be_none, timed
from gongkai.config.router import public_database
from gongkai.portal.models import SearchEntry
from gongkai.portal.search import engines, entries, excerpts, finding, places
from gongkai.portal.search.query import Query, read

ROWS = 200_000
DATA = "公众侧20万条虚构信息：正文约350字，四分之一另有约1,000字的附件；检索词按出现多少分三档"
_BATCH = 1_000
_BEGIN = datetime(2010, 1, 1, tzinfo=UTC)
_COLUMNS = tuple(f"column-{number}" for number in range(40))
_SORTS = ("动态信息", "通知公告", "政策文件", "行政许可", "行政处罚", "财政信息")
_EACH = 40  # words of each frequency


def figures() -> Iterator[Figure]:
    words = _vocabulary()
    _fill(words)
    queries = _queries(words)
    limits = {"sqlite": (0.005, 0.060), "postgresql": (0.012, 0.160)}[connections[public_database()].vendor]
    everything = [query for group in queries.values() for query in group]
    yield _speed("P3 前20条，按时间（全部检索词）", finding.newest, everything, p50=0.005, p99=0.060)
    yield _speed(
        "P3 前20条，按相关度（全部检索词）", finding.most_relevant, everything, p50=limits[0], p99=limits[1]
    )
    for name, group in queries.items():
        yield _speed(f"　按时间：{name}", finding.newest, group)
        yield _speed(f"　按相关度：{name}", finding.most_relevant, group)
    filtered = partial(finding.newest, filters=finding.Filters(year=2012, sort="政策文件"))
    yield _speed("　按时间，筛选年份和种类", filtered, everything)
    yield _speed("　结果数和筛选项（最多数1,000条）", finding.survey, everything)
    yield _speed(
        "　一页摘录", lambda query: excerpts.excerpts(finding.newest(query).entries, query), everything
    )
    yield from _recall(queries)
    yield _withdrawing(words)


def _vocabulary() -> list[str]:
    """Words of two to four characters, made of the 2,500 first characters; early words are frequent ones."""
    pick = random.Random(3)
    characters = [chr(code) for code in range(0x4E00, 0x9FA5) if chr(code).encode("gb2312", "ignore")][:2500]
    return ["".join(pick.choices(characters, k=pick.choice((2, 2, 2, 3, 4)))) for _ in range(20_000)]


def _fill(words: Sequence[str]) -> None:
    """Indexed as the rebuilding does it, in batches; gone on with where it was interrupted."""
    if places.numbers_are_older():
        entries.clear()
    done = SearchEntry.objects.count()
    if done >= ROWS:
        return
    sys.stderr.write(f"  造数据：{ROWS}条检索条目，已有{done}条……\n")
    cumulative = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    for begin in range(done, ROWS, _BATCH):
        with transaction.atomic(using=public_database()):
            entries.index_new(
                _item(number, partial(_text, words, cumulative, random.Random(number)))
                for number in range(begin, begin + _BATCH)
            )
    with connections[public_database()].cursor() as cursor:
        cursor.execute("ANALYZE")


def _text(words: Sequence[str], cumulative: Sequence[float], pick: random.Random, length: int) -> str:
    chosen = pick.choices(words, cum_weights=cumulative, k=length)
    return "".join(word + ("，" if number % 7 == 6 else "") for number, word in enumerate(chosen))


def _item(number: int, text: Callable[[int], str]) -> entries.Findable:
    year = 2010 + number * 14 // ROWS
    attached = text(400) if number % 4 == 0 else ""
    return entries.Findable(
        kind="item",
        key=f"bench-{number}",
        version=1,
        title=text(8)[:60],
        text=text(140),
        url=f"/items/bench-{number}/",
        released_at=_BEGIN + timedelta(minutes=35 * number),
        year=year,
        columns=[_COLUMNS[number % len(_COLUMNS)]],
        sort=_SORTS[number % len(_SORTS)],
        validity="有效" if number % 3 == 0 else "",
        document_number=f"示发〔{year}〕{number % 997 + 1}号" if number % 3 == 0 else "",
        index_number=f"000000000/{year}-{number:06}",
        attachments=[("附件.pdf", attached)] if attached else [],
    )


def _queries(words: Sequence[str]) -> dict[str, list[Query]]:
    pick = random.Random(5)
    two = [word for word in words if len(word) == 2]
    long = [word for word in words if len(word) > 2]
    return {
        "两字词，常见": [read(word) for word in two[:_EACH]],
        "两字词，一般": [read(word) for word in two[500 : 500 + _EACH]],
        "两字词，少见": [read(word) for word in two[-_EACH:]],
        "三四字词": [
            read(word) for word in (*long[: _EACH // 2], *long[400 : 400 + _EACH // 4], *long[-_EACH // 4 :])
        ],
        "两个词": [read(" ".join(pick.sample(two[:300], 2))) for _ in range(_EACH)],
        "单字": [read(word[0]) for word in two[: _EACH // 2]],
        "文号": [read(f"示发[{year}]{number}号") for year in range(2010, 2024, 2) for number in (3, 500)],
        "没有的词": [read("".join(pick.sample(word, len(word)))) for word in long[: _EACH // 2]],
    }


def _speed(
    what: str, ask: Callable[[Query], object], queries: Sequence[Query], *, p50: float = 0, p99: float = 0
) -> Figure:
    for query in queries[:: max(1, len(queries) // 20)]:
        ask(query)  # warm
    times = sorted(timed(partial(ask, query)) for query in queries)
    middle, slow = statistics.median(times), times[int(len(times) * 0.99)]
    return Figure(
        what=what,
        measured=f"{duration(middle)} / {duration(slow)}",
        target=f"≤ {duration(p50)} / {duration(p99)}" if p50 else "—",
        met=middle <= p50 and slow <= p99 if p50 else None,
        beside=f"{len(queries)}个检索式，p50 / p99",
    )


def _recall(queries: dict[str, list[Query]]) -> Iterator[Figure]:
    """Against a reading of every text."""
    asked = [query for group in queries.values() for query in group[::5]]
    wanted: dict[str, set[int]] = {query.text: set() for query in asked}
    for number, folded in SearchEntry.objects.values_list("pk", "folded").iterator(chunk_size=2_000):
        for query in asked:
            if all(word.needle in folded for word in query.words):
                wanted[query.text].add(number)
    missed = superfluous = 0
    for query in asked:
        found = set(finding._numbers(query, filters=finding.NO_FILTERS, below=None, count=ROWS))
        missed += len(wanted[query.text] - found)
        superfluous += len(found - wanted[query.text])
    total = sum(map(len, wanted.values()))
    yield must_be_none(
        "P3 没找到的（召回率1.000）", missed, beside=f"{len(asked)}个检索式，逐条扫描应有{total:,}条"
    )
    yield must_be_none("P3 多找到的（准确率1.000）", superfluous)


def _withdrawing(words: Sequence[str]) -> Figure:
    """Gone with the transaction; what it takes is told. The item is put back."""
    number, engine = ROWS - 1, engines.of_this_database()
    query = read(f"000000000/2023-{number:06}")
    with transaction.atomic(using=public_database()):
        took = timed(lambda: entries.remove("item", f"bench-{number}"))
        left = [part for part in engine.numbers(engines.Question(query.words), below=None, batch=5) if part]
        transaction.set_rollback(True, using=public_database())
    return must_be_none("P3 撤下后还能找到的", len(left), beside=f"移出检索用{duration(took)}")
