"""申请人和办理结果. Kinds of applicant and results named in the prose against the columns and rows of 表三: TX-15, TX-16."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from gongkai.report.check.catalogue import RULES
from gongkai.report.check.examination import Examination, Sentence
from gongkai.report.check.findings import CannotJudge, Finding, number
from gongkai.report.check.narrative.claims import (
    COUNTING_UNITS,
    is_about_applications,
    is_of_another_year,
    words_after,
    words_before,
)
from gongkai.report.check.narrative.quantities import Quantity
from gongkai.report.model import CellState, Place
from gongkai.rules.annual_report_2021.tables import APPLICANT_COLUMNS, OUTCOME_ROWS

Outcome = Iterator[Finding | CannotJudge]
_ORGANISATIONS = tuple(column.key for column in APPLICANT_COLUMNS if column.group)
_KINDS = (
    (("natural_person",), "自然人", re.compile(r"自然人|公民|个人申请|个人提出")),
    (("company",), "商业企业", re.compile(r"商业企业|企业(?!家)|公司")),
    (("research",), "科研机构", re.compile(r"科研(?:机构|院所|单位)")),
    (("social_welfare",), "社会公益组织", re.compile(r"社会公益(?:组织|机构)|社会组织|公益组织")),
    (("legal_service",), "法律服务机构", re.compile(r"法律服务机构|律师事务所|律所")),
    (_ORGANISATIONS, "法人或其他组织", re.compile(r"法人(?:和|或|或者|、|及)?(?:其他|其它)组织|法人组织")),
)
_BY_PART = {
    part: tuple(row.key for row in OUTCOME_ROWS if row.group == part)
    for part in dict.fromkeys(row.group for row in OUTCOME_ROWS if row.group)
}
_WITHHELD, _UNAVAILABLE, _NOT_PROCESSED, _OTHER = _BY_PART.values()
# What the text calls a result, and the rows it means. The first that fits counts: the narrow ones come first.
_RESULTS = (
    (("granted_in_part",), "部分公开", re.compile(r"部分公开|区分处理")),
    (("withheld_state_secret",), "属于国家秘密", re.compile(r"国家秘密")),
    (("withheld_by_law",), "其他法律行政法规禁止公开", re.compile(r"法规禁止公开|法律禁止公开")),
    (("withheld_security_stability",), "危及“三安全一稳定”", re.compile(r"三安全一稳定|安全一稳定")),
    (("withheld_third_party",), "保护第三方合法权益", re.compile(r"第三方(?:合法)?权益|商业秘密|个人隐私")),
    (("withheld_internal_affairs",), "属于三类内部事务信息", re.compile(r"内部(?:管理)?事务")),
    (("withheld_deliberative",), "属于四类过程性信息", re.compile(r"过程性")),
    (("withheld_enforcement_file",), "属于行政执法案卷", re.compile(r"执法案卷")),
    (("withheld_special_enquiry",), "属于行政查询事项", re.compile(r"查询事项")),
    (
        ("unavailable_not_held",),
        "本机关不掌握相关政府信息",
        re.compile(
            r"不掌握|信息不存在|不存在|非本(?:机关|单位|局|部门|级|镇|街道)|不属于本(?:机关|单位|局|部门|级|镇|街道)|不属于我"
        ),
    ),
    (("unavailable_must_be_created",), "没有现成信息需要另行制作", re.compile(r"现成信息|另行制作")),
    (("unavailable_still_unclear",), "补正后申请内容仍不明确", re.compile(r"仍不明确|内容不明确")),
    (
        ("not_processed_petition",),
        "信访举报投诉类申请",
        re.compile(r"信访(?:、|举报|投诉|类|事项)|举报投诉类|投诉举报类"),
    ),
    (("not_processed_repeat",), "重复申请", re.compile(r"重复申请|重复提出")),
    (("not_processed_publication",), "要求提供公开出版物", re.compile(r"公开出版物")),
    (("not_processed_excessive",), "无正当理由大量反复申请", re.compile(r"大量、?反复")),
    (("not_processed_reconfirm",), "要求行政机关确认或重新出具已获取信息", re.compile(r"重新出具|确认或")),
    (("other_not_corrected",), "逾期不补正", re.compile(r"逾期(?:不|未)补正|未(?:按期|在规定期限内)?补正")),
    (("other_fee_unpaid",), "逾期未缴费", re.compile(r"未(?:按)?[^，]{0,8}缴(?:纳|费)")),
    (_WITHHELD, "不予公开各项之和", re.compile(r"不予公开")),
    (_UNAVAILABLE, "无法提供各项之和", re.compile(r"无法提供")),
    (_NOT_PROCESSED, "不予处理各项之和", re.compile(r"不予处理|不予受理")),
    (_OTHER, "其他处理各项之和", re.compile(r"其他处理|其它处理")),
    (("granted",), "予以公开", re.compile(r"(?<!不)予以(?:主动|全部)?公开|同意公开|全部公开")),
)
_NOT_A_TOTAL = re.compile(r"各部门|各单位|本级|本办|代表|同比|较|复议|诉讼|引发|增加|减少|增长|下降")


def judge_kinds(examination: Examination) -> Outcome:
    """TX-15: 自然人5件、商业企业3件 equal the columns of the row 新收 (or of the handled total)."""
    for sentence, quantity, lead, tail in _counts_of_applications(examination):
        words = lead or tail
        kinds = [(columns, name) for columns, name, pattern in _KINDS if pattern.search(words)]
        if len(kinds) != 1 or any(pattern.search(words) for _, _, pattern in _RESULTS):
            continue
        if re.search(r"答复|办结|结转|网上|信函|当面|邮", words):
            continue
        yield from _judge_kind(examination, sentence, quantity, *kinds[0])
    yield from _all_from_one_kind(examination)


def _judge_kind(
    examination: Examination, sentence: Sentence, quantity: Quantity, columns: tuple[str, ...], name: str
) -> Outcome:
    place = sentence.place(quantity.start, quantity.end)
    received = _sum(examination, ("received",), columns)
    if received is None:
        yield RULES["TX-15"].cannot_judge(place, f"表三“新收”行“{name}”列没有读到数字，不能与文字核对。")
        return
    others = [_sum(examination, rows, columns) for rows in (("total",), ("received", "carried_in"))]
    if quantity.value != received and quantity.value not in others:
        message = (
            f"文字说{name}{number(quantity.value)}件，而表三“新收”行“{name}”列为{number(received)}件，"
            f"相差{number(abs(quantity.value - received))}件。"
        )
        yield RULES["TX-15"].finding(place, message, left=quantity.value, right=received)


_ALL_FROM_ONE = re.compile(
    r"(?:均为|全部为|都是|均是|均由|全部由)(?:自然人|公民|个人)(?!和|及|、|或|与)(?:申请|提出|提交)?"
)


def _all_from_one_kind(examination: Examination) -> Outcome:
    received = examination.value("applications", "received")
    persons = examination.value("applications", "received", "natural_person")
    for sentence in examination.sentences:
        found = _ALL_FROM_ONE.search(sentence.text)
        if not found or not is_about_applications(sentence, found.start(), found.end()):
            continue
        if is_of_another_year(examination, sentence.text[: found.start()]):
            continue
        if received is not None and persons is not None and received != persons:
            message = (
                f"文字说申请{found[0]}，而表三“新收”行自然人{number(persons)}件、总计{number(received)}件，"
                f"相差{number(received - persons)}件。"
            )
            yield RULES["TX-15"].finding(sentence.place(*found.span()), message, left=persons, right=received)


def judge_results(examination: Examination) -> Outcome:
    """TX-16: results named in one paragraph, added up by row, equal the rows of 表三."""
    said: dict[tuple[str, int, tuple[str, ...]], list[tuple[Sentence, Quantity]]] = defaultdict(list)
    names: dict[tuple[str, ...], str] = {}
    kinds_named: set[tuple[str, int]] = set()
    for sentence, quantity, lead, tail in _counts_of_applications(examination):
        if any(pattern.search(lead) for _, _, pattern in _KINDS):
            kinds_named.add((sentence.section, sentence.paragraph))
        words = lead if len(lead) > 1 else tail
        fitting = next(((rows, name) for rows, name, p in _RESULTS if p.search(words)), None)
        if fitting and not _NOT_A_TOTAL.search(sentence.text[: quantity.end]):
            rows, names[rows] = fitting
            said[(sentence.section, sentence.paragraph, rows)].append((sentence, quantity))
    for (section, paragraph, rows), said_here in said.items():
        by_kind = (section, paragraph) in kinds_named
        yield from _judge_result(examination, rows, names[rows], said_here, by_kind)


def _judge_result(
    examination: Examination,
    rows: tuple[str, ...],
    name: str,
    said: list[tuple[Sentence, Quantity]],
    by_kind: bool,
) -> Outcome:
    sentence, quantity = said[0]
    place: Place = sentence.place(quantity.start, quantity.end)
    figure = _result_figure(examination, rows)
    if figure is None:
        yield RULES["TX-16"].cannot_judge(place, f"表三“{name}”没有读到数字，不能与文字核对。")
        return
    values = [q.value for _, q in said]
    accepted = {sum(values, Decimal(0)), values[0]} if len(set(values)) == 1 else {sum(values, Decimal(0))}
    if by_kind:
        columns = (column.key for column in APPLICANT_COLUMNS)
        accepted_figures = {_result_figure(examination, rows, column) for column in columns}
    else:
        accepted_figures = {figure}
    if not accepted & {value for value in accepted_figures if value is not None}:
        total = sum(values, Decimal(0))
        message = (
            f"文字说“{sentence.printed[quantity.start - _back(sentence, quantity) : quantity.end]}”，"
            f"而表三“{name}”总计为{number(figure)}件，相差{number(abs(total - figure))}件，请核对文字和表。"
        )
        yield RULES["TX-16"].finding(place, message, left=total, right=figure)


def _back(sentence: Sentence, quantity: Quantity) -> int:
    index = sentence.quantities.index(quantity)
    return len(words_before(sentence, index))


def _result_figure(examination: Examination, rows: tuple[str, ...], column: str = "total") -> Decimal | None:
    if (
        rows == _OTHER
        and examination.report.cell("applications", "other", column).state is not CellState.ABSENT
    ):
        return examination.value("applications", "other", column)
    return _sum(examination, rows, (column,))


def _sum(examination: Examination, rows: tuple[str, ...], columns: tuple[str, ...]) -> Decimal | None:
    total = Decimal(0)
    for row in rows:
        for column in columns:
            value = examination.value("applications", row, column)
            if value is None:
                return None
            total += value
    return total


def _counts_of_applications(
    examination: Examination,
) -> Iterator[tuple[Sentence, Quantity, str, str]]:
    """Exact counts in sentences about applications of this year, with the words before and after."""
    about: tuple[str, int] | None = None  # the paragraph in which an earlier sentence spoke of applications
    for sentence in examination.sentences:
        here = (sentence.section, sentence.paragraph)
        for index, quantity in enumerate(sentence.quantities):
            if quantity.unit not in COUNTING_UNITS or quantity.vague:
                continue
            lead, tail = words_before(sentence, index), words_after(sentence, index)
            directly = is_about_applications(sentence, quantity.start, quantity.end + len(tail))
            continued = about == here and sentence.text.startswith(("其中", "予以公开", "部分公开"))
            if not directly and not continued:
                continue
            about = here
            if not is_of_another_year(examination, sentence.text[: quantity.start]):
                yield sentence, quantity, lead, tail
