"""导入文件: small workbooks as offices send them."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook


def xlsx(*rows: Sequence[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(*rows: Sequence[str], encoding: str = "gb18030") -> bytes:
    return "\r\n".join(",".join(row) for row in rows).encode(encoding)
