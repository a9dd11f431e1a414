"""标题的文字索引: which titles of this duty are found by a word in their middle."""

from gongkai.registers.words import WordIndex

_SINCE = ("catalogue", "0010_words")
WORDS = (
    WordIndex("catalogue_informationitem", ("title",), _SINCE),
    WordIndex("catalogue_version", ("title",), _SINCE),
)
