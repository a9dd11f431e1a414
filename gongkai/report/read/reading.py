"""读一份文件. By its content, in a child process with limits unless it is plain text."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.report.model import Note, NoteKind, Report
from gongkai.report.read.document import CannotRead, Document
from gongkai.report.read.kinds import KIND_NAMES, LARGEST, Kind, kind_by_name, kind_of, too_large

if TYPE_CHECKING:
    from gongkai.report.read.workers import Child

SMALL_TEXT = 256 * 1024  # a text of this size needs no child


def read(source: Path | str | bytes, *, name: str = "", by: "Child | None" = None) -> Report:
    """The report in a file. Raises CannotRead with one Chinese sentence.

    Formats that need a parser are read in a child process: 512 MB, 20 s of processor, no network (FIL-09);
    pages without text in one of 1.5 GB and 120 s, where OCR is installed.
    """
    data = contents(source)
    kind = kind_of(data)
    report = _read(data, kind, by)
    promised = kind_by_name(name or ("" if isinstance(source, bytes) else str(source)))
    if promised is None or promised is kind:
        return report
    note = Note(NoteKind.WRONG_EXTENSION, text=f"扩展名与内容不符，按{KIND_NAMES[kind]}读取")
    return replace(report, notes=(*report.notes, note))


def _read(data: bytes, kind: Kind, child: "Child | None") -> Report:
    if child is None and kind in (Kind.TEXT, Kind.JSON) and len(data) <= SMALL_TEXT:
        return parse(data)
    from gongkai.report.read import legacy, scan, workers

    converted = legacy.to_docx(data) if kind is Kind.LEGACY else data
    try:
        report = child.read(converted) if child is not None else workers.read_one(converted)
    except scan.NeedsOcr:
        if not scan.is_installed():
            raise
        report = workers.read_by_ocr(converted)
    return replace(report, source_format="legacy") if kind is Kind.LEGACY else report


def contents(source: Path | str | bytes) -> bytes:
    """The bytes of the file, not one more than the limit allows."""
    if isinstance(source, bytes):
        return source
    path = Path(source)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise too_large(size)
        if not path.is_file():
            raise CannotRead("这不是一个文件，请给出报告文件的路径。")
        return path.read_bytes()
    except FileNotFoundError:
        raise CannotRead("文件不存在，请核对路径。") from None
    except PermissionError:
        raise CannotRead("没有权限读取这个文件，请核对文件的权限。") from None
    except (OSError, ValueError):
        raise CannotRead("文件无法打开，请核对路径和磁盘。") from None


def parse(data: bytes, *, by_ocr: bool = False) -> Report:
    """The report in these bytes, read in this process; only for trusted files and inside the child.

    ``by_ocr``: the ordinary child has found no text in it.
    """
    kind = kind_of(data)
    if kind is Kind.JSON:
        report = _json(data)
        if report is not None:
            return report
    from gongkai.report.read.recognise import recognise

    try:
        return recognise(_scanned(data, kind) if by_ocr else _document(data, kind))
    except (MemoryError, RecursionError):
        raise CannotRead("文件的结构过大或者嵌套过深，未读取。") from None


def _document(data: bytes, kind: Kind) -> Document:
    """The parsers are imported only when a file needs them: the command must start at once."""
    if kind is Kind.HTML:
        from gongkai.report.read.html import read_html

        return read_html(data)
    if kind is Kind.DOCX:
        from gongkai.report.read.docx import read_docx

        return read_docx(data)
    if kind is Kind.XLSX:
        from gongkai.report.read.xlsx import read_xlsx

        return read_xlsx(data)
    if kind is Kind.PDF:
        from gongkai.report.read.pdf import read_pdf

        return read_pdf(data)
    if kind is Kind.PICTURE:
        from gongkai.report.read.scan import NeedsOcr

        raise NeedsOcr
    from gongkai.report.read.text import read_text

    return read_text(data)


def _scanned(data: bytes, kind: Kind) -> Document:
    from gongkai.report.read.scan import read_scan

    return read_scan(data, is_pdf=kind is Kind.PDF)


def _json(data: bytes) -> Report | None:
    """Our own JSON form; None for a text that only begins with a bracket."""
    from gongkai.report.json_form import NotTheJsonForm, loads
    from gongkai.report.read.encoding import decoded

    text = decoded(data).lstrip("\ufeff")
    if not text.lstrip().startswith("{"):
        return None
    try:
        return loads(text)
    except NotTheJsonForm as refusal:
        raise CannotRead(str(refusal)) from None
