"""发布之后的变化. "Published 1, today 2, because of …": figures whose records changed after they were frozen (N4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime

from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.freezing import unpack
from gongkai.annual_report.models import Edition, FrozenFigure
from gongkai.registers.figures import Number
from gongkai.registers.models import Change

_SHOWN = 50  # records named for one figure


@dataclass(frozen=True, slots=True)
class Cause:
    """原因: one record that is counted now and was not, or the other way round, and what was done to it."""

    record: str
    added: bool
    why: str

    @property
    def text(self) -> str:
        return f"{'多计' if self.added else '少计'}{self.record}：{self.why}"


@dataclass(frozen=True, slots=True)
class Difference:
    """一个数的变化."""

    label: str
    key: str
    published: Decimal
    today: Decimal
    causes: tuple[Cause, ...]

    @property
    def text(self) -> str:
        because = "；".join(cause.text for cause in self.causes) or "所计记录的金额有更正"
        return f"{self.label}：发布时{self.published.normalize():f}，今天{self.today.normalize():f}，因为{because}。"


def differences(edition: Edition, compiled: Compiled) -> tuple[Difference, ...]:
    """Every frozen figure whose value is another today. Records are looked into only where a number differs."""
    return tuple(_found(edition, compiled))


def _found(edition: Edition, compiled: Compiled) -> Iterator[Difference]:
    for frozen in edition.figures.order_by("pk").defer("records"):
        today = _today(frozen, compiled)
        if frozen.value != today:
            causes = tuple(_causes(frozen, edition, compiled))
            yield Difference(frozen.label, frozen.key, frozen.value, Decimal(today), causes)


def _today(frozen: FrozenFigure, compiled: Compiled) -> Number:
    try:
        return compiled.value_of(frozen.key)
    except KeyError:  # a column that has no items of the year any more
        return 0


def _causes(frozen: FrozenFigure, edition: Edition, compiled: Compiled) -> Iterator[Cause]:
    try:
        records = compiled.records_behind(frozen.key)
    except KeyError:
        return
    before, now = set(unpack(frozen.records)), set(records.values_list("pk", flat=True))
    everything = records.model._default_manager
    for added, keys in ((True, now - before), (False, before - now)):
        for entry in everything.filter(pk__in=sorted(keys)[:_SHOWN]):
            yield Cause(str(entry), added, _why(entry, since=edition.approved_at))


def _why(entry: Any, *, since: datetime | None) -> str:
    """What was recorded about the entry after the figure was frozen."""
    if since is None or entry.recorded_at > since:
        return f"定稿后于{localtime(entry.recorded_at):%Y-%m-%d}登记"
    change = (
        Change.objects.filter(
            record_kind=entry._meta.label_lower, record_id=entry.public_id, recorded_at__gt=since
        )
        .order_by("-pk")
        .first()
    )
    if change is None:
        return "定稿后办理情况有变化"
    fields = "，".join(f"{line['label']}由“{line['from']}”改为“{line['to']}”" for line in change.fields)
    said = f"{change.get_kind_display()}" + (f"（{fields}）" if fields else "")
    return f"{localtime(change.recorded_at):%Y-%m-%d}{said}，原因：{change.reason}"
