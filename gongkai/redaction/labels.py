"""理由的字样. The ground's article and name as a picture, to stand white on the black of a box.

Drawn once by ``tools/draw_ground_labels.py``; no font is needed when a file is made.
"""

import base64
import json
import zlib
from functools import cache
from importlib.resources import files

from PIL import Image

_TEXT_HEIGHT = 8.0  # points, where the box has room
_LEAST_HEIGHT = 5.5  # below this the short words are taken
_EDGE = 1.0  # points between the words and the edge


@cache
def _pictures() -> dict[str, tuple[Image.Image, Image.Image]]:
    told = json.loads(files("gongkai.redaction").joinpath("labels.json").read_text(encoding="utf-8"))
    return {key: (_picture(long), _picture(short)) for key, (long, short) in told.items()}


def _picture(told: dict[str, str | int]) -> Image.Image:
    size = (int(told["width"]), int(told["height"]))
    return Image.frombytes("L", size, zlib.decompress(base64.b64decode(str(told["picture"]))))


def known() -> frozenset[str]:
    return frozenset(_pictures())


def label(ground: str, width: int, height: int, scale: float) -> Image.Image | None:
    """The words that fit a box of so many dots, the long ones where they can be read; upright boxes get them upright."""
    upright = height > 2 * width
    across, down = (height, width) if upright else (width, height)
    edge = 2 * _EDGE * scale
    long, short = _pictures()[ground]
    for words, least in ((long, _LEAST_HEIGHT * scale), (short, 0.0)):
        tall = min(_TEXT_HEIGHT * scale, down - edge, (across - edge) * words.height / words.width)
        if tall >= max(least, 1.0):
            size = (max(1, int(words.width * tall / words.height)), max(1, int(tall)))
            fitted = words.resize(size, Image.Resampling.LANCZOS)
            return fitted.transpose(Image.Transpose.ROTATE_270) if upright else fitted
    return None
