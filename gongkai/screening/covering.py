"""盖得住不盖得住. Whether a shape lets through what is under it: its fill, its form, the pixels of its picture."""

from dataclasses import dataclass

from lxml import etree

from gongkai.screening import pixels
from gongkai.screening.colours import Colour, Palette, named
from gongkai.screening.inspection import CannotInspect
from gongkai.screening.package import RELATIONSHIP, STRICT_RELATIONSHIP, Package

SEE_THROUGH = 0.4  # less of a colour than this, and the letters under it are read
_DARK, _PALE = 110, 235  # of 255
_MOSTLY = 0.6  # of a picture's pixels: a seal or a signature has a third at most
_SEEN = 102  # of 255: what a pixel must have to cover
_ALWAYS_OPAQUE = (".jpg", ".jpeg", ".bmp", ".jfif")

# Forms that are lines, or point at something, or are a rim around nothing.
_NO_AREA = frozenset(
    {"line", "lineInv", "arc", "blockArc", "leftBrace", "rightBrace", "bracePair", "leftBracket"}
    | {"rightBracket", "bracketPair", "frame", "halfFrame", "donut", "chevron", "homePlate", "corner"}
)
_RECTANGLES = frozenset(
    {"", "rect", "roundRect", "round1Rect", "round2SameRect", "round2DiagRect", "snip1Rect", "snip2SameRect"}
    | {"snip2DiagRect", "snipRoundRect", "flowChartProcess", "flowChartAlternateProcess", "bevel", "plaque"}
)


@dataclass(frozen=True, slots=True)
class Paint:
    """一种遮得住的填充; no colour where there are several, or a picture."""

    colour: Colour | None

    @property
    def is_like_ink_or_paper(self) -> bool:
        """What somebody takes who wants words away."""
        return self.colour is not None and (max(self.colour) <= _DARK or min(self.colour) >= _PALE)


def form_of(properties: etree._Element | None) -> str:
    """The name of the form; "" for none said, "custom" for a free one."""
    if properties is None:
        return ""
    preset = properties.find("{*}prstGeom")
    if preset is not None:
        return preset.get("prst") or ""
    return "custom" if properties.find("{*}custGeom") is not None else ""


def has_area(form: str) -> bool:
    return form not in _NO_AREA and "Arrow" not in form and "Connector" not in form


def is_rectangle(form: str) -> bool:
    return form in _RECTANGLES


def paint_of(
    properties: etree._Element | None, style: etree._Element | None, palette: Palette
) -> Paint | None:
    """None where what is behind is seen."""
    for each in properties if properties is not None else ():
        kind = named(each)
        if kind == "noFill":
            return None
        if kind == "solidFill":
            found = palette.of_drawing(each)
            if found is None:
                return Paint(None)
            return Paint(found[0]) if found[1] >= SEE_THROUGH else None
        if kind == "gradFill":
            stops = [palette.of_drawing(stop) for stop in each.iter("{*}gs")]
            clear = any(stop is not None and stop[1] < SEE_THROUGH for stop in stops)
            return None if clear else Paint(None)
        if kind == "grpFill":
            return _paint_of_group(each, palette)
        if kind == "pattFill" or (kind == "blipFill" and not is_clear(each)):
            return Paint(None)
        if kind == "blipFill":
            return None
    reference = style.find("{*}fillRef") if style is not None else None
    if reference is None or reference.get("idx") in (None, "0", "1000"):
        return None
    found = palette.of_drawing(reference)
    return Paint(found[0] if found is not None else None)


def _paint_of_group(mark: etree._Element, palette: Palette) -> Paint | None:
    for up in mark.iterancestors():
        own = up.find("{*}grpSpPr")
        if own is not None and own.find("{*}grpFill") is None:
            return paint_of(own, None, palette)
    return None


def is_clear(holder: etree._Element) -> bool:
    """Whether a picture is shown with what is under it: faint, or with one colour taken away."""
    for each in holder.iter("{*}alphaModFix", "{*}clrChange"):
        amount = each.get("amt") or ""
        if named(each) == "clrChange" or (amount.isdecimal() and int(amount) < SEE_THROUGH * 100_000):
            return True
    return False


class Pictures:
    """一份文件里的图片: whether one covers what it lies on; each is opened once, and only when it is asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._targets: dict[str, dict[str, str]] = {}
        self._opaque: dict[str, bool] = {}

    def covers(self, part: str, shape: etree._Element) -> bool:
        """``shape``: what holds the blip, or a picture of the old kind."""
        if is_clear(shape):
            return False
        if part not in self._targets:
            relationships = self._package.relationships(part)
            self._targets[part] = {each.id: each.target for each in relationships if not each.external}
        for each in shape.iter("{*}blip", "{*}imagedata"):
            target = self._targets[part].get(blip_of(each), "")
            if target in self._package.parts:
                return self._is_opaque(target)
        return False

    def _is_opaque(self, name: str) -> bool:
        if name not in self._opaque:
            lower = name.lower()
            self._opaque[name] = lower.endswith(_ALWAYS_OPAQUE) or (
                lower.endswith(".png") and _is_mostly_opaque(self._package.parts[name])
            )
        return self._opaque[name]


def blip_of(element: etree._Element) -> str:
    """The relationship that leads to a picture."""
    for space in (RELATIONSHIP, STRICT_RELATIONSHIP):
        for key in ("embed", "id"):
            if found := element.get(space + key):
                return found
    return ""


def _is_mostly_opaque(data: bytes) -> bool:
    """What cannot be opened is told as broken elsewhere."""
    try:
        with pixels.opened(data) as picture:
            if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
                return True
            counts = picture.convert("RGBA").getchannel("A").histogram()
    except CannotInspect:
        return False
    return sum(counts[_SEEN:]) > _MOSTLY * sum(counts)
