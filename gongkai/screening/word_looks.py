"""Word文字的样子. Whether a reader can see a run: hidden, the colour of what is behind it, too small, off the paper.

What a run does not say itself its styles say: character style, paragraph style, what they are based on, the defaults.
Where the background is a style or a filled shape that is not read here, a run is taken to be seen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.screening.colours import BLACK, WHITE, Colour
from gongkai.screening.package import Package, local

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
MAIN = "word/document.xml"
SAME_COLOUR = "文字颜色与底色相同，程序不能判断是否有意。请在Word中改成看得见的颜色，或者删去。"
TOO_SMALL = "文字小到看不见，请在Word中改成看得见的字号、字宽、行高，或者删去。"
OFF_PAPER = "文字排到了纸面以外，请在Word中移回纸面，或者删去。"
_FALSE = frozenset({"0", "false", "off"})
_ALIKE = 24  # of 255 in every one of three colours: no eye tells them apart in print
_USUAL_SIZE = 10.0  # points, where nobody says one
_TINY = 4  # half-points: 2 pt and less
_NARROW = 10  # percent of the letter's width
_FLAT = 40  # twentieths of a point: 2 pt and less
_FAR_LEFT, _FAR_RIGHT = -5_000, 24_000  # twentieths of a point: beyond any paper up to A3 across
_EMU = 635  # in a twentieth of a point
_STEPS = 12  # of styles based on styles
_HIGHLIGHTS = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGray": "808080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "green": "00FF00",
    "lightGray": "C0C0C0",
    "magenta": "FF00FF",
    "red": "FF0000",
    "white": "FFFFFF",
    "yellow": "FFFF00",
}
_THEME = {"background1": WHITE, "light1": WHITE, "text1": BLACK, "dark1": BLACK}
_LENGTH = re.compile(
    r"(margin-left|margin-top|left|top|width|height):\s{0,9}(-?[\d.]{1,12})(pt|in|cm|mm|px)?"
)
_TWENTIETHS = {"pt": 20.0, "in": 1440.0, "cm": 567.0, "mm": 56.7, "px": 15.0, "": 15.0}
_SHAPES = frozenset({"wsp", "shape", "rect", "roundrect", "oval", "group"})
_DARK = 96  # of 255: below this, shading counts as dark
_UNKNOWN = "?"

_Own = dict[str, etree._Element]  # what a run says itself, by name


@dataclass(frozen=True, slots=True)
class _Around:
    """一段的四周: what holds for every run in it. ``ground``: six figures, None where it is not known."""

    style: str
    hidden: bool
    away: str
    ground: str | None


class Looks:
    """一份文件的样式, read once; what surrounds a paragraph is looked at once."""

    def __init__(self, package: Package) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._based: dict[str, str] = {}
        self._defaults: etree._Element | None = None
        self._paragraphs: etree._Element | None = None
        self._normal = ""
        self._shaded: set[str] = set()
        self._styled: dict[tuple[str, str, str], etree._Element | None] = {}
        self._around: dict[etree._Element, _Around] = {}
        for name in package.related("styles", MAIN):
            self._read(package.tree(name))

    def _read(self, root: etree._Element) -> None:
        defaults = child(root, "docDefaults")
        self._defaults = child(child(defaults, "rPrDefault"), "rPr")
        self._paragraphs = child(child(defaults, "pPrDefault"), "pPr")
        for style in every(root, "style"):
            key = value(style, "styleId")
            self._styles[key], self._based[key] = style, value(child(style, "basedOn"))
            if value(style, "type") == "paragraph" and value(style, "default") not in ("", *_FALSE):
                self._normal = key
            if any(_fill(shade) not in ("", "FFFFFF") for shade in every(style, "shd")):
                self._shaded.add(key)

    def hides(self, run: etree._Element) -> bool:
        own, around = self._read_run(run)
        if around.hidden or is_on(own.get("specVanish")) or is_on(own.get("webHidden")):
            return True
        return is_on(self._says(own, around, "vanish"))

    def unseen(self, run: etree._Element) -> str:
        """What to do about a run that is there and cannot be seen; "" for one that can."""
        own, around = self._read_run(run)
        if self._has_colour_of_ground(own, around):
            return SAME_COLOUR
        size, width = value(self._says(own, around, "sz")), value(self._says(own, around, "w"))
        if (size.isdecimal() and int(size) <= _TINY) or (width.isdecimal() and int(width) <= _NARROW):
            return TOO_SMALL
        return around.away

    def size(self, run: etree._Element) -> float:
        """In points; of a paragraph without letters, that of its properties."""
        own, around = self._read_run(run)
        said = value(self._says(own, around, "sz"))
        return int(said) / 2 if said.isdecimal() and 0 < len(said) < 4 else _USUAL_SIZE

    def of_paragraph(self, paragraph: etree._Element, name: str, key: str) -> str:
        """What a paragraph, its styles or the defaults say of its indents, its spacing, its lines."""
        styles = (self._styles[each] for each in self._chain(_paragraph_style(paragraph) or self._normal))
        holders = [child(paragraph, "pPr"), *(child(each, "pPr") for each in styles), self._paragraphs]
        return next((said for each in holders if (said := value(child(each, name), key))), "")

    def _has_colour_of_ground(self, own: _Own, around: _Around) -> bool:
        highlight = _HIGHLIGHTS.get(value(self._says(own, around, "highlight")))
        fill = highlight or _fill(self._says(own, around, "shd")) or around.ground
        if fill is None or fill == _UNKNOWN:
            return False
        ground, letters = _rgb(fill), _colour(self._says(own, around, "color"))
        if letters is None:  # automatic: Word turns it white on dark shading, not on dark highlighting
            letters = WHITE if not highlight and sum(ground) < 3 * _DARK else BLACK
        return all(abs(one - other) <= _ALIKE for one, other in zip(letters, ground, strict=True))

    def _read_run(self, run: etree._Element) -> tuple[_Own, _Around]:
        own = child(run, "rPr")
        holder = next(run.iterancestors(W + "p", STRICT + "p"), run)
        if holder not in self._around:
            self._around[holder] = self._what_is_around(holder)
        properties = {} if own is None else {local(each): each for each in own.iterchildren(etree.Element)}
        return properties, self._around[holder]

    def _what_is_around(self, holder: etree._Element) -> _Around:
        outwards = [holder, *holder.iterancestors()]
        return _Around(
            style=_paragraph_style(holder) or self._normal,
            hidden=any(_is_hidden_shape(up) for up in outwards),
            away=next(filter(None, map(_away, outwards)), ""),
            ground=self._ground(outwards),
        )

    def _ground(self, outwards: list[etree._Element]) -> str | None:
        for up in outwards:
            name = local(up)
            own = {"p": "pPr", "tc": "tcPr"}.get(name)
            if own and (fill := _fill(child(child(up, own), "shd"))):
                return fill
            if name == "p" and any(key in self._shaded for key in self._chain(_paragraph_style(up))):
                return None
            if name == "tbl" and value(child(child(up, "tblPr"), "tblStyle")) in self._shaded:
                return None
            if (name in _SHAPES and _is_filled(up)) or (
                name == "document" and child(up, "background") is not None
            ):
                return None
        return "FFFFFF"

    def _says(self, own: _Own, around: _Around, name: str) -> etree._Element | None:
        """The nearest element that speaks of a property, from the run outwards."""
        if name in own:
            return own[name]
        key = (value(own.get("rStyle")), around.style, name)
        if key not in self._styled:
            self._styled[key] = self._in_styles(*key)
        return self._styled[key]

    def _in_styles(self, of_letters: str, of_paragraph: str, name: str) -> etree._Element | None:
        styled = [*self._chain(of_letters), *self._chain(of_paragraph)]
        for properties in (*(child(self._styles[key], "rPr") for key in styled), self._defaults):
            found = child(properties, name)
            if found is not None:
                return found
        return None

    def _chain(self, key: str) -> Iterator[str]:
        for _ in range(_STEPS):
            if key not in self._styles:
                return
            yield key
            key = self._based[key]


def _away(up: etree._Element) -> str:
    """Whether this takes what is in it out of sight."""
    name = local(up)
    if name == "p":
        return _paragraph_away(child(up, "pPr"))
    if name == "tr":
        height = child(child(up, "trPr"), "trHeight")
        flat = value(height, "hRule") == "exact" and _number(value(height), 240) <= _FLAT
        return TOO_SMALL if flat else ""
    if name in ("anchor", "inline"):
        return _drawing_away(up)
    return _shape_away(up.get("style") or "") if name in _SHAPES else ""


def _paragraph_away(properties: etree._Element | None) -> str:
    frame, indent, spacing = (child(properties, each) for each in ("framePr", "ind", "spacing"))
    if value(spacing, "lineRule") == "exact" and _number(value(spacing, "line"), 240) <= _FLAT:
        return TOO_SMALL
    places = [value(frame, "x"), value(frame, "y"), value(indent, "left") or value(indent, "start")]
    return OFF_PAPER if any(not _FAR_LEFT < _number(place) < _FAR_RIGHT for place in places) else ""


def _drawing_away(drawing: etree._Element) -> str:
    extent = child(drawing, "extent")
    for direction, size in (("positionH", "cx"), ("positionV", "cy")):
        own = _number(extent.get(size), 1) if extent is not None else 1
        if own <= 0:
            return TOO_SMALL
        offset = child(child(drawing, direction), "posOffset")
        place = _number(offset.text) if offset is not None else 0
        if place + own < _FAR_LEFT * _EMU or place > _FAR_RIGHT * _EMU:
            return OFF_PAPER
    return ""


def _shape_away(style: str) -> str:
    lengths = {
        name: float(size) * _TWENTIETHS[unit]
        for name, size, unit in _LENGTH.findall(style)
        if _is_number(size)
    }
    if min(lengths.get("width", 99), lengths.get("height", 99)) <= _FLAT / 2:
        return TOO_SMALL
    for begins, size in (
        ("margin-left", "width"),
        ("margin-top", "height"),
        ("left", "width"),
        ("top", "height"),
    ):
        place = lengths.get(begins, 0.0)
        if place + lengths.get(size, 0.0) < _FAR_LEFT or place > _FAR_RIGHT:
            return OFF_PAPER
    return ""


def _is_hidden_shape(up: etree._Element) -> bool:
    """A drawing, of the new kind or the old, that is switched off."""
    if local(up) in ("anchor", "inline"):
        properties = child(up, "docPr")
        return properties is not None and (properties.get("hidden") or "0") not in _FALSE
    return local(up) in _SHAPES and "visibility:hidden" in (up.get("style") or "").replace(" ", "")


def _is_filled(shape: etree._Element) -> bool:
    properties = child(shape, "spPr")
    fills = list(properties) if properties is not None else []
    reference = next((each for each in shape.iter(etree.Element) if local(each) == "fillRef"), None)
    solid = any(local(each) in ("solidFill", "gradFill", "blipFill", "pattFill") for each in fills)
    styled = (
        reference is not None
        and reference.get("idx", "0") != "0"
        and not any(local(each) == "noFill" for each in fills)
    )
    return solid or styled or (shape.get("fillcolor") or "").lower() not in ("", "white", "#ffffff")


def _paragraph_style(paragraph: etree._Element | None) -> str:
    return value(child(child(paragraph, "pPr"), "pStyle"))


def _colour(element: etree._Element | None) -> Colour | None:
    """None for automatic."""
    theme = _THEME.get(value(element, "themeColor"))
    if theme and not value(element, "themeShade") and not value(element, "themeTint"):
        return theme
    said = value(element)
    return _rgb(said) if _is_hex(said) else None


def _fill(shade: etree._Element | None) -> str:
    """The colour of a shading as six figures; "" for none, _UNKNOWN for a pattern."""
    pattern, fill = value(shade), value(shade, "fill")
    if pattern in ("", "clear", "nil"):
        return fill.upper() if _is_hex(fill) and pattern != "nil" else ""
    if pattern == "solid":
        said = value(shade, "color")
        return said.upper() if _is_hex(said) else "000000"
    return _UNKNOWN


def _is_hex(said: str) -> bool:
    return bool(re.fullmatch(r"[0-9A-Fa-f]{6}", said))


def _rgb(said: str) -> Colour:
    return int(said[:2], 16), int(said[2:4], 16), int(said[4:], 16)


def _is_number(said: str) -> bool:
    return bool(re.fullmatch(r"-?\d{1,9}(?:\.\d{0,6})?", said))


def _number(said: str | None, otherwise: float = 0) -> float:
    return float(said) if said and _is_number(said) else otherwise


def every(root: etree._Element, name: str) -> list[etree._Element]:
    return [*root.iter(W + name, STRICT + name)]


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    if element is None:
        return None
    return next((each for each in element if isinstance(each.tag, str) and local(each) == name), None)


def value(element: etree._Element | None, name: str = "val") -> str:
    if element is None:
        return ""
    return element.get(W + name) or element.get(STRICT + name) or ""


def is_on(toggle: etree._Element | None) -> bool:
    return toggle is not None and value(toggle) not in _FALSE
