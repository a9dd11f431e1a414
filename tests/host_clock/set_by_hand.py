"""拨钟. Processes whose clock a test sets while they run, by the faketime library; the machine's own count goes on as it is."""

from datetime import timedelta
from pathlib import Path

WITHOUT = "没有安装faketime（apt install libfaketime），没有拨钟"


def library() -> Path | None:
    return next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)


class SetByHand:
    """一个可以拨的钟: ``surroundings`` for the processes that go by it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "offset"
        self.set(timedelta())
        self.surroundings = {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
        }

    def set(self, shift: timedelta) -> None:
        """So far from the real time, at once; a process reads the old or the new and nothing in between."""
        new = self._file.with_suffix(".new")
        new.write_text(f"{int(shift.total_seconds()):+d}\n", encoding="ascii")
        new.replace(self._file)
