"""标题的文字索引: which titles of this duty are found by a word in their middle."""

from gongkai.registers.words import WordIndex

_SINCE = ("mailbox", "0003_words")
WORDS = (WordIndex("mailbox_letter", ("title",), _SINCE),)
