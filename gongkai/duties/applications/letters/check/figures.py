"""日期、编号、金额、天数. Each one that stands in the letter stands in the record, and the chief ones in their place."""

import re
from collections.abc import Iterator
from datetime import date

from gongkai.duties.applications.letters.case_facts import CaseFacts
from gongkai.duties.applications.letters.check.contents import days_of
from gongkai.duties.applications.letters.check.findings import Finding
from gongkai.duties.applications.letters.check.reading import (
    DAY,
    amounts_in,
    bare,
    days_in,
    days_of_no_year_in,
    numbers_in,
    working_days_in,
)
from gongkai.duties.applications.letters.text import LetterText
from gongkai.rules.editions import INSTRUMENTS
from gongkai.rules.explanation import day_text
from gongkai.rules.regulations_2019.clock import LONGEST_EXTENSION

_OF_INSTRUMENTS = frozenset(each.number for each in INSTRUMENTS)
_RECEIVED = re.compile(rf"({DAY})收到(?:您|你单位|申请人)?提交的")
_CORRECTED = re.compile(rf"({DAY})收到(?:您|你单位|申请人)?的?补正")
_REPLY_BY = re.compile(rf"({DAY})前答复")
_REGISTERED = re.compile("登记编号[：:为是]*([^，。；）)]+)")
_LONGER = re.compile(
    r"再(?:次|行|予)?延长|延长[^，。；]{0,6}?(?:[0-9〇零一二两三四五六七八九十]+)(?:日|天|个?月|周|年)"
)
_FEE = re.compile(r"(?:收费金额|收费数额)[：:为是]*([0-9][0-9,，.]*)\s*元")


def look(text: LetterText, facts: CaseFacts) -> Iterator[Finding]:
    for place, line in text.body():
        yield from _days(place, line, facts)
        yield from _numbers(place, line, facts)
        yield from _amounts(place, line, facts)
        yield from _in_place(place, line, facts)
        yield from _working_days(place, line, facts)
        if facts.kind == "extension":
            for match in _LONGER.finditer(line):
                problem = f"“{match[0]}”：延长只以工作日计，合计不超过{LONGEST_EXTENSION}个工作日（条例第三十三条第二款）"
                yield Finding("working_days", place, problem, "请删去")


def _days(place: str, line: str, facts: CaseFacts) -> Iterator[Finding]:
    known = {facts.received_on, facts.corrected_on, facts.due_on, facts.until, facts.day, *facts.days} - {
        None
    }
    for written, month, day_of_month in days_of_no_year_in(line):
        if not any((day.month, day.day) == (month, day_of_month) for day in known if day) and not _recorded(
            written, facts
        ):
            yield Finding("date", place, f"日期“{written}”不在这件申请的记录里", "请核对日期，并写明年份")
    for written, day in days_in(line):
        if day is None:
            yield Finding("date", place, f"没有“{written}”这一天", "请改正日期")
        elif day not in known and not _recorded(written, facts):
            yield Finding("date", place, f"日期“{written}”不在这件申请的记录里", "请核对日期，或者先补登经过")


def _numbers(place: str, line: str, facts: CaseFacts) -> Iterator[Finding]:
    known = {facts.register_number, facts.number, *facts.numbers, *_OF_INSTRUMENTS} - {""}
    cores = {core for each in known for _, core in numbers_in(each)}
    for written, core in numbers_in(line):
        if core in cores and any(_same_number(written, each) for each in known):
            continue
        if not _recorded(core, facts):
            yield Finding("number", place, f"编号“{written}”不在这件申请的记录里", "请核对编号、文号")


def _same_number(written: str, known: str) -> bool:
    """What stands before the 〔 may begin earlier in the line than the number does."""
    return any(written.endswith(whole) or whole.endswith(written) for whole, _ in numbers_in(known))


def _amounts(place: str, line: str, facts: CaseFacts) -> Iterator[Finding]:
    for written, amount in amounts_in(line):
        if amount != facts.amount and not _recorded(written, facts):
            yield Finding("amount", place, f"金额“{written}”与记录不一致", "请核对金额")


def _working_days(place: str, line: str, facts: CaseFacts) -> Iterator[Finding]:
    for written, number in working_days_in(line):
        if number != days_of(facts) and not _recorded(written, facts):
            yield Finding("working_days", place, f"“{written}”与记录或者规定不一致", "请核对天数")


def _in_place(place: str, line: str, facts: CaseFacts) -> Iterator[Finding]:
    """The day of receipt, the due day, the register number and the fee, where the letter says which they are."""
    due = facts.until if facts.kind in ("extension", "deferral") else facts.due_on
    for pattern, wanted, what in (
        (_RECEIVED, facts.received_on, "收到申请的日期"),
        (_CORRECTED, facts.corrected_on, "收到补正的日期"),
        (_REPLY_BY, due, "答复期限"),
    ):
        for match in pattern.finditer(line):
            if _day(match[1]) != wanted:
                right = day_text(wanted) if wanted else "没有记录"
                yield Finding("date", place, f"{what}与记录不一致", f"记录是{right}，请改正")
    for match in _REGISTERED.finditer(line):
        if not _is_number(bare(match[1]), bare(facts.register_number)):
            yield Finding("number", place, "登记编号与记录不一致", f"请改为{facts.register_number}")
    for match in _FEE.finditer(line):
        amounts = [amount for _, amount in amounts_in(f"{match[1]}元")]
        if amounts != [facts.amount]:
            yield Finding("amount", place, "收费金额与记录不一致", "请核对金额")


def _is_number(written: str, known: str) -> bool:
    """The number, and whatever the sentence goes on with: 登记编号〔2026〕12号的申请."""
    return written == known or (written.startswith(known) and not written[len(known)].isdigit())


def _day(written: str) -> date | None:
    return next((day for _, day in days_in(written)), None)


def _recorded(written: str, facts: CaseFacts) -> bool:
    return any(bare(written) in bare(each) for each in facts.recorded_texts() if each)
