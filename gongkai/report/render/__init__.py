"""输出年度报告. ``render(report, to="html")`` gives the bytes of one format; each format is loaded when it is asked for."""

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module

from gongkai.report.model import Report


class Format(StrEnum):
    """输出格式; the value is also the ending of the file's name."""

    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    JSON = "json"

    @property
    def media_type(self) -> str:
        office = "application/vnd.openxmlformats-officedocument"
        return {
            "html": "text/html; charset=utf-8",
            "docx": f"{office}.wordprocessingml.document",
            "pdf": "application/pdf",
            "xlsx": f"{office}.spreadsheetml.sheet",
            "json": "application/json",
        }[self.value]


class CannotRender(Exception):
    """无法输出. The message is one Chinese sentence; the other formats are not affected."""


def render(report: Report, *, to: Format | str) -> bytes:
    """The report in one format."""
    target = Format(to)
    if target is Format.JSON:
        return _json(report)
    maker: Callable[[Report], bytes] = import_module(f"gongkai.report.render.{target.value}").render
    return maker(report)


def _json(report: Report) -> bytes:
    from gongkai.report.json_form import dumps

    return dumps(report).encode()
