"""文字中发现的内容. What was found, where it stands in the text as given, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """发现的是什么; the value is what the officer reads."""

    ID_CARD = "身份证号码"
    ID_CARD_15 = "身份证号码（15位）"
    ID_CARD_SUSPECTED = "疑似身份证号码（校验码不符）"
    MOBILE = "手机号码"
    HOME_TELEPHONE = "个人固定电话"
    BANK_CARD = "银行卡号"
    PASSPORT = "护照号码"
    TRAVEL_PERMIT = "往来通行证号码"
    LICENCE_PLATE = "车牌号"
    EMAIL = "个人电子邮箱"
    ACCOUNT = "微信号或者QQ号"
    HOME_ADDRESS = "家庭住址"
    MINOR = "未成年人姓名"
    PATIENT = "患者姓名"
    CLASSIFICATION = "国家秘密标志"
    INTERNAL_MARK = "内部资料标志"
    WORDING = "错别字或者表述"
    NAME = "名称写法"
    CONTROL = "不可见的控制字符"
    LINK = "打不开的链接"


class Level(StrEnum):
    """怎样处理."""

    REFUSE = "不得发布"
    ANSWER = "须逐条处理"
    HINT = "请留意"


PERSONAL = frozenset(
    {
        What.ID_CARD,
        What.ID_CARD_15,
        What.ID_CARD_SUSPECTED,
        What.MOBILE,
        What.HOME_TELEPHONE,
        What.BANK_CARD,
        What.PASSPORT,
        What.TRAVEL_PERMIT,
        What.LICENCE_PLATE,
        What.EMAIL,
        What.ACCOUNT,
        What.HOME_ADDRESS,
        What.MINOR,
        What.PATIENT,
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """一处发现. ``text[start:end]`` is what was found; ``shown`` may be repeated on screens and in records.

    Personal data are shown masked, and the clear value is kept nowhere else (PII-05).
    """

    what: What
    level: Level
    start: int
    end: int
    shown: str
    advice: str

    @property
    def is_personal(self) -> bool:
        return self.what in PERSONAL
