"""遮盖的写法. How boxes, grounds and pages are worded on screen and on paper."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from gongkai.agencies.models import Person
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.redaction.box import Origin
from gongkai.rules.regulations_2019.withholding import GROUND_BY_KEY

_POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class BoxRow:
    """一个框: its place in points for drawing, in millimetres for people."""

    id: str
    number: int
    page: int
    left: float
    top: float
    width: float
    height: float
    place: str
    ground: str
    basis: str
    origin: str
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """一页的情况."""

    number: int
    boxes: int
    scanned: bool


def box_rows(job: RedactionJob, *, page: int = 0) -> list[BoxRow]:
    """All boxes, numbered through the file, or those of one page."""
    names = dict(Person.objects.filter(public_id__in=job.drawers()).values_list("public_id", "name"))
    return [
        _row(box, number, names) for number, box in enumerate(job.boxes, 1) if not page or box["page"] == page
    ]


def page_rows(job: RedactionJob, *, most: int) -> list[PageRow]:
    """The first pages, and of the rest those with boxes."""
    counts = Counter(box["page"] for box in job.boxes)
    numbers = [number for number in range(1, len(job.pages) + 1) if number <= most or counts[number]][
        : 4 * most
    ]
    return [PageRow(number, counts[number], job.pages[number - 1][3]) for number in numbers]


def ground_name(key: str) -> str:
    ground = GROUND_BY_KEY[key]
    return f"{ground.name}（{ground.basis}）"


def _row(box: dict[str, Any], number: int, names: dict[str, str]) -> BoxRow:
    left, top, right, bottom = box["left"], box["top"], box["right"], box["bottom"]
    mm = [round(value / _POINTS_PER_MM, 1) for value in (left, top, right - left, bottom - top)]
    ground = GROUND_BY_KEY[box["ground"]]
    return BoxRow(
        id=box["id"],
        number=number,
        page=box["page"],
        left=left,
        top=top,
        width=round(right - left, 2),
        height=round(bottom - top, 2),
        place=f"左{mm[0]:g}、上{mm[1]:g}，宽{mm[2]:g}、高{mm[3]:g}毫米",
        ground=ground.name,
        basis=str(ground.basis),
        origin=Origin(box["origin"]).label,
        what=box["what"],
        by=names.get(box["by"], ""),
    )
