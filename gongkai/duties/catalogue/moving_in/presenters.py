"""怎么说. A digest as people compare it, twelve figures in place of sixty-four letters and figures; the comparison as rows."""

from collections.abc import Iterator

from gongkai.duties.catalogue.moving_in.models import Batch
from gongkai.duties.catalogue.moving_in.reconciliation import lines

_FIGURES = 12


def code_of(digest: str) -> str:
    """核对码 of a SHA-256: equal digests give equal codes; two different ones hardly ever do.

    >>> code_of("ff" * 32), code_of("")
    ('9131 2963 9935', '')
    """
    if not digest:
        return ""
    figures = f"{int(digest, 16) % 10**_FIGURES:0{_FIGURES}d}"
    return " ".join(figures[at : at + 4] for at in range(0, _FIGURES, 4))


def in_groups(digest: str) -> str:
    """A digest in groups of eight, so that it can be read out and breaks on a phone.

    >>> in_groups("0123456789abcdef")
    '01234567 89abcdef'
    """
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def rows(batch: Batch) -> Iterator[list[str]]:
    """对账清单: the heads, then every item with both digests in full."""
    yield [
        "位置",
        "标题",
        "来源栏目",
        "原发布日期",
        "原网址",
        "状态",
        "来源摘要（SHA-256）",
        "收到摘要（SHA-256）",
        "对账结果",
    ]
    for line in lines(batch):
        day = line.published_on.isoformat() if line.published_on else ""
        told = [line.place, line.title, line.column, day, line.address, line.standing]
        yield [*told, line.digest, line.received_digest, line.difference or "一致"]
