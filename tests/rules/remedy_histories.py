"""案例表里的经过. “2026-03-02 立案；2026-03-20 一审裁判：驳回诉讼请求，收到2026-03-25” as events of the rules."""

import re
from collections.abc import Iterator
from datetime import date

from gongkai.rules.remedy_cases.decisions import CourtDecision, OnAppeal, ReconsiderationDecision
from gongkai.rules.remedy_cases.events import Event, Kind, Track

TRACKS = {track.label: track for track in Track}
# 同一名称在两条路上各有一种；二审裁判另有三种结果。
LABELS = {
    Track.RECONSIDERATION: {each.meaning.label: each.value for each in ReconsiderationDecision},
    Track.LITIGATION: {
        **{each.meaning.label: each.value for each in CourtDecision},
        **{each.label: each.value for each in OnAppeal},
    },
}


def events(text: str, track: Track) -> Iterator[Event]:
    """The steps of one cell, in the order in which they are written."""
    for step in filter(None, text.split("；")):
        on, rest = step.strip().split(" ", 1)
        head, *details = rest.split("，")
        name, _, decision = head.partition("：")
        yield Event(
            kind=next(kind for kind in Kind if kind.name_on(track) == name),
            on=date.fromisoformat(on),
            decision=LABELS[track].get(decision, decision),
            until=_day(details, "至"),
            served_on=_day(details, "收到"),
            number=_number(details, r"第(\d+)次"),
            working_days=_number(details, r"限(\d+)个工作日"),
            by_us="我方" in details,
        )


def _day(details: list[str], lead: str) -> date | None:
    found = next((each for each in details if re.match(rf"{lead}\d", each)), None)
    return date.fromisoformat(found.removeprefix(lead)) if found else None


def _number(details: list[str], pattern: str) -> int | None:
    found = next((match for each in details if (match := re.fullmatch(pattern, each))), None)
    return int(found[1]) if found else None
