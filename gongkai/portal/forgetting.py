"""撤下以后. Bytes that nothing published names any more leave the public side, whoever died before they did."""

from datetime import datetime

from gongkai.gateways.files import public_files
from gongkai.portal.models import PublishedFile
from gongkai.portal.turns import turn

_AT_ONCE = 100  # in one turn: a release waits no longer


def forget_unnamed(before: datetime) -> int:
    """Bytes that nothing published names and that are older than this leave too: a worker that died between a withdrawal
    and its forgetting left them. In turn; what is about to be named is newer, or is carried over again. How many."""
    count = 0
    store = public_files()
    named = set(PublishedFile.objects.values_list("sha256", flat=True))
    left = [name for name in store.names() if name not in named and store.written_before(name, before)]
    for start in range(0, len(left), _AT_ONCE):
        with turn():
            for sha256 in left[start : start + _AT_ONCE]:
                if not PublishedFile.objects.filter(sha256=sha256).exists():
                    store.remove(sha256)
                    count += 1
    return count
