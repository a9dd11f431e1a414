"""送审、审核、签发. Only a letter that the check found clean goes on; each hand is another person's and holds one hash."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal, may, require
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.applications.letters.check import stops
from gongkai.duties.applications.letters.lifecycle import STEPS, State, require_state
from gongkai.duties.applications.letters.models import Letter
from gongkai.duties.applications.letters.permissions import require_other, require_own_agency, require_writer
from gongkai.duties.applications.letters.wording import digest_of, standing_of
from gongkai.registers import actions as registers


def submit(letter: Letter, *, by: Person) -> Letter:
    """送审. The check must be clean; refusals go to the legality reviewer first, the rest to the signatory."""
    with transaction.atomic():
        letter = _locked(letter, by=by)
        registers.require_standing(letter.application, by=by, to_do="送审")
        require_writer(letter.application, by=by)
        require_state(letter.state, "submit")
        _require_clean(letter, to_do="送审")
        letter.state = State.REVIEWING if letter.wants_review else State.SIGNING
        letter.returned_because = ""
        letter.save(update_fields=["state", "returned_because"])
        record("letters.letter.submitted", by=by, subject=letter, detail={"hash": letter.content_hash})
    return letter


def pass_review(letter: Letter, *, seen: str, by: Person) -> Letter:
    """合法性审核通过. ``seen`` is the hash of what the reviewer had before his eyes."""
    with transaction.atomic():
        letter = _locked(letter, by=by)
        require(by, Power.REVIEW_LEGALITY, letter.agency, on=timezone.localdate())
        require_state(letter.state, "pass")
        require_other(by, letter.author, to_do="审核")
        _require_seen(letter, seen)
        _require_clean(letter, to_do="审核通过")
        letter.state, letter.reviewer, letter.reviewed_hash = State.SIGNING, by, letter.content_hash
        letter.reviewed_at = _now()
        letter.save(update_fields=["state", "reviewer", "reviewed_hash", "reviewed_at"])
        record("letters.letter.reviewed", by=by, subject=letter, detail={"hash": letter.content_hash})
    return letter


def sign(letter: Letter, *, seen: str, by: Person) -> Letter:
    """签发, by somebody who neither wrote nor reviewed it."""
    with transaction.atomic():
        letter = _locked(letter, by=by)
        require(by, Power.SIGN_LETTERS, letter.agency, on=timezone.localdate())
        require_state(letter.state, "sign")
        require_other(by, letter.author, letter.reviewer, to_do="签发")
        _require_seen(letter, seen)
        if letter.wants_review and letter.reviewed_hash != letter.content_hash:
            raise Refusal("不能签发：审核之后内容有改动。请退回后重新送审。")
        _require_clean(letter, to_do="签发")
        letter.state, letter.signatory, letter.signed_hash = State.SIGNED, by, letter.content_hash
        letter.signed_at = _now()
        letter.save(update_fields=["state", "signatory", "signed_hash", "signed_at"])
        record("letters.letter.signed", by=by, subject=letter, detail={"hash": letter.content_hash})
    return letter


def send_back(letter: Letter, *, reason: str, by: Person) -> Letter:
    """退回 to its author, with the reason."""
    reason = registers.require_reason(reason, of="退回")
    with transaction.atomic():
        letter = _locked(letter, by=by)
        require_state(letter.state, "return")
        power = Power.REVIEW_LEGALITY if letter.state == State.REVIEWING else Power.SIGN_LETTERS
        require(by, power, letter.agency, on=timezone.localdate())
        letter.state, letter.returned_because = State.DRAFT, reason
        letter.reviewer = letter.reviewed_at = None
        letter.reviewed_hash = ""
        letter.save(update_fields=["state", "returned_because", "reviewer", "reviewed_at", "reviewed_hash"])
        record("letters.letter.returned", by=by, subject=letter, reason=reason)
    return letter


def open_steps(letter: Letter, *, by: Person) -> list[str]:
    """现在能办的, by the names of the steps; the page shows a button for each."""
    today = timezone.localdate()
    return [
        step.name
        for step in STEPS.values()
        if letter.state in step.from_
        and any(may(by, power, letter.agency, on=today) for power in _powers(step.name, letter))
    ]


def _powers(name: str, letter: Letter) -> tuple[Power, ...]:
    if name == "return":
        return (Power.REVIEW_LEGALITY if letter.state == State.REVIEWING else Power.SIGN_LETTERS,)
    return (STEPS[name].power,)


def _locked(letter: Letter, *, by: Person) -> Letter:
    require_own_agency(letter, by=by)
    return Letter.objects.select_for_update(of=("self",)).select_related("application").get(pk=letter.pk)


def _require_seen(letter: Letter, seen: str) -> None:
    if seen != letter.content_hash or digest_of(letter) != letter.content_hash:
        raise Refusal("不能办理：打开之后内容有改动。请刷新页面，看过现在的内容再办。")


def _require_clean(letter: Letter, *, to_do: str) -> None:
    findings = standing_of(letter, day=timezone.localdate()).findings
    if stops(findings):
        wrong = "".join(
            f"{place}、" for place in dict.fromkeys(each.place for each in findings if each.stops)
        )
        count = sum(each.stops for each in findings)
        raise Refusal(f"不能{to_do}：与案件核对有{count}处不符（{wrong.rstrip('、')}）。请按核对结果改正。")


def _now() -> datetime:
    return timezone.now()
