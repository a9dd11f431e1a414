"""个人在个人信息处理中的权利 (个人信息保护法第四十四条至第五十条): what may be asked, by when it is answered, when deletion waits."""

from datetime import date, timedelta
from enum import StrEnum

from gongkai.rules.citation import Certainty, Citation
from gongkai.rules.explanation import Refusal, day_text
from gongkai.rules.personal_information.retention import IDENTITY_PROOF, PERSONAL_INFORMATION_LAW


class Right(StrEnum):
    """一项权利."""

    COPY = "copy"
    CORRECT = "correct"
    DELETE = "delete"

    @property
    def label(self) -> str:
        return _WORDS[self][0]

    @property
    def basis(self) -> Citation:
        return _WORDS[self][1]


def _article(number: int) -> Citation:
    return PERSONAL_INFORMATION_LAW.article(number, certainty=Certainty.FROM_MEMORY)


_WORDS = {
    Right.COPY: ("查阅、复制", _article(45)),
    Right.CORRECT: ("更正、补充", _article(46)),
    Right.DELETE: ("删除", _article(47)),
}
# The law says 及时; a recommended national standard says thirty days.
ANSWER_DAYS = 30
ANSWER_BASIS = _article(50)


def answer_due(asked_on: date) -> date:
    """答复的日子.

    >>> answer_due(date(2026, 11, 30))
    datetime.date(2026, 12, 30)
    """
    return asked_on + timedelta(days=ANSWER_DAYS)


def refuse_deletion(*, closed_on: date | None, held: bool, today: date) -> Refusal | None:
    """能不能删除: not while the application is handled, disputed, or within the time in which it may be; None when it may."""
    cannot, basis = "不能删除", Right.DELETE.basis
    if closed_on is None:
        return Refusal(
            f"{cannot}：申请还在办理，处理目的没有实现", basis, "请写明理由，告知申请人办结以后再提出"
        )
    if held:
        return Refusal(f"{cannot}：这件申请已经暂缓销毁", basis, "请写明理由，解除以后再办")
    last = closed_on + timedelta(days=IDENTITY_PROOF.days)
    if today <= last:
        return Refusal(
            f"{cannot}：复议、诉讼期间还要用，保存到{day_text(last)}",
            basis,
            "请写明理由，告知申请人到期以后再提出",
        )
    return None
