"""扫描页上的字. Lines of print through the recogniser; a figure counts only when everything about it agrees.

A figure is read twice, from the grey and from the black-and-white picture, both times with confidence, and it must have
as many separate strokes as digits. Anything less is "cannot judge": the form's own sums are never used to guess.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy
import rapidocr

from gongkai.report.grid import UNREADABLE_TEXT
from gongkai.report.model import CellState
from gongkai.report.read.document import CannotRead
from gongkai.report.read.figures import read_cell
from gongkai.report.read.scan_rules import Cell, Image

CONFIDENT = 0.9
THREADS = 2
LONGEST_SIDE = 1600  # pixels of a page in which lines are looked for; memory grows with its square
SPECK = 4  # pixels of ink that are dust
FAINT = 40  # grey levels under the paper that are ink
MARGIN = 6
_EDGE = 20
INSET = 4  # pixels of a cell along its lines that are not looked at
NOT_CERTAIN = "扫描件中这一格的字不能确认"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_DIGIT = re.compile(r"\d")
UNREADABLE_DIGIT = "□"  # in prose; no number is read there
_STROKES = frozenset({"/", "-", "--", "—", "——", "一"})
_WORD_MARKS = frozenset({"无", "不适用"})


@dataclass(frozen=True, slots=True)
class Words:
    """识别出的一行字 and how certain it is."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """页上的一行字 with its place in pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Reading:
    """一格的字, and why it must not be taken for a number."""

    text: str
    doubtful: str = ""


class Recogniser:
    """文字识别. The models lie in the package itself: nothing is fetched when it runs."""

    def __init__(self) -> None:
        self._engine: Any = rapidocr.RapidOCR(
            params={
                "Global.use_cls": False,
                "Global.log_level": "critical",
                "Global.max_side_len": LONGEST_SIDE,
                "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.model_path": _model("det"),
                "Rec.model_path": _model("rec"),
            }
        )

    def lines(self, images: Sequence[Image]) -> list[Words]:
        """Each picture holds one line."""
        if not images:
            return []
        read = self._engine.recognize_txt([cv2.cvtColor(image, cv2.COLOR_GRAY2BGR) for image in images])
        pairs = zip(read.txts, read.scores, strict=True)
        return [Words(_half_width(text), float(score)) for text, score in pairs]

    def page(self, image: Image) -> list[PlacedWords]:
        """The lines that stand anywhere on a page."""
        x, y, width, height = cv2.boundingRect(_specks_removed(image))
        if not width:
            return []
        x, y = max(x - _EDGE, 0), max(y - _EDGE, 0)
        image = image[y : y + height + 2 * _EDGE, x : x + width + 2 * _EDGE]
        found = self._engine(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR))
        if found.boxes is None or found.txts is None:
            return []
        placed = []
        for box, text, confidence in zip(found.boxes, found.txts, found.scores, strict=True):
            text = text if confidence >= CONFIDENT else _DIGIT.sub(UNREADABLE_DIGIT, text)
            xs, ys = [point[0] + x for point in box], [point[1] + y for point in box]
            placed.append(PlacedWords(text, float(min(xs)), float(min(ys)), float(max(xs)), float(max(ys))))
        return placed


def _specks_removed(page: Image) -> Image:
    """White where there is print."""
    _, dark = cv2.threshold(page, 128, 255, cv2.THRESH_BINARY_INV)
    return cv2.medianBlur(dark, 3)


def _model(part: str) -> str:
    """The model in the installed package."""
    folder = Path(rapidocr.__file__).parent / "models"
    models = sorted(folder.glob(f"*_{part}_*.onnx"))
    if not models:
        raise CannotRead("文字识别（OCR）的安装不完整，缺少模型，请重新安装（pip install gongkai[ocr]）。")
    return str(models[-1])


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


# 格子里的字 ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Ink:
    """一格里的墨迹: the lines of print, and the strokes as (width, height)."""

    lines: tuple[tuple[int, int, int, int], ...]  # left, top, right, bottom inside the cell
    strokes: tuple[tuple[int, int], ...]
    is_blank: bool


def read_cells(page: Image, cells: Sequence[Cell], recogniser: Recogniser) -> list[Reading]:
    """What stands in each cell."""
    inside = [_inside(page, cell) for cell in cells]
    inks = [_ink(image) for image in inside]
    crops = [(index, _crop(inside[index], line)) for index, ink in enumerate(inks) for line in ink.lines]
    words: dict[int, list[Words]] = {}
    for (index, _), read in zip(crops, recogniser.lines([crop for _, crop in crops]), strict=True):
        words.setdefault(index, []).append(read)
    again = [index for index, read in words.items() if len(read) == 1 and _may_be_value(read[0].text)]
    second = dict(
        zip(
            again,
            recogniser.lines([_black_and_white(_crop(inside[i], inks[i].lines[0])) for i in again]),
            strict=True,
        )
    )
    return [
        _reading(cell, ink, words.get(index, []), second.get(index))
        for index, (cell, ink) in enumerate(zip(cells, inks, strict=True))
    ]


def _inside(page: Image, cell: Cell) -> Image:
    return page[cell.top + INSET : cell.bottom - INSET, cell.left + INSET : cell.right - INSET]


def _ink(image: Image) -> _Ink:
    if not image.size:
        return _Ink((), (), is_blank=True)
    paper = int(numpy.median(image))
    faint = int((image < paper - FAINT).sum())
    if faint <= SPECK:
        return _Ink((), (), is_blank=True)
    dark = _dark_of(image)
    count, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    boxes = [tuple(int(each) for each in stats[i][:4]) for i in range(1, count) if stats[i][4] > SPECK]
    return _Ink(_lines_of(boxes), tuple((w, h) for _, _, w, h in boxes), is_blank=False)


def _dark_of(image: Image) -> Image:
    _, dark = cv2.threshold(image, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    return dark


def _lines_of(boxes: Sequence[tuple[int, ...]]) -> tuple[tuple[int, int, int, int], ...]:
    """Strokes gathered into lines by their height on the page."""
    lines: list[list[int]] = []
    for x, y, w, h in sorted(boxes, key=lambda box: box[1]):
        if lines and y <= lines[-1][3]:
            last = lines[-1]
            lines[-1] = [min(last[0], x), last[1], max(last[2], x + w), max(last[3], y + h)]
        else:
            lines.append([x, y, x + w, y + h])
    return tuple((left, top, right, bottom) for left, top, right, bottom in lines)


def _crop(image: Image, line: tuple[int, int, int, int]) -> Image:
    """One line with paper around it; a stroke alone (a dash) is given the height of print."""
    left, top, right, bottom = line
    piece = image[top:bottom, left:right]
    above = max(MARGIN, (24 - piece.shape[0]) // 2)
    paper = int(numpy.median(image))
    return cv2.copyMakeBorder(piece, above, above, 2 * MARGIN, 2 * MARGIN, cv2.BORDER_CONSTANT, value=paper)


def _black_and_white(crop: Image) -> Image:
    larger = cv2.resize(crop, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
    return cv2.copyMakeBorder(255 - _dark_of(larger), 4, 4, 8, 8, cv2.BORDER_CONSTANT, value=255)


def _may_be_value(text: str) -> bool:
    return len(_CHINESE.findall(text)) < 2 or text in _WORD_MARKS


def _reading(cell: Cell, ink: _Ink, words: Sequence[Words], second: Words | None) -> Reading:
    if not cell.is_closed:
        return Reading(UNREADABLE_TEXT, NOT_CERTAIN)
    if ink.is_blank:
        return Reading("")
    text = "\n".join(each.text for each in words)
    if second is None and len(_CHINESE.findall(text)) >= 2:
        is_number = read_cell(text).cell.state is CellState.NUMBER  # 3件 and the like
        return Reading(UNREADABLE_TEXT, NOT_CERTAIN) if is_number else Reading(text)
    certain = (
        second is not None
        and second.text == text
        and min(words[0].confidence, second.confidence) >= CONFIDENT
        and (_is_figure(text, ink) or _is_mark(text, ink))
    )
    return Reading(text) if certain else Reading(UNREADABLE_TEXT, NOT_CERTAIN)


def _is_figure(text: str, ink: _Ink) -> bool:
    """As many strokes as characters, and the digits upright."""
    if not _FIGURE.fullmatch(text) or len(ink.strokes) != len(text):
        return False
    tallest = max(height for _, height in ink.strokes)
    upright = [(w, h) for w, h in ink.strokes if h >= tallest * 0.6]
    return len(upright) == sum(each.isdigit() for each in text) and all(h > w * 0.9 for w, h in upright)


def _is_mark(text: str, ink: _Ink) -> bool:
    if text in _WORD_MARKS:
        return True
    if text not in _STROKES:
        return False
    is_slash = text == "/"
    return all((h > w * 0.8) if is_slash else (w > 1.5 * h) for w, h in ink.strokes)
