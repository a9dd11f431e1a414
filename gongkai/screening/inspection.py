"""文件检查的结果. What a file is, what it says, and what it holds that nobody sees on the page."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """文件类型, by content."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    OFD = "ofd"
    JPEG = "jpg"
    PNG = "png"
    OPAQUE = "wps"  # the old binary formats of WPS and Office: kept, never looked into


class Trace(StrEnum):
    """看不见的内容; the value is what the officer reads."""

    METADATA = "文件属性"
    COMMENT = "批注"
    TRACKED_CHANGE = "修订痕迹"
    HIDDEN_TEXT = "隐藏文字"
    WHITE_TEXT = "与底色相同的文字"
    HIDDEN_SHEET = "隐藏的工作表"
    HIDDEN_ROW = "隐藏的行"
    HIDDEN_COLUMN = "隐藏的列"
    HIDDEN_CELL = "不显示的单元格"
    HIDDEN_SLIDE = "隐藏的幻灯片"
    HIDDEN_NAME = "隐藏的或者指向别处的名称"
    NOTES = "演讲者备注"
    EXTERNAL_LINK = "指向别处的链接"
    EMBEDDED = "嵌入的文件"
    MACRO = "宏或者控件"
    CUSTOM_DATA = "附带的数据"
    PRINTER = "打印机设置"
    ANNOTATION = "PDF批注"
    LAYER = "不显示的图层"
    SCRIPT = "脚本或者自动动作"
    EARLIER_VERSION = "以前的版本"
    COVERED_TEXT = "被遮住的或者看不见的文字"
    FORM_FIELD = "隐藏的表单域"
    LOCATION = "拍摄地点"
    THUMBNAIL = "缩略图"
    CROPPED = "图片裁去的部分"
    TRAILING_DATA = "文件末尾多出的数据"


@dataclass(frozen=True, slots=True)
class Hidden:
    """一处看不见的内容: where it stands, what it says, whether one click removes it, and what to do when not."""

    trace: Trace
    place: str
    content: str = ""
    cleanable: bool = True
    advice: str = ""


_LEAST_REPEATED = (
    6  # characters; shorter values may be a person's name, which is told wherever else it stands
)


def is_repeated(value: str, text: str) -> bool:
    """Whether a property says only what the page says as well: its title, the name of the agency."""
    value = "".join(value.split())
    return len(value) >= _LEAST_REPEATED and value in "".join(text.split())


@dataclass(frozen=True, slots=True)
class Inspection:
    """一份文件的检查结果.

    ``refusal``: the file may not be taken at all, and why. ``text`` is what a reader sees, for search and for
    ``text.look``. ``for_a_person``: what no program can see, each one sentence.
    """

    name: str
    kind: Kind | None
    refusal: str = ""
    text: str = ""
    hidden: tuple[Hidden, ...] = ()
    for_a_person: tuple[str, ...] = ()
    scanned_pages: tuple[int, ...] = ()

    @property
    def everything(self) -> str:
        """All that the file says, seen or not: personal data and marks are looked for in this."""
        return "\n".join([self.text, *(each.content for each in self.hidden)])

    @property
    def cleanable(self) -> tuple[Hidden, ...]:
        return tuple(each for each in self.hidden if each.cleanable)

    @property
    def not_cleanable(self) -> tuple[Hidden, ...]:
        return tuple(each for each in self.hidden if not each.cleanable)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """清理后的文件: its bytes, what was removed, and what is still there because no program may remove it."""

    data: bytes
    removed: tuple[Hidden, ...]
    remaining: tuple[Hidden, ...] = ()


class CannotInspect(ValueError):
    """不能检查或者不能接受这个文件; the message says why and what to do."""
