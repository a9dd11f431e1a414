"""人工确认. A question in words, asked only above a limit: no picture, no script, nobody else's service (ABU-03).

It is signed and bound to the one form it was asked on; a form is one submission, so an answer serves once.
"""

import secrets
from dataclasses import dataclass

from django.core import signing

from gongkai.portal.intake.sealing import keyed_digest

_SALT = "gongkai.intake.human"
_GOOD_FOR = 24 * 3600  # seconds: nobody is hurried (A11-03)
_NUMERALS = "零一二三四五六七八九十"
_THINGS = ("份文件", "本书", "把椅子", "个信封", "张桌子", "支笔")


@dataclass(frozen=True, slots=True)
class Question:
    """一道题: as it is read, and what the form sends back with the answer."""

    words: str
    signed: str


def ask(token: str) -> Question:
    """A sum told as a small story, in Chinese numerals; the answer is a number from 2 to 18."""
    first, second = secrets.randbelow(9) + 1, secrets.randbelow(9) + 1
    thing = secrets.choice(_THINGS)
    if secrets.randbelow(2):
        words = (
            f"桌上有{_NUMERALS[first]}{thing}，又拿来{_NUMERALS[second]}{thing[:1]}，一共有几{thing[:1]}？"
        )
        answer = first + second
    else:
        more = first + second
        words = f"柜里有{_spoken(more)}{thing}，拿走{_NUMERALS[second]}{thing[:1]}，还剩几{thing[:1]}？"
        answer = first
    return Question(words, signing.dumps([words, _digest(token, str(answer))], salt=_SALT))


def again(signed: str, token: str) -> Question:
    """The same question, for a form that is shown again for another reason; a new one where it is not good any more."""
    try:
        words, _ = signing.loads(signed, salt=_SALT, max_age=_GOOD_FOR)
    except signing.BadSignature:
        return ask(token)
    return Question(words, signed)


def answered(signed: str, answer: str, token: str) -> bool:
    try:
        _, digest = signing.loads(signed, salt=_SALT, max_age=_GOOD_FOR)
    except signing.BadSignature:
        return False
    return secrets.compare_digest(digest, _digest(token, _number(answer)))


def _digest(token: str, answer: str) -> str:
    return keyed_digest("human", f"{token}:{answer}")


def _number(answer: str) -> str:
    """Digits of any width, or Chinese numerals up to 十八."""
    text = answer.strip()[:10]
    for value in range(19):
        if text in (_spoken(value), f"一{_spoken(value)}"):
            return str(value)
    try:
        return str(int(text))
    except ValueError:
        return ""


def _spoken(number: int) -> str:
    return _NUMERALS[number] if number <= 10 else f"十{_NUMERALS[number - 10]}"
