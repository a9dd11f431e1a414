"""INP-09: no text can hold a pattern, or the whole look, for long."""

import importlib
import pkgutil
import re
import time

import pytest

from gongkai import screening
from gongkai.screening.text import look
from gongkai.screening.web_words import words_of
from gongkai.screening.wording import Wording, WordingList

LENGTH = 20_000
LIMIT = 0.1  # seconds of processor time
_MEGABYTE = 1024 * 1024

ATTACKS = {
    "one figure": "1",
    "figures parted": "1 ",
    "mobile beginnings": "13 8",
    "an endless number": "62",
    "full width": "１３８",
    "numerals": "一二三",
    "numerals parted": "一 ",
    "letters": "a",
    "mail names": "a.b-",
    "mail signs": "a@",
    "many dots": "a@a.",
    "plates": "京A1",
    "passports": "E1 ",
    "permits": "H1 ",
    "houses": "村1组",
    "units": "1栋1单元",
    "addresses": "家庭住址1号",
    "labels": "住址:",
    "surnames": "学生王",
    "levels": "机 密",
    "stars": "机密★",
    "marks": "机密\n",
    "marks downwards": "机\n密\n",
    "spaces": " ",
    "tabs": "\t",
    "newlines": "\n",
    "zero width": "\u200b",
    "quotation marks": "“机密★”标志",
    "semicolons": ";",
    "quotes": '"',
    "backslashes": "\\",
    "brackets": "[1",
    "tags": "<a ",
    "xmp": "<?xpacket",
    "comments": "<!--",
    "values": '<a alt="',
}


def patterns() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    found: dict[str, re.Pattern[str] | re.Pattern[bytes]] = {}
    for module in pkgutil.iter_modules(screening.__path__):
        if module.name == "child":
            continue
        loaded = importlib.import_module(f"gongkai.screening.{module.name}")
        for name, value in vars(loaded).items():
            if isinstance(value, re.Pattern):
                found[f"{module.name}.{name}"] = value
    return found


def seconds(work) -> float:
    """The least of three: what the machine does beside is not the pattern's fault."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
        if taken[-1] < LIMIT:
            break
    return min(taken)


@pytest.mark.parametrize("name", patterns())
def test_inp_09_no_text_holds_a_pattern_for_long(name):
    pattern = patterns()[name]
    slow = {}
    for attack, piece in ATTACKS.items():
        text = (piece * LENGTH)[:LENGTH]
        for ending in ("", "!"):
            subject = (text + ending).encode() if isinstance(pattern.pattern, bytes) else text + ending
            taken = seconds(lambda subject=subject: sum(1 for _ in pattern.finditer(subject)))
            if taken >= LIMIT:
                slow[attack + ending] = round(taken, 3)

    assert slow == {}


def test_the_inventory_of_patterns_is_not_empty():
    assert len(patterns()) > 30


@pytest.mark.prove
@pytest.mark.parametrize("attack", ATTACKS)
def test_inp_09_the_whole_look_takes_a_time_in_proportion_to_the_text(attack):
    """Four times the text may take at most about four times as long."""
    piece = ATTACKS[attack]
    short, long = (piece * LENGTH)[:LENGTH], (piece * 4 * LENGTH)[: 4 * LENGTH]
    once, four = seconds(lambda: look(short)), seconds(lambda: look(long))

    assert four <= max(10 * once, 1.0), (once, four)


@pytest.mark.prove
def test_d5_a_megabyte_of_ordinary_text_takes_a_second_at_most():
    paragraph = "根据《政府信息公开条例》，本机关于2026年3月2日收到申请，编号示例〔2026〕12号，联系电话010-12345678。\n"
    text = paragraph * (_MEGABYTE // len(paragraph.encode()))
    own = WordingList(tuple(Wording(f"错{number}词", f"对{number}词") for number in range(20_000)))

    assert seconds(lambda: look(text, wordings=own)) <= 1.0


@pytest.mark.parametrize("attack", ["tags", "comments", "values", "letters"])
def test_inp_09_reading_a_page_takes_a_time_in_proportion_to_it(attack):
    text = (ATTACKS[attack] * 200_000)[:200_000]

    assert seconds(lambda: words_of(text)) <= 1.0
