"""扫描件. Pictures of our own prints are read without one wrong cell; what is not certain is "cannot judge"."""

import io
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from gongkai.report.model import CellState, Form, NoteKind, Report
from gongkai.report.read import CannotRead, read, scan
from gongkai.report.render import render
from tests.report.check.office import sound_report

needs_ocr = pytest.mark.skipif(
    any(find_spec(name) is None for name in ("rapidocr", "onnxruntime", "cv2")),
    reason="the optional gongkai[ocr] is not installed",
)


def pages_of(report: Report) -> Iterator[Any]:
    """Its print as grey pictures of 200 dots an inch."""
    document = pypdfium2.PdfDocument(render(report, to="pdf"))
    for page in document:
        yield page.render(scale=200 / 72, grayscale=True).to_numpy().squeeze()


def scanned(pages: Iterator[Any]) -> bytes:
    """The pictures as one file of several pages."""
    import cv2

    made, data = cv2.imencodemulti(".tiff", list(pages))
    assert made
    return bytes(data)


def tilted(page: Any) -> Any:
    import cv2

    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 0.8, 1)
    return cv2.warpAffine(page, turn, (width, height), borderValue=255)


def grainy(page: Any) -> Any:
    import numpy

    grain = numpy.random.default_rng(1).normal(0, 14, page.shape)
    return numpy.clip(page * 0.9 + 15 + grain, 0, 255).astype(numpy.uint8)


def counted(report: Report) -> tuple[int, int]:
    """(wrong, cannot judge) of its cells."""
    wrong = unread = 0
    for table, row, column, cell in sound_report().cells():
        got = report.cell(table, row, column)
        if got.state in (CellState.UNREADABLE, CellState.ABSENT):
            unread += 1
        elif (got.state, got.value) != (cell.state, cell.value):
            wrong += 1
    return wrong, unread


@pytest.mark.parametrize("of_pdf", [False, True], ids=["picture", "PDF of pictures"])
def test_without_the_extra_a_scan_is_refused_with_the_name_of_what_to_install(
    of_pdf: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "is_installed", lambda: False)

    with pytest.raises(CannotRead, match=r"pip install gongkai\[ocr\]") as refusal:
        read(pdf_of_a_picture() if of_pdf else b"\x89PNG\r\n\x1a\n" + bytes(50))

    assert str(refusal.value).count("。") == 1


def pdf_of_a_picture() -> bytes:
    """One page that holds nothing but a picture."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    bitmap = pypdfium2.PdfBitmap.new_native(200, 200, pypdfium2.raw.FPDFBitmap_BGR)
    bitmap.fill_rect((200, 200, 200, 255), 0, 0, 200, 200)
    picture = pypdfium2.PdfImage.new(document)
    picture.set_bitmap(bitmap)
    picture.set_matrix(pypdfium2.PdfMatrix().scale(500, 700))
    page.insert_obj(picture)
    page.gen_content()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@needs_ocr
@pytest.mark.prove
@pytest.mark.parametrize("spoil", [tilted, grainy], ids=["tilted", "grainy"])
def test_a_scanned_report_is_read_without_a_wrong_cell(spoil: Any, tmp_path: Path) -> None:
    path = tmp_path / "scan.tiff"
    path.write_bytes(scanned(spoil(page) for page in pages_of(sound_report())))

    report = read(path)

    wrong, unread = counted(report)
    assert wrong == 0
    assert unread <= 20
    assert (report.year, report.source_format) == (2023, "scan")
    assert NoteKind.SCANNED in {note.kind for note in report.notes}


@needs_ocr
@pytest.mark.prove
def test_a_stain_on_a_figure_makes_it_unreadable_and_not_another_figure() -> None:
    import cv2

    page = list(pages_of(sound_report()))[2]
    cv2.line(page, (700, 560), (1460, 600), 90, 3)  # a stroke of a pen through the first rows

    report = read(scanned(iter([page])))

    states = [cell.state for table, _, _, cell in report.cells() if table == "applications"]
    assert counted(report)[0] == 0
    assert states.count(CellState.NUMBER) >= 100
    assert CellState.UNREADABLE in states


@needs_ocr
@pytest.mark.prove
def test_a_picture_of_nothing_is_no_report() -> None:
    import numpy

    assert read(scanned(iter([numpy.full((200, 200), 255, numpy.uint8)]))).form is Form.NOT_A_REPORT
