"""能不能公示. Every reason why a decision may not be made public as the register has it; asked at review and at release."""

from collections.abc import Iterator
from datetime import date

from gongkai.agencies.access import Refusal
from gongkai.duties.administrative_acts.models import PublicDecision
from gongkai.duties.administrative_acts.public_fields import never_public, public_fields
from gongkai.rules.enforcement_publicity_2019.periods import shown_until
from gongkai.screening.numbers import is_credit_code


def objections(decision: PublicDecision, *, today: date) -> list[str]:
    """Sentences, in the order in which they are put right; none when it may go out."""
    return [
        *_not_standing(decision),
        *_missing(decision),
        *_wrong_code(decision),
        *_never(decision),
        *_over(decision, today),
    ]


def require(decision: PublicDecision, to_do: str, *, today: date) -> None:
    """Refused with the first reason; the page of the decision has them all."""
    if found := objections(decision, today=today):
        more = f"另有{len(found) - 1}处。" if found[1:] else ""
        raise Refusal(f"不能{to_do}{decision.number}：{found[0]}{more}")


def _not_standing(decision: PublicDecision) -> Iterator[str]:
    if decision.voided_at:
        yield "台账里已经作废。"
    if decision.revoked_on:
        yield f"决定已于{decision.revoked_on:%Y-%m-%d}撤销或者变更，不能公示；已经公示的，请撤回。"
    elif decision.is_annulled:
        yield (
            f"因“{decision.get_called_back_because_display()}”撤回，不再公示。请在台账登记撤销或者变更日期；"  # type: ignore[attr-defined]
            "撤回的原因有误的，先恢复待公示。"
        )
    if decision.need_not_be_public:
        yield "登记为没有一定社会影响，不公示（行政处罚法第四十八条第一款）；登记有误的，请在台账更正。"


def _missing(decision: PublicDecision) -> Iterator[str]:
    empty = [each.label for each in public_fields(decision) if not each.value]
    if empty:
        yield f"没有填写{'、'.join(empty)}，请在台账更正。"


def _wrong_code(decision: PublicDecision) -> Iterator[str]:
    code = decision.counterpart_code
    if code and not is_credit_code(code):
        yield "统一社会信用代码的校验位不符，请对照营业执照在台账更正；相对人是自然人的，改登记为自然人。"


def _never(decision: PublicDecision) -> Iterator[str]:
    for field, found in never_public(decision):
        yield f"“{field.label}”中有{found.what}（{found.shown}）。{found.advice}"


def _over(decision: PublicDecision, today: date) -> Iterator[str]:
    until = shown_until(decision.published_on or today, natural_person=decision.is_natural_person)
    if until.day < today:
        yield f"公示期已满（{until.explanation}），不再公示。"
