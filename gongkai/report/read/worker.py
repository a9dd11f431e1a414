"""读取文件的子进程. ``python -m gongkai.report.read.worker``: a length and the bytes in, a length and JSON out.

With ``--ocr`` it reads scanned pages, under larger limits.
"""

import json
import sys

from gongkai.report.read import limits
from gongkai.report.read.pipe import receive, send

OCR = "--ocr"


def main() -> int:
    """Read files until the parent closes the pipe."""
    entrance, exit_ = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a parser that prints must not disturb the pipe
    by_ocr = sys.argv[1:] == [OCR]
    limits.apply(limits.OCR_MEMORY if by_ocr else limits.MEMORY)
    while True:
        data = receive(entrance)
        if data is None:
            return 0
        limits.allow_processor_time(limits.OCR_PROCESSOR_SECONDS if by_ocr else limits.PROCESSOR_SECONDS)
        send(exit_, answer(data, by_ocr=by_ocr))


def answer(data: bytes, *, by_ocr: bool = False) -> bytes:
    """The report as JSON, or the sentence that says why not."""
    from gongkai.report.json_form import to_json
    from gongkai.report.read.document import CannotRead
    from gongkai.report.read.reading import parse
    from gongkai.report.read.scan import NeedsOcr

    result: dict[str, object]
    try:
        result = {"report": to_json(parse(data, by_ocr=by_ocr))}
    except NeedsOcr as refusal:
        result = {"refused": str(refusal), "needs_ocr": True}
    except CannotRead as refusal:
        result = {"refused": str(refusal)}
    except MemoryError:
        result = {"refused": "文件展开后占用的内存过大，未读取。"}
    except Exception as error:  # noqa: BLE001 - a parser's fault must mark this file only, never end the run
        result = {
            "refused": "文件的内容无法解析，可能已损坏，请重新取得完整的文件。",
            "fault": type(error).__name__,
        }
    return json.dumps(result, ensure_ascii=False).encode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main())
