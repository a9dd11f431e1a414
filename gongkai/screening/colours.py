"""颜色. What a colour in an Office file looks like, and whether two can be told apart.

Excel and the drawings of all three write colours in many ways: a value, a place in the theme, in a palette, a name.
"""

import colorsys
from collections.abc import Iterable

from lxml import etree

from gongkai.screening.package import Package

Colour = tuple[int, int, int]

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)
_ALIKE = 20  # of 255 in the channel that differs most: less is not read on any screen or paper
_FAINT = 0.1  # less of a colour than this is not seen
_SCHEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_OFFICE = dict(
    zip(
        _SCHEME,
        [
            "FFFFFF",
            "000000",
            "EEECE1",
            "1F497D",
            "4F81BD",
            "C0504D",
            "9BBB59",
            "8064A2",
            "4BACC6",
            "F79646",
            "0000FF",
            "800080",
        ],
        strict=True,
    )
)
_MAPPED = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_EIGHT = "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF"
_PALETTE = (
    f"{_EIGHT} {_EIGHT} 800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF "
    "660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 "
    "99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 "
    "993300 993366 333399 333333"
).split()
_NAMES = {
    "white": "FFFFFF",
    "black": "000000",
    "red": "FF0000",
    "green": "008000",
    "lime": "00FF00",
    "blue": "0000FF",
    "yellow": "FFFF00",
    "magenta": "FF00FF",
    "cyan": "00FFFF",
    "gray": "808080",
    "grey": "808080",
    "silver": "C0C0C0",
    "navy": "000080",
    "snow": "FFFAFA",
    "ivory": "FFFFF0",
    "ghostWhite": "F8F8FF",
    "floralWhite": "FFFAF0",
    "whiteSmoke": "F5F5F5",
    "azure": "F0FFFF",
    "mintCream": "F5FFFA",
}


def named(element: etree._Element) -> str:
    """The name without its namespace; reading a large sheet asks this a million times."""
    return str(element.tag).rpartition("}")[2]


def of_hex(value: str | None) -> Colour | None:
    """FF1A5DAB or 1A5DAB; what is before the last six figures says how opaque, and no program heeds it."""
    value = (value or "")[-6:]
    try:
        return (int(value[:2], 16), int(value[2:4], 16), int(value[4:], 16)) if len(value) == 6 else None
    except ValueError:
        return None


def alike(letters: Colour, behind: Iterable[Colour]) -> bool:
    """Whether letters cannot be told from any of what is behind them."""
    return all(
        max(abs(one - other) for one, other in zip(letters, each, strict=True)) <= _ALIKE for each in behind
    )


class Palette:
    """一个文件的配色: the colours of its theme, and the numbered ones of a workbook."""

    def __init__(self, package: Package, main: str, *, map_: dict[str, str] | None = None) -> None:
        self._scheme = {name: of_hex(value) or BLACK for name, value in _OFFICE.items()}
        self._map = {**_MAPPED, **(map_ or {})}
        self._numbered = [of_hex(value) or BLACK for value in _PALETTE]
        for part in package.related("theme", main)[:1]:
            for scheme in package.tree(part).iter("{*}clrScheme"):
                for slot in scheme:
                    self._take(slot)

    def _take(self, slot: etree._Element) -> None:
        for child in slot:
            colour = of_hex(child.get("lastClr") or child.get("val"))
            if colour is not None:
                self._scheme[named(slot)] = colour

    def renumber(self, colours: Iterable[etree._Element]) -> None:
        """A workbook may bring its own numbered colours."""
        for number, each in enumerate(colours):
            colour = of_hex(each.get("rgb"))
            if colour is not None and number < len(self._numbered):
                self._numbered[number] = colour

    def numbered(self, number: int) -> Colour | None:
        if number in (64, 65):
            return BLACK if number == 64 else WHITE
        return self._numbered[number] if 0 <= number < len(self._numbered) else None

    def of_cell(self, element: etree._Element | None, automatic: Colour | None) -> Colour | None:
        """The colour of a font or a fill in a workbook."""
        if element is None or element.get("auto") in ("1", "true"):
            return automatic
        colour = of_hex(element.get("rgb"))
        if element.get("theme") is not None:
            place = _number(element.get("theme"))
            colour = self._scheme[_SCHEME[int(place)]] if 0 <= place < len(_SCHEME) else None
        elif element.get("indexed") is not None:
            colour = self.numbered(int(_number(element.get("indexed"))))
        if colour is None:
            return automatic
        tint = max(-1.0, min(1.0, _number(element.get("tint"))))
        return _lightened(
            colour, lambda light: light * (1 + tint) if tint < 0 else light + (1 - light) * tint
        )

    def of_drawing(self, holder: etree._Element) -> tuple[Colour, float] | None:
        """The colour inside a solidFill or the like, and how opaque it is."""
        for element in holder:
            colour = self._drawn(element)
            if colour is None:
                continue
            opaque = 1.0
            for change in element:
                share = _number(change.get("val")) / 100_000
                what = named(change)
                if what == "alpha":
                    opaque = share
                elif what == "lumMod":
                    colour = _lightened(colour, lambda light, by=share: light * by)
                elif what == "lumOff":
                    colour = _lightened(colour, lambda light, by=share: light + by)
                elif what == "tint":
                    colour = _mixed(colour, WHITE, share)
                elif what == "shade":
                    colour = _mixed(colour, BLACK, share)
            return colour, opaque
        return None

    def _drawn(self, element: etree._Element) -> Colour | None:
        what, value = named(element), element.get("val") or ""
        if what == "srgbClr":
            return of_hex(value)
        if what == "sysClr":
            return of_hex(element.get("lastClr")) or (WHITE if value == "window" else BLACK)
        if what == "schemeClr":
            return self._scheme.get(self._map.get(value, value))
        if what == "prstClr":
            return of_hex(_NAMES.get(value))
        if what == "scrgbClr":
            red, green, blue = (min(255, int(_number(element.get(each)) / 100_000 * 255)) for each in "rgb")
            return red, green, blue
        return None


def is_faint(opaque: float) -> bool:
    return opaque < _FAINT


def _number(value: str | None) -> float:
    try:
        number = float(value or 0)
    except ValueError:
        return 0.0
    return number if -1e9 < number < 1e9 else 0.0


def _lightened(colour: Colour, change) -> Colour:  # type: ignore[no-untyped-def]
    hue, light, full = colorsys.rgb_to_hls(*(each / 255 for each in colour))
    red, green, blue = colorsys.hls_to_rgb(hue, max(0.0, min(1.0, change(light))), full)
    return round(red * 255), round(green * 255), round(blue * 255)


def _mixed(colour: Colour, with_: Colour, share: float) -> Colour:
    red, green, blue = (
        round(one * share + other * (1 - share)) for one, other in zip(colour, with_, strict=True)
    )
    return red, green, blue
