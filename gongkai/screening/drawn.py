"""图形. The shapes of a drawing or a slide: their words, what they cover, whether their letters can be told from what is behind.

Excel and PowerPoint draw with the same elements; only where a shape stands is told differently.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.screening.colours import Colour, Palette, alike, is_faint, named
from gongkai.screening.inspection import Hidden, Trace
from gongkai.screening.package import remove
from gongkai.screening.seen import Seen
from gongkai.screening.unseen import PLACE

Box = tuple[float, float, float, float]  # left, top, right, bottom

_SHAPES = frozenset({"sp", "pic", "graphicFrame", "cxnSp"})
_TINY = 200  # hundredths of a point
COLOUR_ADVICE = "文字颜色与底色相同，程序不能判断是否有意。请改成看得见的颜色，或者删去。"
SIZE_ADVICE = "文字小到看不见，请改成看得见的字号，或者删去。"
POINT_ADVICE = "图形没有大小，里面的文字看不见。请拉开图形，或者删去。"
COVERED_ADVICE = "文字被上面的图形或者图片盖住。请移开，或者删去。"


@dataclass(slots=True)
class Shape:
    """一个图形. ``fill`` is empty for none, None where it cannot be said; ``solid`` covers what is under it."""

    element: etree._Element
    kind: str
    box: Box | None
    fill: tuple[Colour, ...] | None
    solid: bool
    words: str
    hidden: bool
    placeholder: tuple[str, str] | None = None
    runs: list[tuple[str, Colour | None, float, float]] = field(default_factory=list)

    @property
    def name(self) -> str:
        properties = next(self.element.iter("{*}cNvPr"), None)
        return (properties.get("name") or "") if properties is not None else ""


def shapes_of(
    tree: etree._Element,
    palette: Palette,
    place: Callable[[etree._Element], Box | None],
    filled: Callable[[etree._Element], etree._Element | None] = lambda shape: None,
) -> list[Shape]:
    """The shapes in the order they are drawn. ``filled`` finds the properties a placeholder takes over."""
    return [
        _shape(element, palette, place(element), hidden, filled)
        for element, hidden in _walk(tree, hidden=False)
    ]


def _walk(holder: etree._Element, *, hidden: bool) -> Iterator[tuple[etree._Element, bool]]:
    for each in holder:
        if not isinstance(each.tag, str):
            continue
        kind = named(each)
        if kind == "AlternateContent":
            choice = each.find("{*}Choice")
            yield from _walk(choice if choice is not None else each, hidden=hidden)
        elif kind in _SHAPES:
            yield each, hidden or is_switched_off(each)
        elif kind == "grpSp":
            yield from _walk(each, hidden=hidden or is_switched_off(each))
        elif kind in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor", "relSizeAnchor", "absSizeAnchor"):
            yield from _walk(each, hidden=hidden)


def is_switched_off(shape: etree._Element) -> bool:
    """The mark stands two levels inside the shape."""
    for properties in shape:
        if isinstance(properties.tag, str) and named(properties).startswith("nv"):
            own = properties.find("{*}cNvPr")
            return own is not None and own.get("hidden") in ("1", "true")
    return False


def _shape(
    element: etree._Element,
    palette: Palette,
    box: Box | None,
    hidden: bool,
    filled: Callable[[etree._Element], etree._Element | None],
) -> Shape:
    kind = named(element)
    properties = element.find("{*}spPr")
    style = element.find("{*}style")
    fill, solid = _fill(properties, palette)
    if fill is None and not solid:
        inherited = filled(element)
        fill, solid = _fill(inherited, palette) if inherited is not None else (None, False)
        if fill is None and not solid:
            fill, solid = _fill_of_style(style, palette)
    if kind in ("pic", "graphicFrame"):
        fill, solid = None, kind == "pic" and not _is_clear(element)
    holder = element.find("{*}nvSpPr/{*}nvPr/{*}ph")
    placeholder = (holder.get("type") or "body", holder.get("idx") or "") if holder is not None else None
    body = element.find("{*}txBody")
    runs = list(_runs(body, style, palette)) if body is not None else []
    if kind == "graphicFrame":
        fill, runs = _of_table(element, palette)
    return Shape(element, kind, box, fill, solid, "\n".join(lines_of(element)), hidden, placeholder, runs)


def _fill(properties: etree._Element | None, palette: Palette) -> tuple[tuple[Colour, ...] | None, bool]:
    """The colours of a fill and whether it covers; (None, False) where nothing is said, ((), False) for no fill."""
    if properties is None:
        return None, False
    for each in properties:
        kind = named(each)
        if kind == "noFill":
            return (), False
        if kind == "solidFill":
            found = palette.of_drawing(each)
            if found is None:
                return None, True
            colour, opaque = found
            return ((), False) if is_faint(opaque) else ((colour,), opaque > 0.9)
        if kind == "gradFill":
            stops = [palette.of_drawing(stop) for stop in each.iter("{*}gs")]
            colours = tuple(stop[0] for stop in stops if stop is not None)
            return (colours if len(colours) == len(stops) and colours else None), True
        if kind in ("blipFill", "pattFill", "grpFill"):
            return None, True
    return None, False


def _fill_of_style(style: etree._Element | None, palette: Palette) -> tuple[tuple[Colour, ...] | None, bool]:
    reference = style.find("{*}fillRef") if style is not None else None
    if reference is None or reference.get("idx") in (None, "0"):
        return (), False
    found = palette.of_drawing(reference)
    return ((found[0],), True) if found is not None else (None, True)


def _of_table(
    frame: etree._Element, palette: Palette
) -> tuple[tuple[Colour, ...] | None, list[tuple[str, Colour | None, float, float]]]:
    """The letters of a table that are judged by the ground of the page; those in cells with a fill of their own,
    if they cannot be told from it, as letters that let everything through."""
    styled = any((each.text or "").strip() for each in frame.iter("{*}tableStyleId"))
    runs = []
    for cell in frame.iter("{*}tc"):
        body = cell.find("{*}txBody")
        if body is None or is_covered(cell):
            continue
        fill, _ = _fill(cell.find("{*}tcPr"), palette)
        for words, colour, opaque, size in _runs(body, None, palette):
            own = colour
            if fill:
                own, opaque = None, 0.0 if colour is not None and alike(colour, fill) else opaque
            elif styled or (fill is None and cell.find("{*}tcPr/{*}blipFill") is not None):
                own = None
            runs.append((words, own, opaque, size))
    return (), runs


def _is_clear(picture: etree._Element) -> bool:
    """Whether a picture lets through what is under it."""
    return any(True for _ in picture.iter("{*}alphaModFix")) or any(
        True for _ in picture.iter("{*}clrChange")
    )


def unread_title(title: etree._Element, behind: tuple[Colour, ...], palette: Palette) -> str:
    """The words of a title of a chart that cannot be told from the ground of the chart."""
    said = [
        words
        for body in title.iter("{*}rich")
        for words, colour, opaque, size in _runs(body, None, palette)
        if is_faint(opaque) or 0 < size <= _TINY or (colour is not None and behind and alike(colour, behind))
    ]
    return "".join(said)


def fill_of(holder: etree._Element, palette: Palette) -> tuple[Colour, ...] | None:
    """The colours of the fill of a chart, nothing for none; None where they cannot be said."""
    properties = holder.find("{*}spPr")
    fill, solid = _fill(properties, palette)
    return () if fill is None and not solid else fill


def _runs(
    body: etree._Element, style: etree._Element | None, palette: Palette
) -> Iterator[tuple[str, Colour | None, float, float]]:
    """Each piece of text with its colour, how opaque it is and its size; no colour where it comes from elsewhere."""
    general = body.find("{*}lstStyle/{*}lvl1pPr/{*}defRPr")
    reference = style.find("{*}fontRef") if style is not None else None
    for run in body.iter("{*}r", "{*}fld"):
        words = "".join(each.text or "" for each in run.iterchildren("{*}t"))
        if not words.strip():
            continue
        own = run.find("{*}rPr")
        colour, opaque = None, 1.0
        for holder in (own, general):
            told = _letters(holder, palette)
            if told is not None:
                colour, opaque = told
                break
        else:
            found = palette.of_drawing(reference) if reference is not None else None
            colour = found[0] if found is not None else None
        size = 0.0
        for holder in (general, own):
            told_size = holder.get("sz") if holder is not None else None
            size = float(told_size) if told_size and told_size.isdecimal() else size
        yield words, colour, opaque, size


def _letters(holder: etree._Element | None, palette: Palette) -> tuple[Colour | None, float] | None:
    """None where nothing is said of the colour."""
    if holder is None:
        return None
    outlined = holder.find("{*}ln")
    if outlined is not None and outlined.find("{*}noFill") is None and len(outlined):
        return (None, 1.0)  # letters with a line around them are read by it
    if holder.find("{*}noFill") is not None:
        return (None, 0.0)
    solid = holder.find("{*}solidFill")
    return palette.of_drawing(solid) if solid is not None else None


def lines_of(root: etree._Element) -> list[str]:
    """The paragraphs, without those that are not shown."""
    lines = []
    for paragraph in root.iter("{*}p"):
        if any(_is_left_out(up) for up in _between(paragraph, root)):
            continue
        words = "".join(each.text or "" for each in paragraph.iter("{*}t"))
        if words.strip():
            lines.append(words)
    return lines


def _between(element: etree._Element, root: etree._Element) -> Iterator[etree._Element]:
    for up in element.iterancestors():
        if up is root:
            return
        yield up


def _is_left_out(element: etree._Element) -> bool:
    """What only old programs show, and cells of a table that lie under the one they were merged with."""
    kind = named(element)
    return kind == "Fallback" or (kind == "tc" and is_covered(element))


def is_covered(cell: etree._Element) -> bool:
    return cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true")


def told_of(
    shapes: list[Shape],
    ground: Callable[[Shape], tuple[Colour, ...] | None],
    under: list[Shape],
    place: str,
    *,
    still: bool,
) -> Iterator[Hidden]:
    """What of the words of these shapes is not seen. ``under``: shapes drawn before all of them; ``still``: nothing moves."""
    for number, shape in enumerate(shapes):
        if shape.hidden:
            words = shape.words or shape.name
            what = "图形" if shape.kind != "pic" else "图片"
            yield Hidden(Trace.HIDDEN_TEXT, f"{place}，不显示的{what}", words)
            continue
        if not shape.words:
            continue
        if shape.box is not None and _is_a_point(shape.box):
            yield Hidden(Trace.HIDDEN_TEXT, place, shape.words, cleanable=False, advice=POINT_ADVICE)
        behind = _behind(shape, [*under, *shapes[:number]], ground)
        for advice, words in _unread(shape, behind):
            yield Hidden(Trace.WHITE_TEXT, place, words, cleanable=False, advice=advice)
        if still and shape.box is not None and any(_covers(each, shape.box) for each in shapes[number + 1 :]):
            yield Hidden(Trace.COVERED_TEXT, place, shape.words, cleanable=False, advice=COVERED_ADVICE)


def _unread(shape: Shape, behind: tuple[Colour, ...] | None) -> Iterator[tuple[str, str]]:
    for advice, unread in (
        (
            COLOUR_ADVICE,
            lambda colour, opaque, size: (
                is_faint(opaque) or (colour is not None and bool(behind) and alike(colour, behind or ()))
            ),
        ),
        (SIZE_ADVICE, lambda colour, opaque, size: 0 < size <= _TINY),
    ):
        words = "".join(words for words, *how in shape.runs if unread(*how))
        if words.strip():
            yield advice, words


def _is_a_point(box: Box) -> bool:
    return box[2] - box[0] < 0.02 and box[3] - box[1] < 0.02


def _behind(
    shape: Shape, below: list[Shape], ground: Callable[[Shape], tuple[Colour, ...] | None]
) -> tuple[Colour, ...] | None:
    """The colours behind the letters; None where they cannot be said."""
    if shape.fill is None:
        return None
    if shape.fill:
        return shape.fill
    for each in reversed(below):
        if each.hidden or not (each.solid or each.fill):
            continue
        if shape.box is None or each.box is None or _holds(each.box, shape.box):
            return each.fill or None
        if _meets(each.box, shape.box):
            return None
    return ground(shape)


def _covers(shape: Shape, box: Box) -> bool:
    return shape.solid and not shape.hidden and shape.box is not None and _holds(shape.box, box)


def _holds(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _meets(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def words_beside(root: etree._Element) -> Iterator[str]:
    """What a picture is said to show: read out, and judged like text."""
    for each in root.iter("{*}cNvPr", "{*}docPr"):
        for key in ("descr", "title"):
            value = each.get(key)
            if value and not PLACE.search(value):
                yield value


def beside(root: etree._Element, place: str, seen: Seen) -> Iterator[Hidden]:
    """What a drawing holds beside its shapes: paths, tips, words for old programs."""
    for each in root.iter("{*}cNvPr", "{*}docPr"):
        for key in ("descr", "title"):
            value = each.get(key) or ""
            if PLACE.search(value):
                yield Hidden(Trace.METADATA, f"{place}，图片原来的位置", value)
    tips = " ".join(
        tip
        for each in root.iter("{*}hlinkClick", "{*}hlinkHover")
        if (tip := each.get("tooltip")) and seen.tells_more(tip) and "://" not in tip
    )
    if tips:
        yield Hidden(Trace.HIDDEN_TEXT, f"{place}，链接提示", tips)
    for words in _words_for_old_programs(root, seen):
        yield Hidden(Trace.HIDDEN_TEXT, f"{place}，旧程序才显示的文字", words)


def clean_beside(root: etree._Element) -> None:
    """A drawing without what ``beside`` lists and can be taken out."""
    for each in root.iter("{*}cNvPr", "{*}docPr"):
        for key in ("descr", "title"):
            if PLACE.search(each.get(key) or ""):
                del each.attrib[key]
    for each in root.iter("{*}hlinkClick", "{*}hlinkHover"):
        if "tooltip" in each.attrib:
            del each.attrib["tooltip"]
    for alternative in list(root.iter("{*}Fallback")):
        if alternative.getparent() is not None and _has_choice(alternative):
            remove(alternative)


def _has_choice(fallback: etree._Element) -> bool:
    holder = fallback.getparent()
    return holder is not None and holder.find("{*}Choice") is not None


def _words_for_old_programs(root: etree._Element, seen: Seen) -> Iterator[str]:
    for fallback in root.iter("{*}Fallback"):
        words = "".join(each.text or "" for each in fallback.iter("{*}t"))
        if _has_choice(fallback) and seen.tells_more(words):
            yield words
