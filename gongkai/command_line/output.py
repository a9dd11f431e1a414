"""写文件. The whole file or nothing; what stands in the way is one sentence."""

import os
import sys
import tempfile
from pathlib import Path

from gongkai.command_line.refusal import Refused


def write_file(path: Path, data: bytes) -> None:
    """Write beside the place and move there, so that a reader never meets half a file."""
    temporary = ""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".gongkai-", delete=False) as file:
            temporary = file.name
            file.write(data)
        Path(temporary).chmod(0o666 & ~_mask())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise Refused(f"不能写入“{path}”：{_reason(error)}。") from None


def write_out(data: bytes, *, is_text: bool) -> None:
    """To standard output; a document of bytes never to a person's terminal."""
    if sys.stdout.isatty() and not is_text:
        raise Refused("这种格式不能显示在终端上，请用 -o 写出输出文件的名称。")
    sys.stdout.flush()
    sys.stdout.buffer.write(data + (b"\n" if is_text and not data.endswith(b"\n") else b""))
    sys.stdout.buffer.flush()


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "目录不存在"
    if isinstance(error, PermissionError):
        return "没有写入的权限"
    if isinstance(error, IsADirectoryError):
        return "这是一个目录"
    return "请核对路径和磁盘空间"
