"""旧站迁入的动作. A batch at each stage, without the person of the act."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from django.utils import timezone

from gongkai.duties.catalogue.moving_in import actions
from gongkai.duties.catalogue.moving_in.actions.releasing import confirm
from gongkai.duties.catalogue.moving_in.models import Batch
from gongkai.duties.catalogue.moving_in.together import digest_of_stored
from gongkai.outbox.models import OutboxItem
from tests.duties.catalogue.editorial import Editorial
from tests.duties.catalogue.moving_in import sources

Do = Callable[..., Any]


def previewing(office: Editorial) -> Do:
    return partial(actions.preview, name="示例旧网站", file="旧站.xlsx", data=BytesIO(sources.table()))


def mapping(office: Editorial) -> Do:
    batch = sources.previewed(office)
    return partial(actions.map_columns, batch, mapping=batch.mapping)


def discarding(office: Editorial) -> Do:
    return partial(actions.discard, sources.previewed(office))


def moving_in(office: Editorial) -> Do:
    return partial(actions.move_in, sources.previewed(office))


def submitting(office: Editorial) -> Do:
    return partial(actions.submit, sources.moved_in(office))


def reviewing(office: Editorial) -> Do:
    batch = sources.submitted(office)
    return partial(actions.review, batch, seen=digest_of_stored(batch))


def signing(office: Editorial) -> Do:
    batch = sources.reviewed(office, sources.submitted(office))
    return partial(actions.sign, batch, seen=digest_of_stored(batch))


def sending_back(office: Editorial) -> Do:
    return partial(actions.send_back, sources.submitted(office), opinion="请逐条核对")


def taking_out(office: Editorial) -> Do:
    entry = sources.submitted(office).entries.first()
    return partial(actions.take_out, entry, reason="涉及个人")


def releasing(office: Editorial) -> Do:
    return partial(actions.release, _signed(office))


def publishing(office: Editorial) -> Do:
    """The public side's answer to one task of a batch."""
    actions.release(_signed(office), by=office.clerk)
    payload = OutboxItem.objects.filter(kind="moving_in.release").get().payload
    answer = {"released_at": timezone.now().isoformat(), "url": "/items/1/", "withdrawn": False}
    answers = dict.fromkeys(payload["versions"], answer)
    answered = partial(confirm, payload, {"answers": answers, "refused": {}})
    return lambda *, by: answered()


def _signed(office: Editorial) -> Batch:
    return sources.signed(office, sources.submitted(office))
