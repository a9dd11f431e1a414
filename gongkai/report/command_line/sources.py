"""给出的报告. The files that may hold a report, and the report in one of them."""

import sys
from collections.abc import Sequence

from gongkai.command_line import sources
from gongkai.command_line.sources import Source
from gongkai.report.model import Report

_PRINTED = (
    ".html",
    ".htm",
    ".docx",
    ".pdf",
    ".xlsx",
    ".xls",
    ".et",
    ".ods",
    ".txt",
    ".md",
    ".markdown",
    ".json",
)
_BY_OFFICE = (".doc", ".wps", ".rtf", ".odt")  # through LibreOffice
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
READABLE = frozenset((*_PRINTED, *_BY_OFFICE, *_PICTURES))


def find(names: Sequence[str]) -> tuple[Source, ...]:
    return sources.find(names, READABLE, kind="报告")


def read(source: Source) -> Report:
    """The report in the file. Raises CannotRead."""
    from gongkai.report.read import read as read_report
    from gongkai.report.read.kinds import LARGEST

    if source.path is None:
        return read_report(sys.stdin.buffer.read(LARGEST + 1))
    return read_report(source.path)
