"""依据. Where a rule comes from, down to article, paragraph and item, and how sure we are of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_DIGITS = "〇一二三四五六七八九"


def chinese_number(number: int) -> str:
    """中文数字, 1 to 999, as articles are numbered.

    >>> [chinese_number(n) for n in (3, 10, 14, 33, 100, 203)]
    ['三', '十', '十四', '三十三', '一百', '二百〇三']
    """
    if not 0 < number < 1000:
        raise ValueError(f"条款序号应在1至999之间：{number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = _DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "〇"
    return text + (_DIGITS[ones] if ones else "")


class Certainty(StrEnum):
    """确证程度. What is not CONFIRMED is shown with its mark wherever it is used."""

    CONFIRMED = "confirmed"  # read in the text of the instrument
    FROM_MEMORY = "from_memory"  # general knowledge, text not at hand: 待核
    INFERENCE = "inference"  # our reading of confirmed text: 待核
    LOCAL = "local"  # one place's practice: configuration

    @property
    def mark(self) -> str:
        """待核标记, empty when nothing needs to be said."""
        return {"confirmed": "", "from_memory": "待核", "inference": "待核", "local": "地方做法"}[self.value]


@dataclass(frozen=True, slots=True)
class Instrument:
    """法律文件: its title, number, and the days it is in force (both inclusive).

    ``unconfirmed`` says in Chinese what of these head data is still 待核; empty when all of it was read.
    """

    title: str
    number: str
    short: str
    in_force_from: date
    in_force_to: date | None = None
    unconfirmed: str = ""

    def in_force_on(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def article(
        self,
        article: int,
        paragraph: int | None = None,
        item: int | None = None,
        *,
        certainty: Certainty = Certainty.CONFIRMED,
    ) -> "Citation":
        return Citation(self, article, paragraph, item, certainty)

    def whole(self, *, certainty: Certainty = Certainty.CONFIRMED) -> "Citation":
        """The instrument without an article, for notices whose parts are not numbered by article."""
        return Citation(self, None, None, None, certainty)


@dataclass(frozen=True, slots=True)
class Citation:
    """引用: 《条例》第三十三条第二款. ``str()`` prints it as a letter would."""

    instrument: Instrument
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None
    certainty: Certainty = Certainty.CONFIRMED

    def __str__(self) -> str:
        # A notice known by its number alone is not put in title marks.
        named = self.instrument.short != self.instrument.number
        text = f"《{self.instrument.short}》" if named else self.instrument.number
        if self.article:
            text += f"第{chinese_number(self.article)}条"
        if self.paragraph:
            text += f"第{chinese_number(self.paragraph)}款"
        if self.item:
            text += f"第{chinese_number(self.item)}项"
        return text + (f"（{self.certainty.mark}）" if self.certainty.mark else "")


REGULATIONS = Instrument(
    title="中华人民共和国政府信息公开条例",
    number="国务院令第711号",
    short="条例",
    in_force_from=date(2019, 5, 15),
)
REPORT_FORM_2021 = Instrument(
    title="中华人民共和国政府信息公开工作年度报告格式",
    number="国办公开办函〔2021〕30号",
    short="年度报告格式（2021）",
    in_force_from=date(2021, 9, 26),
)
REPORT_FORM_2019 = Instrument(
    title="关于政府信息公开工作年度报告有关事项的通知",
    number="国办公开办函〔2019〕60号",
    short="年度报告格式（2019）",
    in_force_from=date(2019, 11, 11),
    in_force_to=date(2021, 9, 25),
)
