"""终端. Colour and progress where a person looks on, plain text where a file or a program does."""

import os
import sys
import unicodedata
from enum import StrEnum
from typing import TextIO

_BAR = 24


class Colour(StrEnum):
    RED = "31"
    YELLOW = "33"
    BLUE = "34"
    GREEN = "32"
    GREY = "90"
    BOLD = "1"


def has_colour(stream: TextIO) -> bool:
    """Only on a terminal that did not refuse it (NO_COLOR)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, *colours: Colour, on: bool) -> str:
    return f"\033[{';'.join(colours)}m{text}\033[0m" if on and text else text


def width(text: str) -> int:
    """How many columns the text takes on a terminal.

    >>> width("表三 a")
    6
    """
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled with spaces to a number of columns."""
    spaces = " " * max(0, columns - width(text))
    return spaces + text if right else text + spaces


def without_controls(text: str) -> str:
    """What a document says must not steer the terminal."""
    return "".join(each if each == "\n" or unicodedata.category(each)[0] != "C" else " " for each in text)


def without_controls_but_colour(text: str) -> str:
    """Our own colours stay; what the documents brought along is printed as a space."""
    return "\033".join(without_controls(piece) for piece in text.split("\033"))


class Progress:
    """进度条 on standard error, for many files and on a terminal only."""

    def __init__(self, total: int, *, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.total = total
        self.done = 0
        self.is_shown = total > 3 and self.stream.isatty()

    def advance(self) -> None:
        self.done += 1
        if self.is_shown:
            filled = _BAR * self.done // self.total
            self.stream.write(f"\r{'█' * filled}{'░' * (_BAR - filled)} {self.done}/{self.total}")
            self.stream.flush()

    def close(self) -> None:
        if self.is_shown:
            self.stream.write("\r\033[K")
            self.stream.flush()
