"""发布前检查的速度. Texts and documents a second, through the child processes, as the release gate asks for them."""

from collections.abc import Iterator
from functools import partial

from bench.figure import Figure, at_most, duration, median
from gongkai.screening import files
from gongkai.screening.text import look
from gongkai.screening.wording import Wording, WordingList
from tests.screening import making_office, making_pages

DATA = "当场生成的通知：docx、xlsx、1页和40页的pdf、图片；1MB文字，词表两万条"
_MEGABYTE = 1024 * 1024
_PARAGRAPH = (
    "根据《政府信息公开条例》，本机关于2026年3月2日收到申请，编号示例〔2026〕12号，联系电话010-12345678。\n"
)


def figures() -> Iterator[Figure]:
    text = _PARAGRAPH * (_MEGABYTE // len(_PARAGRAPH.encode()))
    own = WordingList(tuple(Wording(f"错{number}词", f"对{number}词") for number in range(20_000)))
    yield at_most("D5 1MB文字：个人信息、密级、词表", median(partial(look, text, wordings=own)), 1.0)
    long = making_pages.pdf_bytes("<p>" + "公开内容。" * 20_000 + "</p>")
    for name, data in (
        ("通知.docx", making_office.docx_bytes()),
        ("表.xlsx", making_office.xlsx_bytes()),
        ("通知.pdf", making_pages.pdf_bytes()),
        ("长文.pdf", long),
        ("照片.jpg", making_office.jpeg()),
    ):
        files.inspect(name, data)  # the child is started and has its parsers
        for what, work in (("检查", files.inspect), ("清理并复查", files.clean)):
            seconds = median(partial(work, name, data))
            yield Figure(what=f"{what}{name}", measured=duration(seconds), beside=f"{len(data) // 1024} KB")
