"""导出表格. Rows as a CSV file that opens in WPS and Excel and in which no cell can run as a formula (INP-03)."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

from gongkai.desk.downloads import as_download
from gongkai.spreadsheets import written

_LONG_NUMBER = 12  # a spreadsheet rounds whole numbers from 16 digits on and writes them as 1.1E+17 from 12


class _Echo:
    """Hands back what the csv writer writes, so that rows leave one at a time."""

    def write(self, text: str) -> str:
        return text


def harmless(cell: str) -> str:
    """The cell as text: a leading apostrophe where it would otherwise be calculated or rounded."""
    if cell.isdigit() and len(cell) >= _LONG_NUMBER:
        return f"'{cell}"
    return str(written.harmless(cell))


def csv_download(rows: Iterable[list[str]], *, name: str) -> StreamingHttpResponse:
    """A CSV download in UTF-8 with the mark by which Excel and WPS recognise it."""
    answer = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    as_download(answer, f"{name}.csv")
    return answer


def csv_lines(rows: Iterable[list[str]]) -> Iterator[str]:
    """The file line by line, its mark first."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])
