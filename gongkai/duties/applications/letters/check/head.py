"""首尾. Number, title, addressee, signature and day are those of the case and of the office."""

from collections.abc import Iterator

from gongkai.duties.applications.letters.case_facts import CaseFacts
from gongkai.duties.applications.letters.check.findings import Finding
from gongkai.duties.applications.letters.check.reading import bare, days_in
from gongkai.duties.applications.letters.text import DATE_SLOT, NUMBER_SLOT, LetterText
from gongkai.rules.explanation import day_text

_COURTESY = ("先生", "女士", "同志")


def look(text: LetterText, facts: CaseFacts) -> Iterator[Finding]:
    yield from _names(text, facts)
    yield from _number(text, facts)
    yield from _day(text, facts)


def _names(text: LetterText, facts: CaseFacts) -> Iterator[Finding]:
    if bare(text.title) != bare(facts.title):
        yield Finding("title", "标题", f"标题是“{text.title}”，这种文书应当是“{facts.title}”", "请改正标题")
    written = text.addressee.rstrip("：: ")
    courtesy = next((each for each in _COURTESY if written.endswith(each)), "")
    if not facts.addressee.endswith(courtesy):
        written = written.removesuffix(courtesy)
    if not written:
        yield Finding("addressee", "主送", "没有写收文的人或者单位", f"请写明“{facts.addressee}”")
    elif written != facts.addressee:
        yield Finding("addressee", "主送", "收文的人或者单位与记录不一致", f"请改为“{facts.addressee}”")
    if bare(text.signature) != bare(facts.agency):
        yield Finding("signature", "落款", "落款不是本机关的名称", f"请改为“{facts.agency}”")
    if text.issuer and bare(text.issuer).removesuffix("文件") != bare(facts.agency):
        yield Finding("issuer", "发文机关", "发文机关不是本机关的名称", f"请改为“{facts.agency}”")


def _number(text: LetterText, facts: CaseFacts) -> Iterator[Finding]:
    if not facts.number:
        if text.number != NUMBER_SLOT:
            yield Finding(
                "number", "文号", "文号还没有编，不能自己写", f"请改回“{NUMBER_SLOT}”，发出时由系统编号"
            )
    elif text.number != facts.number:
        yield Finding("number", "文号", f"文号应当是{facts.number}", "请改正")


def _day(text: LetterText, facts: CaseFacts) -> Iterator[Finding]:
    if text.dated == DATE_SLOT:
        return
    [*found] = days_in(text.dated)
    if len(found) != 1 or found[0][1] is None or bare(text.dated) != bare(found[0][0]):
        yield Finding(
            "dated", "成文日期", "成文日期没有写清楚，或者没有这一天", f"请改为{day_text(facts.day)}"
        )
        return
    day = found[0][1]
    if facts.not_before and day < facts.not_before:
        problem = f"成文日期早于{day_text(facts.not_before)}（这件申请的上一步）"
        yield Finding("dated", "成文日期", problem, f"请改为{day_text(facts.day)}")
    elif day != facts.day:
        yield Finding("dated", "成文日期", f"成文日期应当是{day_text(facts.day)}", "请改正")
