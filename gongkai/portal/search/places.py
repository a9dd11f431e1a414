"""排列的位置. The number of an entry tells the time its reader is shown, so that newest first is its order.

What an old site published years ago then stands in those years, whenever it was moved in. Things of one moment
stand in the order in which they were released.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.db.models import Max

from gongkai.portal.search.models import SearchEntry

BITS = 20  # about a million things of one second have numbers of their own; what is more stands in the next second
_BEGIN, _EARLIEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(1901, 1, 1, tzinfo=UTC)
# Numbers were counted from 1 before they told the time; none of now is as small.
SMALLEST = 1 << 40


def places(moments: Iterable[datetime]) -> Iterator[int]:
    """A free number for each moment, in the order given."""
    last: dict[int, int] = {}
    for moment in moments:
        first = _first_of(moment)
        if first not in last:
            last[first] = _highest_in(first)
        last[first] += 1
        yield last[first]


def numbers_are_older() -> bool:
    """Whether entries stand there whose numbers do not tell the time."""
    return SearchEntry.objects.filter(pk__lt=SMALLEST).exists()


def _first_of(moment: datetime) -> int:
    return int((max(moment, _EARLIEST) - _BEGIN).total_seconds()) << BITS


def _highest_in(first: int) -> int:
    taken = SearchEntry.objects.filter(pk__gte=first, pk__lt=first + (1 << BITS)).aggregate(last=Max("pk"))
    return taken["last"] or first - 1
