"""gongkai screen check. Lists what must be seen to before release, and answers with the exit code."""

import argparse
import json
import sys
from typing import Any

from gongkai.command_line import exit_codes
from gongkai.command_line.terminal import Progress, has_colour
from gongkai.screening.command_line import printing
from gongkai.screening.command_line.looking import Looked, find, look_at


def run(chosen: argparse.Namespace) -> int:
    """检查."""
    sources = find(chosen.sources)
    progress = Progress(len(sources))
    looked = []
    try:
        for source in sources:
            looked.append((source.name, look_at(source)))
            progress.advance()
    finally:
        progress.close()
    if chosen.json:
        text = json.dumps([as_json(*each) for each in looked], ensure_ascii=False, indent=2)
    else:
        text = printing.results(looked, colour=has_colour(sys.stdout))
    sys.stdout.write(text + "\n")
    return max(exit_code(each) for _, each in looked)


def exit_code(looked: Looked) -> int:
    if looked.inspection.refusal:
        return exit_codes.CANNOT_READ
    return exit_codes.PROBLEMS if looked.has_something else exit_codes.NOTHING_WRONG


def as_json(name: str, looked: Looked) -> dict[str, Any]:
    """One entry of ``--json``; personal data only as masked."""
    inspection = looked.inspection
    return {
        "file": name,
        "kind": inspection.kind.value if inspection.kind else None,
        "refusal": inspection.refusal or None,
        "hidden": [
            {
                "what": each.trace.value,
                "place": each.place,
                "content": printing.masked_text(each.content),
                "cleanable": each.cleanable,
                "advice": each.advice,
            }
            for each in inspection.hidden
        ],
        "found": [
            {"what": each.what.value, "level": each.level.value, "shown": each.shown, "advice": each.advice}
            for each in looked.found
        ],
        "for_a_person": list(inspection.for_a_person),
    }
