"""标题的文字索引: which titles of this duty are found by a word in their middle."""

from gongkai.registers.words import WordIndex

_SINCE = ("administrative_acts", "0006_words")
WORDS = (
    WordIndex("administrative_acts_licence", ("name", "counterpart"), _SINCE),
    WordIndex("administrative_acts_penalty", ("name", "counterpart"), _SINCE),
    WordIndex("administrative_acts_compulsion", ("name", "counterpart"), _SINCE),
)
