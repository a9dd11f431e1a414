"""核对结果的文字. By level, then by formula, then by place; many reports in a line each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from gongkai.command_line.terminal import Colour, padded, paint, without_controls_but_colour
from gongkai.report.check.catalogue import RULES
from gongkai.report.check.findings import CannotJudge, CheckResult, Finding, Level, Value, number
from gongkai.report.command_line.examining import Examined
from gongkai.report.model import Form
from gongkai.report.places import FORMS, describe
from gongkai.rules.annual_report_2021.cross_checks.wording import TABLES

FEW = 3  # reports that are each shown in full
_COLOURS = {Level.ERROR: Colour.RED, Level.WARNING: Colour.YELLOW, Level.INFORMATION: Colour.BLUE}


def results(examined: Sequence[Examined], *, colour: bool) -> str:
    """Everything a person wants to read."""
    if len(examined) <= FEW:
        return without_controls_but_colour(
            "\n\n".join("\n".join(_in_full(each, colour=colour)) for each in examined)
        )
    lines = [_in_a_line(each, colour=colour) for each in examined]
    return without_controls_but_colour("\n".join([*lines, "", *_totals(examined)]))


def _in_full(examined: Examined, *, colour: bool) -> Iterator[str]:
    yield paint(_heading(examined), Colour.BOLD, on=colour)
    if examined.result is None:
        yield "  " + paint(examined.error, Colour.RED, on=colour)
        return
    yield "  " + verdict(examined, colour=colour)
    form = examined.form or Form.FORM_2021
    for level in Level:
        findings = examined.result.at(level)
        if findings:
            yield ""
            yield paint(f"{level.label}（{len(findings)}）", _COLOURS[level], Colour.BOLD, on=colour)
            yield from _by_rule(findings, form, colour=colour)
    if examined.result.cannot_judge:
        yield ""
        yield from _cannot_judge(examined.result.cannot_judge, form, colour=colour)


def _heading(examined: Examined) -> str:
    name = _clean(examined.agency) or "（没有找到单位名称）"
    year = f"{examined.year}年" if examined.year else "（年份不明）"
    about = f"{name}　{year}　{FORMS[examined.form]}　" if examined.form and not examined.error else ""
    return f"{about}{_clean(examined.name)}"


def verdict(examined: Examined, *, colour: bool) -> str:
    """结论 in a few words."""
    result = examined.result
    if result is None:
        return paint("读不出", Colour.RED, on=colour)
    if not result.judged:
        return paint("没有可以判断的内容", Colour.GREY, on=colour)
    counts = [
        paint(f"{level.label}{len(result.at(level))}处", _COLOURS[level], on=colour)
        for level in Level
        if result.at(level)
    ]
    if not counts or result.is_open:
        unread = "、".join(TABLES[table] for table in result.unread_tables)
        nothing = f"{unread}没有读出，不能判断" if unread else "没有发现问题"
        counts.insert(0, paint(nothing, Colour.GREY if unread else Colour.GREEN, on=colour))
    if result.cannot_judge:
        counts.append(paint(f"无法判断{len(result.cannot_judge)}项", Colour.GREY, on=colour))
    return "，".join(counts)


def _by_rule(findings: Sequence[Finding], form: Form, *, colour: bool) -> Iterator[str]:
    ordered = sorted(findings, key=lambda finding: (finding.rule, finding.formula))
    for (rule, formula), group in groupby(ordered, key=lambda finding: (finding.rule, finding.formula)):
        yield f"  {paint(padded(rule, 6), Colour.BOLD, on=colour)} {formula or RULES[rule].title}"
        for finding in group:
            place, message = _clean(describe(finding.place, form)), _clean(finding.message)
            yield f"    · {message}" if not place or place in message else f"    · {place}：{message}"
            values = _values(finding)
            if values:
                yield f"      {paint(values, Colour.GREY, on=colour)}"


def _values(finding: Finding) -> str:
    if finding.left is None or finding.right is None:
        return ""
    text = f"左边 {_value(finding.left)}，右边 {_value(finding.right)}"
    return text if finding.difference is None else f"{text}，差 {_value(finding.difference)}"


def _value(value: Value) -> str:
    return number(value) if isinstance(value, Decimal) else _clean(value or "")


def _cannot_judge(entries: Sequence[CannotJudge], form: Form, *, colour: bool) -> Iterator[str]:
    """Once for each reason: which rules, and where."""
    yield paint(f"无法判断（{len(entries)}）", Colour.GREY, Colour.BOLD, on=colour)
    ordered = sorted(entries, key=lambda entry: entry.why)
    for why, group in groupby(ordered, key=lambda entry: entry.why):
        same = list(group)
        rules = "、".join(dict.fromkeys(entry.rule for entry in same if entry.rule))
        place = describe(same[0].place, form) if len(same) == 1 else ""
        yield f"  · {_clean(f'{place}：' if place else '')}{_clean(why)}{f'（{rules}）' if rules else ''}"


def _in_a_line(examined: Examined, *, colour: bool) -> str:
    return (
        f"{_heading(examined)}：{examined.error or verdict(examined, colour=colour)}{_worst(examined.result)}"
    )


def _worst(result: CheckResult | None) -> str:
    rules = dict.fromkeys(finding.rule for finding in (result.at(Level.ERROR) if result else ()))
    return f"（{'、'.join(rules)}）" if rules else ""


def _totals(examined: Sequence[Examined]) -> Iterator[str]:
    kinds: Counter[str] = Counter(_kind(each) for each in examined)
    yield (
        f"共{len(examined)}份："
        + "，".join(
            f"{kind}{kinds[kind]}份"
            for kind in ("有差错", "有警示", "没有问题", "不能判断", "读不出")
            if kinds[kind]
        )
        + "。用 --html 可以生成可打印的汇总。"
    )


def _kind(examined: Examined) -> str:
    result = examined.result
    if result is None:
        return "读不出"
    if result.is_open:
        return "不能判断"
    if result.at(Level.ERROR):
        return "有差错"
    return "有警示" if result.at(Level.WARNING) else "没有问题"


def _clean(text: str) -> str:
    return " ".join(text.replace("\033", " ").split())
