"""检查结果的文字. By file: what nobody sees, what the words say, what a person has to look at."""

from collections.abc import Iterator, Sequence

from gongkai.command_line.terminal import Colour, paint, without_controls, without_controls_but_colour
from gongkai.screening.command_line.looking import Looked
from gongkai.screening.found import Level
from gongkai.screening.inspection import Hidden
from gongkai.screening.text import look

_COLOURS = {Level.REFUSE: Colour.RED, Level.ANSWER: Colour.YELLOW, Level.HINT: Colour.BLUE}
_MOST_WORDS = 60


def results(looked: Sequence[tuple[str, Looked]], *, colour: bool) -> str:
    """Everything a person wants to read."""
    pieces = ["\n".join(_one(name, each, colour=colour)) for name, each in looked]
    if len(looked) > 1:
        refused = sum(bool(each.inspection.refusal) for _, each in looked)
        something = sum(each.has_something for _, each in looked)
        pieces.append(f"共{len(looked)}份：{something}份有发现，{refused}份不能检查。")
    return without_controls_but_colour("\n\n".join(pieces))


def masked_text(text: str) -> str:
    """The words with the personal data in them covered (PII-05)."""
    for each in reversed([found for found in look(text) if found.is_personal]):
        text = text[: each.start] + each.shown + text[each.end :]
    return text


def hidden_in_a_line(hidden: Hidden) -> str:
    place = f"（{hidden.place}）" if hidden.place else ""
    words = " ".join(masked_text(hidden.content).split())
    shown = f"：{words[:_MOST_WORDS]}{'…' if len(words) > _MOST_WORDS else ''}" if words else ""
    what_to_do = "" if hidden.cleanable else f"　{hidden.advice or '请在原程序中处理。'}"
    return without_controls(f"{hidden.trace.value}{place}{shown}{what_to_do}")


def _one(name: str, looked: Looked, *, colour: bool) -> Iterator[str]:
    inspection = looked.inspection
    yield paint(without_controls(name), Colour.BOLD, on=colour)
    if inspection.refusal:
        yield "  " + paint(f"不能接受：{inspection.refusal}", Colour.RED, on=colour)
        return
    if not looked.has_something:
        yield "  " + paint("没有发现要处理的内容。", Colour.GREEN, on=colour)
        return
    if inspection.hidden:
        cleanable = len(inspection.cleanable)
        yield f"  看不见的内容（{len(inspection.hidden)}处，其中{cleanable}处可以用 gongkai screen clean 去掉）"
        yield from (f"    {hidden_in_a_line(each)}" for each in inspection.hidden)
    for level in Level:
        found = [each for each in looked.found if each.level is level]
        if found:
            yield "  " + paint(f"{level.value}（{len(found)}处）", _COLOURS[level], on=colour)
            yield from (f"    {each.what.value} {each.shown}　{each.advice}" for each in found)
    if inspection.for_a_person:
        yield "  请人工查看"
        yield from (f"    {each}" for each in inspection.for_a_person)
