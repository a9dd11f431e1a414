"""幻灯片的底. What stands behind the words of a slide: its shapes in their places, those of its layout and master, its ground."""

import re

from lxml import etree

from gongkai.screening import drawn
from gongkai.screening.colours import WHITE, Colour, Palette, named
from gongkai.screening.package import Package

_MAIN = "ppt/presentation.xml"


class Show:
    """一份演示文稿: the size of its pages, its slides, layouts and masters."""

    def __init__(self, package: Package) -> None:
        self.package = package
        size = package.tree(_MAIN).find("{*}sldSz")
        told = (_whole(size.get("cx")), _whole(size.get("cy"))) if size is not None else (0, 0)
        self.size = told if all(told) else None
        self._slides: dict[str, Slide] = {}
        self.masters = list(dict.fromkeys(package.related("slideMaster")))
        self.layouts = list(dict.fromkeys(package.related("slideLayout")))

    @property
    def layouts_and_masters(self) -> list[str]:
        return [*self.masters, *self.layouts]

    def slide(self, name: str) -> "Slide":
        if name not in self._slides:
            self._slides[name] = Slide(self, name)
        return self._slides[name]

    def beneath(self, name: str, kind: str) -> str:
        """The layout of a slide or the master of a layout."""
        return next(iter(self.package.related(kind, name)), "")


class Slide:
    """一张幻灯片."""

    def __init__(self, show: Show, name: str) -> None:
        package = show.package
        self.tree = package.tree(name)
        self.layout = show.beneath(name, "slideLayout")
        self.master = show.beneath(self.layout, "slideMaster") if self.layout else ""
        under = [part for part in (self.layout, self.master) if part]
        trees = [package.tree(part) for part in under]
        map_ = next((dict(each.attrib) for tree in trees for each in tree.iter("{*}clrMap")), {})
        map_ |= next((dict(each.attrib) for each in self.tree.iter("{*}overrideClrMapping")), {})
        words = {str(key): str(value) for key, value in map_.items()}
        self._palette = Palette(package, self.master or _MAIN, map_=words)
        self._owners = {key: shape for tree in reversed(trees) for key, shape in _placeholders(tree)}
        self.shapes = self._shapes(self.tree)
        self.under: list[drawn.Shape] = []
        if self.tree.get("showMasterSp") not in ("0", "false"):
            shown = trees[:1] if trees and trees[0].get("showMasterSp") in ("0", "false") else trees
            for tree in reversed(shown):
                self.under += [
                    each for each in self._shapes(tree) if each.placeholder is None and not each.hidden
                ]
        self._ground = self._colours(trees)

    def ground(self, shape: drawn.Shape) -> tuple[Colour, ...] | None:
        return self._ground

    def _shapes(self, tree: etree._Element) -> list[drawn.Shape]:
        found: list[drawn.Shape] = []
        for holder in tree.iterfind("{*}cSld/{*}spTree"):
            found += drawn.shapes_of(holder, self._palette, self._box, self._inherited)
        return found

    def _inherited(self, shape: etree._Element) -> etree._Element | None:
        owner = self._owner(shape)
        return owner.find("{*}spPr") if owner is not None else None

    def _owner(self, shape: etree._Element) -> etree._Element | None:
        """The shape of the layout or master that a placeholder stands for."""
        mark = next(shape.iterfind("./*/{*}nvPr/{*}ph"), None)
        if mark is None:
            return None
        kind, place = mark.get("type") or "body", mark.get("idx") or ""
        return (
            self._owners.get(("", place)) if place in _indices(self._owners) else self._owners.get((kind, ""))
        )

    def _box(self, shape: etree._Element) -> drawn.Box | None:
        box = _own_box(shape)
        if box is None:
            owner = self._owner(shape)
            return _own_box(owner) if owner is not None else None
        for group in shape.iterancestors("{*}grpSp"):
            box = _moved(box, group)
        return box

    def _colours(self, trees: list[etree._Element]) -> tuple[Colour, ...] | None:
        for tree in (self.tree, *trees):
            ground = tree.find("{*}cSld/{*}bg")
            if ground is None:
                continue
            for each in ground:
                if named(each) == "bgRef":
                    plain = (each.get("idx") or "0") in ("0", "1000", "1001")
                    found = self._palette.of_drawing(each)
                    return (found[0],) if plain and found is not None else None
                fill = next((child for child in each if named(child).endswith("Fill")), None)
                if fill is not None and named(fill) == "solidFill":
                    found = self._palette.of_drawing(fill)
                    return (found[0],) if found is not None else None
                return (WHITE,) if fill is None or named(fill) == "noFill" else None
        return (WHITE,)


def _indices(owners: dict[tuple[str, str], etree._Element]) -> set[str]:
    return {place for kind, place in owners if not kind and place}


def _placeholders(tree: etree._Element) -> list[tuple[tuple[str, str], etree._Element]]:
    found = []
    for mark in tree.iterfind("{*}cSld/{*}spTree/*/*/{*}nvPr/{*}ph"):
        shape = mark.getparent().getparent().getparent()  # type: ignore[union-attr]
        found.append(((mark.get("type") or "body", ""), shape))
        if mark.get("idx"):
            found.append((("", mark.get("idx") or ""), shape))
    return found  # type: ignore[return-value]


def _own_box(shape: etree._Element) -> drawn.Box | None:
    place = shape.find("{*}xfrm")
    if place is None:
        place = shape.find("{*}spPr/{*}xfrm")
    return _box_of(place, "off", "ext")


def _box_of(place: etree._Element | None, off: str, ext: str) -> drawn.Box | None:
    if place is None:
        return None
    start, size = place.find(f"{{*}}{off}"), place.find(f"{{*}}{ext}")
    if start is None or size is None:
        return None
    left, top = _whole(start.get("x")), _whole(start.get("y"))
    return left, top, left + _whole(size.get("cx")), top + _whole(size.get("cy"))


def _moved(box: drawn.Box, group: etree._Element) -> drawn.Box:
    """From the measures inside a group to those outside."""
    place = group.find("{*}grpSpPr/{*}xfrm")
    outer, inner = _box_of(place, "off", "ext"), _box_of(place, "chOff", "chExt")
    if outer is None or inner is None:
        return box
    wide, high = inner[2] - inner[0], inner[3] - inner[1]
    across = (outer[2] - outer[0]) / wide if wide else 1.0
    down = (outer[3] - outer[1]) / high if high else 1.0
    return (
        outer[0] + (box[0] - inner[0]) * across,
        outer[1] + (box[1] - inner[1]) * down,
        outer[0] + (box[2] - inner[0]) * across,
        outer[1] + (box[3] - inner[1]) * down,
    )


def _whole(value: str | None) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,12}", value) else 0
