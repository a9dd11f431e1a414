"""裁剪的图片. What was cut off a picture in a document is still in the file, whole; taken out by cutting the picture itself."""

import io
import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from PIL import Image

from gongkai.screening import pictures
from gongkai.screening.inspection import CannotInspect, Hidden, Trace
from gongkai.screening.package import RELATIONSHIP, STRICT_RELATIONSHIP, Package, local, remove

_SIDES = ("l", "t", "r", "b")
_LEAST = 2_000  # thousandths of a percent: less than 2 % is how programs round
_QUALITY = 92
_ADVICE = "图片裁去的部分还在文件里，不能自动去掉。请在原程序中选中图片，用“压缩图片”删除剪裁区域，或者换成裁好的图片。"


@dataclass(frozen=True, slots=True)
class _Cropped:
    """一张裁剪过的图片: where it is shown, which shares are cut off, and the part that holds it whole."""

    part: str
    rectangle: etree._Element
    shares: tuple[float, float, float, float]
    id: str
    picture: str

    @property
    def cleanable(self) -> bool:
        return bool(self.id) and self.picture.lower().endswith((".jpg", ".jpeg", ".png"))


def traces(package: Package) -> Iterator[Hidden]:
    for each in _cropped(package):
        place = f"图片{posixpath.basename(each.picture)}" if each.picture else "图片"
        told = f"裁去了左{each.shares[0]:.0%}、上{each.shares[1]:.0%}、右{each.shares[2]:.0%}、下{each.shares[3]:.0%}"
        advice = "" if each.cleanable else _ADVICE
        yield Hidden(Trace.CROPPED, place, told, cleanable=each.cleanable, advice=advice)


def clean(package: Package) -> None:
    for number, each in enumerate(list(_cropped(package)), 1):
        if not each.cleanable:
            continue
        try:
            content = _cut(package.parts[each.picture], each.shares)
        except CannotInspect:
            continue  # a broken picture is told as such
        folder, name = posixpath.split(each.picture)
        target = posixpath.join(folder, f"cut{number}{posixpath.splitext(name)[1]}")
        package.put(target, content)
        package.lead(each.part, each.id, target)
        package.touch(each.part)
        remove(each.rectangle)


def _cropped(package: Package) -> Iterator[_Cropped]:
    for part in sorted(package.reachable()):
        if not part.endswith((".xml", ".vml")):
            continue
        content = package.parts[part]
        if b"srcRect" not in content and b"crop" not in content:
            continue
        targets = {each.id: each.target for each in package.relationships(part) if not each.external}
        root = package.tree(part)
        used = Counter(_embedded(each) for each in root.iter(etree.Element) if local(each) == "blip")
        for element in root.iter(etree.Element):
            if local(element) == "srcRect":
                shares = _shares([element.get(side) for side in _SIDES])
                holder = element.getparent()
                blip = (
                    next((each for each in holder if local(each) == "blip"), None)
                    if holder is not None
                    else None
                )
                id_ = _embedded(blip)
                alone = used[id_] == 1
                if max(shares) * 100_000 >= _LEAST:
                    yield _Cropped(part, element, shares, id_ if alone else "", targets.get(id_, ""))
            elif local(element) == "imagedata" and any(
                element.get(f"crop{side}") for side in ("left", "top", "right", "bottom")
            ):
                yield _Cropped(part, element, (0, 0, 0, 0), "", "")


def _embedded(blip: etree._Element | None) -> str:
    if blip is None:
        return ""
    return blip.get(RELATIONSHIP + "embed") or blip.get(STRICT_RELATIONSHIP + "embed") or ""


def _shares(said: list[str | None]) -> tuple[float, float, float, float]:
    """Of each side the share that is cut off; a negative one adds an edge and hides nothing."""
    left, top, right, bottom = (
        min(max(int(each), 0), 100_000) / 100_000 if each and each.lstrip("-").isdecimal() else 0.0
        for each in said
    )
    return left, top, right, bottom


def _cut(data: bytes, shares: tuple[float, float, float, float]) -> bytes:
    pictures.size_of(data)  # that it may be decoded
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
        width, height = picture.size
        left, top = round(width * shares[0]), round(height * shares[1])
        right, bottom = width - round(width * shares[2]), height - round(height * shares[3])
        cut = picture.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
        out = io.BytesIO()
        if picture.format == "JPEG":
            cut.save(
                out, "JPEG", quality=_QUALITY, subsampling=0, icc_profile=picture.info.get("icc_profile")
            )
        else:
            cut.save(out, "PNG")
        return out.getvalue()
