"""归一. One form for everything a reader takes for the same: 繁简、全半角、大小写、标点、文号的括号、名字里的间隔.

The folded text knows three signs beside its characters: ``|`` on both sides of a word of letters or digits, a space
where punctuation stood, and a line break between the parts of a thing. Folded words are looked for in folded text.

>>> fold("國辦發［２０２３］05號") == fold("国办发〔2023〕5号")
True
>>> fold("王　伟") == fold("王伟")
True
"""

import re
import unicodedata
from pathlib import Path

# Each character of the first line has its simplified form below it. The pairs are those of OpenCC 1.4 (Apache-2.0:
# t2s, then hk2s, single characters), with 著 for 着 beside; a test compares them. No library is needed at run time.
_TRADITIONAL, _SIMPLIFIED = Path(__file__).with_name("simplified.txt").read_text("utf-8").split()
SIMPLIFIED = dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))

_GAP, _JOINT, _OPEN, _CLOSE, _STOP = "\x01", "\x02", "\x03", "\x04", "\x05"
_JOINTS = frozenset("-/._:~‐‑‒–—―−﹣⁄")
_OPENING = frozenset("([{〔【〖〘〚⟦⟨〈")
_CLOSING = frozenset(")]}〕】〗〙〛⟧⟩〉")
# “三公”经费 is looked for as 三公经费, 《条例》实施办法 as 条例实施办法.
QUOTES = frozenset("\"'“”‘’„‟〝〞〟「」『』﹁﹂﹃﹄《》«»")
_MIDDLE_DOTS = frozenset("·•‧∙⋅・ㆍ᛫⸱")
_YEAR = "(?:19|20)[0-9]{2}"

_BRACKETED_YEAR = re.compile(f"{_GAP}?{_OPEN}{_GAP}?({_YEAR}){_GAP}?{_CLOSE}{_GAP}?")
_NUMBER = re.compile(f"(?<![0-9a-z])({_YEAR})[{_GAP}{_JOINT}]+第?{_GAP}?0*([1-9][0-9]{{0,5}})(?={_GAP}?号)")
_BLANK_LINES = re.compile(f"\n[{_GAP}\n]*\n")
_GAPS = re.compile(f"[{_GAP}\n]+")
_AROUND_JOINT = re.compile(f"{_GAP}{_JOINT}[{_JOINT}{_GAP}]*|{_JOINT}+{_GAP}[{_JOINT}{_GAP}]*")
_WORD = re.compile("[^\x00-\x1f\u2e80-\U0010ffff]+")
_GAP_BETWEEN_WORDS = re.compile(rf"(?<=\|){_GAP}(?=\|)")
_JOINT_BETWEEN_CHARACTERS = re.compile(f"(?<=[^|{_GAP}-{_STOP}]){_JOINT}+(?=[^|{_GAP}-{_STOP}])")
_NOTHING = re.compile(f"[{_GAP}{_JOINT}]+")
_STOPS = re.compile(f"[{_OPEN}{_CLOSE}{_STOP} ]+")


class _Characters(dict[int, str]):
    """What a character becomes, worked out once for each."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _character(chr(code))
        return folded


def _character(character: str) -> str:
    """``\\n`` stays: only blank lines part two sentences, since a PDF breaks its lines anywhere."""
    if character == "\n":
        return character
    if character in _MIDDLE_DOTS or character in QUOTES or character.isspace():
        return _GAP
    return "".join(map(_sign, unicodedata.normalize("NFKC", character).casefold()))


def _sign(character: str) -> str:
    if is_han(character):
        return SIMPLIFIED.get(character, character)
    if character in _MIDDLE_DOTS or character in QUOTES or character.isspace():
        return _GAP
    if character in _JOINTS:
        return _JOINT
    if character in _OPENING:
        return _OPEN
    if character in _CLOSING:
        return _CLOSE
    return "".join(_letter(part) for part in unicodedata.normalize("NFKD", character))


def _letter(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] in "LN" and character < "\u2e80":
        return character
    if category in ("Mn", "Me", "Cf", "Cc", "Cs", "Cn", "Co"):  # accents, marks nobody sees, nothing at all
        return ""
    return _STOP


_CHARACTERS = _Characters()


def is_han(character: str) -> bool:
    """Characters written without spaces between words: of Chinese, and kana and hangul with them."""
    return character >= "\u2e80" and unicodedata.category(character) in ("Lo", "Lm", "Nl", "No", "So")


def fold(text: str) -> str:
    """归一后的文字."""
    text = text.translate(_CHARACTERS)
    text = _BLANK_LINES.sub(_STOP, text)
    text = _GAPS.sub(_GAP, text)
    text = _BRACKETED_YEAR.sub(rf"{_JOINT}\1{_JOINT}", text)
    text = _NUMBER.sub(rf"\1{_JOINT}\2", text)
    text = _AROUND_JOINT.sub(_STOP, text)
    text = _WORD.sub(r"|\g<0>|", text)
    text = _GAP_BETWEEN_WORDS.sub(" ", text)
    text = _JOINT_BETWEEN_CHARACTERS.sub(" ", text)
    text = _NOTHING.sub("", text)
    return _STOPS.sub(" ", text).strip(" ")
