"""The lines of the corpus, put where personal data hide: bodies, headers, comments, deletions, sheets, formats, notes, metadata."""

import csv
import html
import io
from collections.abc import Callable, Sequence

from docx.oxml import parse_xml
from openpyxl.comments import Comment

from gongkai.screening import parsing
from gongkai.screening.web_words import words_of
from tests.screening import making_office as office
from tests.screening import making_pages as pages


def _safe(line: str) -> str:
    return html.escape(line)


def _docx_lines(add: Callable[[object, str], None]) -> Callable[[Sequence[str]], str]:
    def read(lines: Sequence[str]) -> str:
        def fill(made: object) -> None:
            for line in lines:
                add(made, line)

        return parsing.inspect("a.docx", office.docx_bytes(fill)).everything

    return read


def _to_body(made, line: str) -> None:
    if "\t" not in line:
        made.add_paragraph(line)
        return
    cells = line.split("\t")
    row = made.add_table(1, len(cells)).rows[0]
    for cell, words in zip(row.cells, cells, strict=True):
        cell.text = words


def _to_header(made, line: str) -> None:
    made.sections[0].header.add_paragraph(line)


def _to_comment(made, line: str) -> None:
    made.add_comment(made.paragraphs[0].runs, text=line, author="审")


def _to_deletion(made, line: str) -> None:
    words = _safe(line).replace("\n", "&#10;").replace("\t", "&#9;")
    made.paragraphs[1]._p.append(
        parse_xml(
            f'<w:del {office.W} w:id="9" w:author="甲" {office.DATE}><w:r><w:delText>{words}</w:delText></w:r></w:del>'
        )
    )


def _xlsx(fill: Callable[[object, int, str], None]) -> Callable[[Sequence[str]], str]:
    def read(lines: Sequence[str]) -> str:
        def all_lines(made: object) -> None:
            for number, line in enumerate(lines, 20):
                fill(made, number, line)

        return parsing.inspect("a.xlsx", office.xlsx_bytes(all_lines)).everything

    return read


def _to_cells(made, number: int, line: str) -> None:
    for column, words in enumerate(line.split("\t"), 1):
        made.active.cell(number, column, words)


def _to_hidden_sheet(made, number: int, line: str) -> None:
    sheet = made["底稿"] if "底稿" in made.sheetnames else made.create_sheet("底稿")
    sheet.sheet_state = "hidden"
    sheet.cell(number, 1, line)


def _to_format(made, number: int, line: str) -> None:
    cell = made.active.cell(number, 1, number)
    cell.number_format = '"' + line.replace("\n", " ").replace("\t", " ") + '"0'


def _to_cell_comment(made, number: int, line: str) -> None:
    cell = made.active.cell(number, 1, number)
    cell.comment = Comment(line, "审")


def _pdf_text(lines: Sequence[str]) -> str:
    def block(line: str) -> str:
        if "\t" in line:
            return (
                "<table><tr>"
                + "".join(f"<td>{_safe(cell)}</td>" for cell in line.split("\t"))
                + "</tr></table>"
            )
        return f"<p>{_safe(line).replace(chr(10), '<br>')}</p>"

    return parsing.inspect("a.pdf", pages.pdf_bytes("".join(map(block, lines)))).everything


def _pdf_notes(lines: Sequence[str]) -> str:
    return parsing.inspect("a.pdf", pages.pdf_note("Text")("\n\n".join(lines))).everything


def _csv(lines: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(line.split("\t") for line in lines)
    return "\n".join("\t".join(row) for row in csv.reader(io.StringIO(out.getvalue(), newline="")))


def _html(lines: Sequence[str]) -> str:
    def block(line: str) -> str:
        if "\t" in line:
            return "<tr>" + "".join(f"<td>{_safe(cell)}</td>" for cell in line.split("\t")) + "</tr>"
        middle = len(line) // 2
        return f"<p>{_safe(line[:middle])}<b>{_safe(line[middle:])}</b></p>"

    return words_of("".join(map(block, lines)))


def _picture(lines: Sequence[str]) -> str:
    return parsing.inspect("a.jpg", office.jpeg(comment="\n\n".join(lines).encode())).everything


CONTAINERS: dict[str, Callable[[Sequence[str]], str]] = {
    "text": "\n\n".join,
    "docx body": _docx_lines(_to_body),
    "docx header": _docx_lines(_to_header),
    "docx comment": _docx_lines(_to_comment),
    "docx deletion": _docx_lines(_to_deletion),
    "xlsx cell": _xlsx(_to_cells),
    "xlsx hidden sheet": _xlsx(_to_hidden_sheet),
    "xlsx format": _xlsx(_to_format),
    "xlsx comment": _xlsx(_to_cell_comment),
    "pdf text": _pdf_text,
    "pdf note": _pdf_notes,
    "csv": _csv,
    "html": _html,
    "picture metadata": _picture,
}
