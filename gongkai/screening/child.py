"""检查文件的子进程. ``python -m gongkai.screening.child``: a question as JSON and the bytes in, JSON and bytes out.

The answer is data, never objects: whatever a hostile file makes of this process, the parent reads only words from it.
"""

import json
import struct
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import IO, Any

from gongkai.screening import bounds

_LENGTH = struct.Struct(">Q")
BROKEN = "文件的内容无法解析，可能已损坏，请重新取得完整的文件。"
TOO_LARGE = "文件展开后占用的内存过大，没有检查。请压缩图片或者分成几个文件。"


def send(pipe: IO[bytes], *messages: bytes) -> None:
    for message in messages:
        pipe.write(_LENGTH.pack(len(message)))
        pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """One message; None when the other side has ended."""
    length = pipe.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(length)
    message = pipe.read(size)
    return message if len(message) == size else None


Answer = Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]]


def serve(answer: Answer, *, load: Callable[[], None]) -> int:
    """Answer until the parent closes the pipe. The parsers are loaded before memory is counted."""
    entrance, exit_ = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a parser that prints must not disturb the pipe
    load()
    bounds.apply()
    while (question := receive(entrance)) is not None:
        data = receive(entrance)
        if data is None:
            return 1
        bounds.allow_processor_time()
        result, cleaned = answer(json.loads(question), data)
        send(exit_, json.dumps(result, ensure_ascii=True).encode(), cleaned)
    return 0


def guarded(work: Answer, question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer of ``work``, or a refusal in one sentence."""
    from gongkai.screening.inspection import CannotInspect

    try:
        return work(question, data)
    except CannotInspect as refusal:
        return {"refusal": str(refusal)}, b""
    except MemoryError:
        return {"refusal": TOO_LARGE, "fault": "MemoryError"}, b""
    except Exception as error:  # noqa: BLE001 - a parser's fault must mark this file only
        return {"refusal": BROKEN, "fault": type(error).__name__}, b""


def answer(question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    return guarded(_looked_at, question, data)


def _looked_at(question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from gongkai.screening import parsing

    if question["do"] == "clean":
        cleaned = parsing.clean(question["name"], data)
        told = {"removed": cleaned.removed, "remaining": cleaned.remaining}
        return {key: [asdict(each) for each in value] for key, value in told.items()}, cleaned.data
    return asdict(parsing.inspect(question["name"], data)), b""


def _load() -> None:
    from gongkai.screening import parsing

    del parsing


if __name__ == "__main__":
    sys.exit(serve(answer, load=_load))
