"""空白和占位. Nothing stands open when a letter leaves but its number and its day, and those not for long."""

import re
from collections.abc import Iterator

from gongkai.duties.applications.letters.case_facts import CaseFacts
from gongkai.duties.applications.letters.check.findings import Finding
from gongkai.duties.applications.letters.text import DATE_SLOT, NUMBER_SLOT, LetterText

_OPEN = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{\{|\}\}"
    r"|[×xX＊*]{2,}|[_＿]{2,}|…{3,}|□|○{2,}|某某|待填|待定|（此处[^）]*）|【[^】]*】"
    r"|[0-9]{4}年\s*月\s*日|[0-9]{4}年[0-9]{1,2}月\s+日|〔\s*〕|(?<![0-9])个工作日|[：:为]\s*元|None"
)
_EMPTY_QUOTES = re.compile(r"“\s*”|《\s*》|（\s*）")
_NUMBERED = re.compile(r"[0-9〇零一二两三四五六七八九十百]\s*$")


def look(text: LetterText, facts: CaseFacts) -> Iterator[Finding]:
    for place, line in text.placed():
        if line in (NUMBER_SLOT, DATE_SLOT) and place in ("文号", "成文日期") and not facts.number:
            continue
        for match in (*_OPEN.finditer(line), *_EMPTY_QUOTES.finditer(line)):
            if match[0] == "个工作日" and _NUMBERED.search(line[: match.start()]):
                continue
            yield Finding("blank", place, f"留有空白或者占位“{match[0].strip()}”", "请填写或者删去")
