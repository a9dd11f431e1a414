"""清理上传的素材. A picture is drawn anew and a PDF built anew, in a process of its own with bounds (FIL-05, FIL-09).

The child gets the bytes on its standard input and answers one line of JSON, then the new bytes: whatever a hostile file
makes of the child, the parent reads only these.
"""

import io
import json
import subprocess
import sys
from dataclasses import dataclass

LARGEST = 20 * 1024 * 1024  # FIL-02
MOST_PIXELS = 40_000_000  # FIL-05
WIDEST = 1600  # no screen of the portal shows a picture wider
_PATIENCE = 60
_BROKEN = "文件已经损坏，或者大得打不开，没有保存。请重新导出一份再上传。"


class CannotClean(Exception):
    """不能用: one Chinese sentence. Nothing was kept."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """清理好的文件."""

    data: bytes
    media_type: str
    width: int = 0
    height: int = 0


def clean(kind: str, data: bytes) -> Cleaned:
    """Raises CannotClean; a child that crashes or runs out of bounds is one of its reasons."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "gongkai.duties.catalogue.topics.cleaned", kind],
            input=data,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
        head, _, cleaned = done.stdout.partition(b"\n")
        answer = json.loads(head)
    except (subprocess.TimeoutExpired, ValueError):
        raise CannotClean(_BROKEN) from None
    if "refusal" in answer:
        raise CannotClean(answer["refusal"])
    return Cleaned(cleaned, **answer)


def picture(data: bytes) -> Cleaned:
    """重新编码的图片: nothing of the camera, the place or the program is left in it."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        opened = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
    except UnidentifiedImageError:
        raise CannotClean("不是图片：只收JPG和PNG，按文件内容判断，不看扩展名。请另存为JPG再上传。") from None
    if opened.width * opened.height > MOST_PIXELS:
        raise CannotClean(f"图片有{opened.width}×{opened.height}个像素，最多4000万个。请缩小后再上传。")
    form = opened.format
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((WIDEST, WIDEST))
    out = io.BytesIO()
    if form == "PNG":
        upright = upright.convert("RGBA" if "A" in upright.mode or "transparency" in upright.info else "RGB")
        _fresh(upright).save(out, "PNG", optimize=True)
        return Cleaned(out.getvalue(), "image/png", upright.width, upright.height)
    upright = upright.convert("RGB")
    _fresh(upright).save(out, "JPEG", quality=85, optimize=True)
    return Cleaned(out.getvalue(), "image/jpeg", upright.width, upright.height)


def document(data: bytes) -> Cleaned:
    """重新写出的PDF: no author, no program, no scripts, no files inside, no earlier state (FIL-06)."""
    import pikepdf

    if not data.startswith(b"%PDF-"):
        raise CannotClean("不是PDF：只收PDF文件，按文件内容判断，不看扩展名。请导出为PDF再上传。")
    try:
        opened = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise CannotClean("PDF设有口令，读者打不开。请去掉口令后再上传。") from None
    with opened, pikepdf.new() as fresh:
        fresh.pages.extend(opened.pages)  # pages alone: what hangs on the document stays behind
        for page in fresh.pages:
            for key in ("/AA", "/Annots", "/Metadata", "/PieceInfo", "/Thumb"):
                if key in page.obj:
                    del page.obj[key]
        out = io.BytesIO()
        fresh.save(out, deterministic_id=True)
    return Cleaned(out.getvalue(), "application/pdf")


def main() -> None:
    from gongkai.report.read import limits

    limits.apply()
    limits.allow_processor_time()
    data = sys.stdin.buffer.read()
    try:
        done = {"picture": picture, "document": document}[sys.argv[1]](data)
    except CannotClean as refusal:
        answer = json.dumps({"refusal": str(refusal)}).encode()
        sys.stdout.buffer.write(answer + b"\n")
    else:
        facts = {"media_type": done.media_type, "width": done.width, "height": done.height}
        sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + done.data)


def _fresh(image):  # type: ignore[no-untyped-def]
    """The pixels alone, in a picture that never had any other information."""
    from PIL import Image

    fresh = Image.new(image.mode, image.size)
    fresh.paste(image)
    return fresh


if __name__ == "__main__":
    main()
