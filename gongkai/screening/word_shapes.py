"""浮在文字上方的图形. The shapes and pictures of a Word file that lie in front of its text, with their place and what they are.

Word writes the same shape twice, anew and for old programs; the old way of writing is read where it stands alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.screening.colours import BLACK, WHITE, Colour, Palette, named, of_hex
from gongkai.screening.covering import (
    SEE_THROUGH,
    Paint,
    blip_of,
    form_of,
    has_area,
    is_rectangle,
    paint_of,
)

EMU = 12_700  # in a point
_LEAST_WIDTH, _LEAST_HEIGHT = 12.0, 6.0  # points: less is a line, a tick, a box to be ticked
_FLAT = 9.0  # points: a lower block is an ornament rather than a cover
_OLD = "{urn:schemas-microsoft-com:vml}"
_OLD_SHAPES = ("rect", "roundrect", "oval", "shape")
_YES, _NO = frozenset({"1", "true", "on", "t"}), frozenset({"0", "false", "off", "f"})
_DEEPEST = 12  # groups in groups
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "pc": 12.0, "": 0.75}
_LENGTH = re.compile(r"(-?\d{1,9}(?:\.\d{0,9})?|-?\.\d{1,9})(pt|in|cm|mm|px|pc)?")
_OLD_RECTANGLES = frozenset({"1", "2", "109", "176", "202"})
_OLD_NO_AREA = frozenset(
    map(
        str,
        (
            13,
            15,
            19,
            20,
            *range(32, 41),
            55,
            66,
            67,
            68,
            69,
            70,
            76,
            83,
            *range(85, 95),
            99,
            *range(101, 106),
        ),
    )
)
_OLD_COLOURS = {"black": BLACK, "white": WHITE, "window": WHITE, "windowtext": BLACK}


@dataclass(frozen=True, slots=True)
class Along:
    """在一个方向上的位置: from what it is measured, how far, or how it is aligned there."""

    of: str
    offset: float | None
    align: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """一个浮动的图形, in points. ``left``, ``top``: within what is anchored; ``width``, ``height`` its own."""

    anchor: etree._Element
    shape: etree._Element
    across: Along
    down: Along
    whole: tuple[float, float]  # width and height of what is anchored
    left: float
    top: float
    width: float
    height: float
    paint: Paint | None
    picture: bool  # whether it covers is looked at last
    form: str
    grouped: bool
    in_front: bool  # of the text
    order: int  # what is drawn later lies on top

    @property
    def is_lid(self) -> bool:
        """Whether it may cover something."""
        large = self.width >= _LEAST_WIDTH and self.height >= _LEAST_HEIGHT
        return large and has_area(self.form) and (self.picture or self.paint is not None)

    @property
    def is_likely(self) -> bool:
        """A black or a white block without words is drawn for nothing else, if there are words near it."""
        alone = not self.grouped and self.content is None
        liked = self.paint is not None and self.paint.is_like_ink_or_paper
        return alone and liked and is_rectangle(self.form) and self.height >= _FLAT

    @property
    def content(self) -> etree._Element | None:
        """The words in it."""
        if not any((each.text or "").strip() for each in self.shape.iter("{*}t")):
            return None
        return next(self.shape.iter("{*}txbxContent"), None)


def shapes_of(root: etree._Element, palette: Palette) -> Iterator[Shape]:
    for anchor in root.iter("{*}anchor"):
        properties = anchor.find("{*}docPr")
        if not _is_gone(anchor) and (properties is None or properties.get("hidden") not in _YES):
            yield from _anchored(anchor, palette)
    for shape in root.iter(*(_OLD + name for name in _OLD_SHAPES)):
        if not _is_gone(shape):
            yield from _old(shape)


def _is_gone(element: etree._Element) -> bool:
    """Deleted by its author, or the second form of what is read already."""
    return any(named(up) in ("Fallback", "del", "moveFrom", "object") for up in element.iterancestors())


def _anchored(anchor: etree._Element, palette: Palette) -> Iterator[Shape]:
    extent, data = anchor.find("{*}extent"), anchor.find("{*}graphic/{*}graphicData")
    if extent is None or data is None:
        return
    size = _number(extent.get("cx")) / EMU, _number(extent.get("cy")) / EMU
    places = _along(anchor, "positionH"), _along(anchor, "positionV")
    in_front = anchor.get("behindDoc") not in _YES and anchor.find("{*}wrapNone") is not None
    order = int(_number(anchor.get("relativeHeight")))
    for shape, box, grouped in _parts(data, *size):
        picture, properties = named(shape) == "pic", shape.find("{*}spPr")
        paint = None if picture else paint_of(properties, shape.find("{*}style"), palette)
        form = form_of(properties)
        yield Shape(anchor, shape, *places, size, *box, paint, picture, form, grouped, in_front, order)


def _along(anchor: etree._Element, name: str) -> Along:
    holder = anchor.find(f"{{*}}{name}")
    if holder is None:
        return Along("", None)
    offset, align = holder.find("{*}posOffset"), holder.find("{*}align")
    return Along(
        holder.get("relativeFrom") or "",
        _number(offset.text) / EMU if offset is not None else None,
        (align.text or "").strip() if align is not None else "",
    )


_Box = tuple[float, float, float, float]  # left, top, width, height


def _parts(data: etree._Element, width: float, height: float) -> Iterator[tuple[etree._Element, _Box, bool]]:
    """The shapes of a drawing, with their boxes, and whether it is one of a group."""
    for each in data:
        kind = named(each)
        if kind in ("wsp", "pic"):
            yield each, _turned(each, (0, 0, width, height)), False
        elif kind == "wgp":
            own = _frame(each.find("{*}grpSpPr/{*}xfrm"))
            scale = (width / (own[6] or 1), height / (own[7] or 1))
            for shape, box in _grouped(each, (-own[4] * scale[0], -own[5] * scale[1], *scale)):
                yield shape, box, True
        elif kind == "wpc":
            for shape, box in _grouped(each, (0, 0, 1 / EMU, 1 / EMU)):
                yield shape, box, True


def _grouped(group: etree._Element, into: _Box, depth: int = 0) -> Iterator[tuple[etree._Element, _Box]]:
    """``into``: where the group's own nought lies, and how many points one of its units has."""
    x, y, across, down = into
    for each in group:
        kind = named(each)
        if kind in ("wsp", "pic"):
            own = _frame(each.find("{*}spPr/{*}xfrm"))
            box = (x + own[0] * across, y + own[1] * down, own[2] * across, own[3] * down)
            yield each, _turned(each, box)
        elif kind == "AlternateContent" and (choice := each.find("{*}Choice")) is not None:
            yield from _grouped(choice, into, depth + 1)
        elif kind in ("grpSp", "wgp") and depth < _DEEPEST:
            own = _frame(each.find("{*}grpSpPr/{*}xfrm"))
            wide, high = across * own[2] / (own[6] or 1), down * own[3] / (own[7] or 1)
            start = (x + own[0] * across - own[4] * wide, y + own[1] * down - own[5] * high)
            yield from _grouped(each, (*start, wide, high), depth + 1)


def _frame(xfrm: etree._Element | None) -> tuple[float, ...]:
    """Where it is and how large, and the same in the units of what is in it."""
    told: list[float] = []
    for name, keys in (("off", "x y"), ("ext", "cx cy"), ("chOff", "x y"), ("chExt", "cx cy")):
        found = xfrm.find(f"{{*}}{name}") if xfrm is not None else None
        told += [_number(found.get(key)) if found is not None else 0.0 for key in keys.split()]
    return tuple(told)


def _turned(shape: etree._Element, box: _Box) -> _Box:
    xfrm = shape.find("{*}spPr/{*}xfrm")
    turn = _number(xfrm.get("rot")) / 60_000 % 180 if xfrm is not None else 0
    if not 45 < turn < 135:
        return box
    left, top, width, height = box
    return left + (width - height) / 2, top + (height - width) / 2, height, width


# --- as old programs write it -------------------------------------------------------------------------------------


def _old(shape: etree._Element) -> Iterator[Shape]:
    holder = shape
    while (parent := holder.getparent()) is not None and named(parent) == "group":
        holder = parent
    look, own = _look(holder), _look(shape)
    seen = "hidden" not in (look.get("visibility"), own.get("visibility"))
    if look.get("position") != "absolute" or not seen or shape.find(_OLD + "textpath") is not None:
        return
    wrap = next(holder.iterchildren("{*}wrap"), None)
    behind = look.get("z-index", "").startswith("-")
    in_front = not behind and (wrap is None or wrap.get("type", "none") == "none")
    size = _points(look.get("width")), _points(look.get("height"))
    box = (0.0, 0.0, *size) if holder is shape else _old_box(shape, holder, *size)
    places = _old_along(look, "horizontal", "left"), _old_along(look, "vertical", "top")
    shown = shape.find(_OLD + "imagedata")
    picture = shown is not None and bool(blip_of(shown))  # WPS gives every shape an empty one
    paint = None if picture else _old_paint(shape)
    order = int(_bare(look.get("z-index")))
    grouped = holder is not shape
    yield Shape(
        holder, shape, *places, size, *box, paint, picture, _old_form(shape), grouped, in_front, order
    )


def _look(shape: etree._Element) -> dict[str, str]:
    told = (each.partition(":") for each in (shape.get("style") or "").split(";"))
    return {name.strip().lower(): said.strip().lower() for name, _, said in told}


def _old_form(shape: etree._Element) -> str:
    """As it is called today."""
    kind = named(shape)
    if kind != "shape":
        return {"rect": "rect", "roundrect": "roundRect"}.get(kind, "ellipse")
    number = (shape.get("type") or "").rpartition("_t")[2]
    if number in _OLD_NO_AREA:
        return "line"
    return "rect" if number in _OLD_RECTANGLES else "custom"


def _old_paint(shape: etree._Element) -> Paint | None:
    fill = shape.find(_OLD + "fill")
    if shape.get("filled", "t") in _NO or (fill is not None and fill.get("on", "t") in _NO):
        return None
    if fill is not None and _share(fill.get("opacity")) < SEE_THROUGH:
        return None
    if fill is not None and fill.get("type", "solid") not in ("solid", "Solid"):
        return Paint(None)
    return Paint(_old_colour((fill.get("color") if fill is not None else None) or shape.get("fillcolor")))


def _old_colour(said: str | None) -> Colour | None:
    """White where nothing is said."""
    name = (said or "white").partition("[")[0].strip().lower()
    if name.startswith("#"):
        return of_hex("".join(2 * each for each in name[1:]) if len(name) == 4 else name[1:])
    return _OLD_COLOURS.get(name)


def _share(said: str | None) -> float:
    found = _LENGTH.match((said or "1").strip())
    if found is None:
        return 1.0
    number = float(found[1])
    return (
        number / 65_536
        if (said or "").endswith("f")
        else number / 100
        if (said or "").endswith("%")
        else number
    )


def _old_box(shape: etree._Element, holder: etree._Element, width: float, height: float) -> _Box:
    """Of a shape in a group of groups, step by step outwards, in the units of each."""
    left, top, wide, high = (_bare(_look(shape).get(name)) for name in ("left", "top", "width", "height"))
    up = shape.getparent()
    for _ in range(_DEEPEST):
        if up is None:
            break
        x, y = _pair(up.get("coordorigin"), 0.0)
        across, down = _pair(up.get("coordsize"), 1000.0)
        look = _look(up)
        size = (width, height) if up is holder else (_bare(look.get("width")), _bare(look.get("height")))
        start = (0.0, 0.0) if up is holder else (_bare(look.get("left")), _bare(look.get("top")))
        scale = (size[0] / (across or 1), size[1] / (down or 1))
        left, top = start[0] + (left - x) * scale[0], start[1] + (top - y) * scale[1]
        wide, high = wide * scale[0], high * scale[1]
        if up is holder:
            break
        up = up.getparent()
    return left, top, wide, high


def _pair(said: str | None, otherwise: float) -> tuple[float, float]:
    first, _, second = (said or "").partition(",")
    return _bare(first, otherwise), _bare(second, otherwise)


def _bare(said: str | None, otherwise: float = 0.0) -> float:
    found = _LENGTH.match((said or "").strip())
    return float(found[1]) if found else otherwise


def _points(said: str | None) -> float:
    found = _LENGTH.match(said or "")
    return float(found[1]) * _POINTS[found[2] or ""] if found else 0.0


def _old_along(look: dict[str, str], direction: str, side: str) -> Along:
    of = look.get(f"mso-position-{direction}-relative", "text")
    align = look.get(f"mso-position-{direction}", "absolute")
    offset = _points(look.get(f"margin-{side}")) + _points(look.get(side))
    known = {"text": "column" if direction == "horizontal" else "paragraph", "char": "character"}
    return Along(known.get(of, of), offset, "" if align == "absolute" else align)


def _number(said: str | None) -> float:
    try:
        number = float(said or 0)
    except ValueError:
        return 0.0
    return number if -1e12 < number < 1e12 else 0.0
