"""遮盖框. A place on a page, by which ground it is covered, and how it was found.

Measures are points (1/72 inch) of the page as it is seen: upright, cropped, from its top left corner. So a box means
the same on a turned or cropped page as on any other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from gongkai.rules.regulations_2019.withholding import GROUND_BY_KEY
from gongkai.screening.inspection import CannotInspect

MOST_BOXES = 5_000
LEAST_SIDE = 1.0  # points: a thinner box covers nothing that could be read


class CannotRedact(CannotInspect):
    """不能遮盖; the message says why and what to do."""


class Origin(StrEnum):
    """遮盖框的来源."""

    SEARCH = "search"
    DETECTED = "detected"
    HAND = "hand"

    @property
    def label(self) -> str:
        return {"search": "查找", "detected": "识别出的个人信息", "hand": "手工画框"}[self.value]


@dataclass(frozen=True, slots=True)
class Area:
    """页面上的一块. ``page`` counts from 1."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: "Area", slack: float = 0.5) -> bool:
        return (
            self.page == other.page
            and self.left - slack <= other.left
            and self.top - slack <= other.top
            and self.right + slack >= other.right
            and self.bottom + slack >= other.bottom
        )

    def joined(self, other: "Area") -> "Area":
        return Area(
            self.page,
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def within(self, width: float, height: float) -> "Area":
        """The part that lies on the page."""
        return replace(
            self,
            left=max(0.0, self.left),
            top=max(0.0, self.top),
            right=min(width, self.right),
            bottom=min(height, self.bottom),
        )


@dataclass(frozen=True, slots=True)
class Box:
    """遮盖框."""

    area: Area
    ground: str  # the key of a ground of articles 14 to 16
    origin: Origin


@dataclass(frozen=True, slots=True)
class Page:
    """一页: how large it is as seen, in points, and what a program can not do there."""

    number: int
    width: float
    height: float
    letters: int
    scanned: bool = False


def require_sound(boxes: Sequence[Box], pages: Sequence[Page]) -> None:
    """Every box with a ground, on a page of the file. Raises CannotRedact."""
    if not boxes:
        raise CannotRedact("不能制作：还没有遮盖框。请先查找、采用识别结果或者手工画框。")
    if len(boxes) > MOST_BOXES:
        raise CannotRedact(f"不能制作：遮盖框超过{MOST_BOXES}个，请把文件分成几个。")
    for box in boxes:
        require_ground(box.ground)
        require_on_page(box.area, pages)


def require_ground(ground: str) -> None:
    if ground not in GROUND_BY_KEY:
        raise CannotRedact("遮盖框没有理由。每一处遮盖都要写明不予公开的理由（条例第三十七条），请选择。")


def require_on_page(area: Area, pages: Sequence[Page]) -> None:
    if not 1 <= area.page <= len(pages):
        raise CannotRedact(f"没有第{area.page}页，文件共{len(pages)}页。请核对。")
    page = pages[area.page - 1]
    # Written so that what is no number (NaN) is refused as well.
    if not (area.right - area.left >= LEAST_SIDE and area.bottom - area.top >= LEAST_SIDE):
        raise CannotRedact(f"第{area.page}页的遮盖框太小，宽和高至少{LEAST_SIDE:g}点。请重新画。")
    if not lies_on(area, page):
        raise CannotRedact(
            f"第{area.page}页的遮盖框不在页面上，这一页宽{page.width:.0f}点、高{page.height:.0f}点。请核对。"
        )


def lies_on(area: Area, page: Page) -> bool:
    """Whether any of it is seen: a file may hold letters beside its page, or cropped away, which no picture shows."""
    seen = area.within(page.width, page.height)
    return seen.right - seen.left >= LEAST_SIDE and seen.bottom - seen.top >= LEAST_SIDE


def without_repeats(areas: Iterable[Area]) -> tuple[Area, ...]:
    """Areas that do not lie within another one, in the order of the pages."""
    kept: list[Area] = []
    for area in sorted(
        areas, key=lambda each: (each.page, -(each.right - each.left) * (each.bottom - each.top))
    ):
        if not any(other.holds(area) for other in reversed(kept) if other.page == area.page):
            kept.append(area)
    return tuple(sorted(kept, key=lambda each: (each.page, round(each.top), each.left)))
