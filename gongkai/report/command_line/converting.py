"""gongkai report render, convert. Any readable report to any format, one file or a folder of them."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from gongkai.command_line import exit_codes
from gongkai.command_line.output import write_file, write_out
from gongkai.command_line.refusal import Refused
from gongkai.command_line.sources import Source
from gongkai.command_line.terminal import Progress
from gongkai.report.command_line.sources import find, read
from gongkai.report.model import Report
from gongkai.report.read import CannotRead
from gongkai.report.render import CannotRender, Format, render

_TEXT = frozenset({Format.HTML, Format.JSON})


def run(chosen: argparse.Namespace) -> int:
    """转换."""
    target = _format(chosen)
    sources = find(chosen.sources)
    output = None if chosen.output in (None, "-") else Path(chosen.output)
    if len(sources) == 1 and not sources[0].within and not (output and output.is_dir()):
        data = _rendered(_read(sources[0]), target)
        if output is None:
            write_out(data, is_text=target in _TEXT)
        else:
            write_file(output, data)
        return exit_codes.NOTHING_WRONG
    if output is None or (output.exists() and not output.is_dir()):
        raise Refused("处理多份报告时，请用 -o 给出存放结果的目录。")
    return _into_folder(sources, output, target)


def _into_folder(sources: Sequence[Source], folder: Path, target: Format) -> int:
    """Each under its own name; two that would take the same name keep their endings."""
    names = [_name(source, target) for source in sources]
    progress = Progress(len(sources))
    code = exit_codes.NOTHING_WRONG
    for source, name in zip(sources, names, strict=True):
        own = name if names.count(name) == 1 else Path(f"{source.within or Path(source.name).name}.{target}")
        try:
            data = _rendered(_read(source), target)
        except Refused as refused:
            sys.stderr.write(f"{refused}\n")
            code = exit_codes.CANNOT_READ
        else:
            _make_folder((folder / own).parent)
            write_file(folder / own, data)
        progress.advance()
    progress.close()
    return code


def _name(source: Source, target: Format) -> Path:
    name = Path(source.within or Path(source.name).name)
    return name.with_suffix(f".{target}")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Refused(f"不能建立目录“{folder}”，请核对路径和权限。") from None


def _format(chosen: argparse.Namespace) -> Format:
    """What was asked for, or what the output's name says."""
    if chosen.to:
        return Format(chosen.to)
    ending = Path(chosen.output or "").suffix.lower().lstrip(".")
    if ending in set(Format):
        return Format(ending)
    raise Refused("请用 --to 写明格式（html、docx、pdf、xlsx、json），或者让输出文件带上扩展名。")


def _read(source: Source) -> Report:
    try:
        return read(source)
    except CannotRead as refusal:
        raise Refused(f"“{source.name}”读不出：{refusal}") from None


def _rendered(report: Report, target: Format) -> bytes:
    try:
        return render(report, to=target)
    except CannotRender as refusal:
        raise Refused(str(refusal)) from None
