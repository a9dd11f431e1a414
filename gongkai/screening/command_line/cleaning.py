"""gongkai screen clean. The same file without what nobody sees, saved beside; the original is never touched."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from gongkai.command_line import exit_codes
from gongkai.command_line.output import write_file
from gongkai.command_line.refusal import Refused
from gongkai.command_line.sources import Source
from gongkai.command_line.terminal import Colour, has_colour, paint, without_controls
from gongkai.screening import files
from gongkai.screening.command_line.looking import bytes_of, find
from gongkai.screening.command_line.printing import hidden_in_a_line
from gongkai.screening.inspection import CannotInspect, Cleaned

_CLEANED = "（已清理）"


def run(chosen: argparse.Namespace) -> int:
    """清理. Targets are looked at before anything is written, so that none is half done."""
    pairs = tuple(_pairs(find(chosen.sources), Path(chosen.output) if chosen.output else None))
    if not pairs:
        raise Refused("目录里的文件都是已经清理的。")
    return max([_clean(source, target) for source, target in pairs])


def _pairs(sources: tuple[Source, ...], output: Path | None) -> Iterator[tuple[Source, Path]]:
    taken: set[Path] = set()
    several = len(sources) > 1 or any(source.within for source in sources)
    if several and output is not None and not output.is_dir():
        raise Refused(f"有多份文件，输出要写目录，而“{output}”不是目录。")
    for source in sources:
        if source.path is None:
            raise Refused("清理要写文件名，不能从标准输入读。")
        path = source.path
        if source.within and path.stem.endswith(_CLEANED):
            continue
        if output is None:
            target = path.with_name(f"{path.stem}{_CLEANED}{path.suffix}")
        else:
            target = output / (source.within or path.name) if output.is_dir() else output
        if target in taken or target.exists():
            raise Refused(f"已经有“{target}”，没有覆盖。请换一个输出文件或者目录。")
        taken.add(target)
        yield source, target


def _clean(source: Source, target: Path) -> int:
    heading = paint(without_controls(source.name), Colour.BOLD, on=has_colour(sys.stdout))
    try:
        cleaned = files.clean(source.path.name if source.path else "", bytes_of(source))
    except CannotInspect as refusal:
        sys.stdout.write(f"{heading}\n  没有清理：{refusal}\n")
        return exit_codes.CANNOT_READ
    target.parent.mkdir(parents=True, exist_ok=True)
    write_file(target, cleaned.data)
    sys.stdout.write("\n".join([heading, *_lines(cleaned, target)]) + "\n")
    return exit_codes.PROBLEMS if cleaned.remaining else exit_codes.NOTHING_WRONG


def _lines(cleaned: Cleaned, target: Path) -> Iterator[str]:
    yield f"  去掉{len(cleaned.removed)}处，另存为“{without_controls(str(target))}”"
    yield from (f"    {hidden_in_a_line(each)}" for each in cleaned.removed)
    if cleaned.remaining:
        yield f"  还有{len(cleaned.remaining)}处要在原稿中处理"
        yield from (f"    {hidden_in_a_line(each)}" for each in cleaned.remaining)
