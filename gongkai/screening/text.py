"""看一段文字. Everything in a text that must be seen before it goes out, each with its place and what to do."""

from collections.abc import Iterator, Mapping

from gongkai.screening import wording
from gongkai.screening.characters import stray
from gongkai.screening.found import Found, Level, What
from gongkai.screening.masking import PRACTICE, masked
from gongkai.screening.personal import personal
from gongkai.screening.plain_form import PlainForm, plain_form
from gongkai.screening.secrecy import marks
from gongkai.screening.wording import WordingList

_HINTS = frozenset({What.MINOR, What.PATIENT})
_PERSONAL_ADVICE = "请删去，或者隐去为这里的写法；依法应当公开的，写明理由。"
_HINT_ADVICE = "请核对是否应当隐去姓名。"
_CLASSIFIED_ADVICE = (
    "带有国家秘密标志的内容不得发布（条例第十四条）。确已解密的，请使用去掉标志的正式文本并附解密依据。"
)
_INTERNAL_ADVICE = "内容标明不对外，请核对公开属性和来源。"
_CONTROL_ADVICE = "请删去这个字符，从原稿重新粘贴为纯文本。"
_MOST_SHOWN = 60


def look(
    text: str,
    *,
    wordings: WordingList | None = None,
    practice: Mapping[What, tuple[int, int]] = PRACTICE,
) -> tuple[Found, ...]:
    """发现的内容, in the order of the text. ``wordings`` is the office's own list, used beside the typical one."""
    plain = plain_form(text)
    found = [
        *_personal(plain, practice),
        *_marks(plain),
        *_misprints(text, wordings),
        *_stray(text),
    ]
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.what)))


def _personal(plain: PlainForm, practice: Mapping[What, tuple[int, int]]) -> Iterator[Found]:
    for hit in personal(plain.text):
        hint = hit.what in _HINTS
        yield Found(
            hit.what,
            Level.HINT if hint else Level.ANSWER,
            *plain.span(hit.start, hit.end),
            masked(hit.what, hit.value, practice),
            _HINT_ADVICE if hint else _PERSONAL_ADVICE,
        )


def _marks(plain: PlainForm) -> Iterator[Found]:
    for mark in marks(plain.text):
        shown = mark.words[:_MOST_SHOWN]
        if mark.classified:
            yield Found(
                What.CLASSIFICATION,
                Level.REFUSE,
                *plain.span(mark.start, mark.end),
                shown,
                _CLASSIFIED_ADVICE,
            )
        else:
            yield Found(
                What.INTERNAL_MARK, Level.HINT, *plain.span(mark.start, mark.end), shown, _INTERNAL_ADVICE
            )


def _misprints(text: str, own: WordingList | None) -> Iterator[Found]:
    own_wrong = {entry.wrong for entry in own.entries} if own else set()
    names = own.names if own else ()
    for words in (wording.typical(), *([own] if own else [])):
        for each in words.misprints(text):
            if words is not own and each.wrong in own_wrong:
                continue  # the office has its own view of this word
            note = f"（{each.note}）" if each.note else ""
            what = What.NAME if each.right in names else What.WORDING
            advice = f"应为“{each.right}”{note}。" if each.right else f"请改写{note}。"
            yield Found(what, each.level, each.start, each.end, each.wrong, advice)


def _stray(text: str) -> Iterator[Found]:
    for place, name, never in stray(text):
        yield Found(
            What.CONTROL, Level.REFUSE if never else Level.ANSWER, place, place + 1, name, _CONTROL_ADVICE
        )
