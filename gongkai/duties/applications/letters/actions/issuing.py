"""编号发出、作废. The last check on the very bytes that leave; the number, the step on the case and both files in one
transaction, or none of them."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.applications import barcode
from gongkai.duties.applications.letters import steps
from gongkai.duties.applications.letters.actions.delivering import begin_delivery
from gongkai.duties.applications.letters.check import stops
from gongkai.duties.applications.letters.documents import pdf
from gongkai.duties.applications.letters.keeping import keep, sha256
from gongkai.duties.applications.letters.lifecycle import State, require_state
from gongkai.duties.applications.letters.models import Delivery, Letter, Numbering
from gongkai.duties.applications.letters.permissions import require_own_agency, require_writer
from gongkai.duties.applications.letters.text import LetterText
from gongkai.duties.applications.letters.wording import digest_of, standing_of
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.opening import require_open
from gongkai.outbox.actions import enqueue
from gongkai.registers import actions as registers
from gongkai.registers.numbering import next_number
from gongkai.report.render import CannotRender
from gongkai.rules.regulations_2019.letters import KIND_BY_KEY, ends_the_case


def issue(
    letter: Letter,
    *,
    by: Person,
    way: str = "",
    counted_on: date | None = None,
    address: str = "",
    receipt_number: str = "",
) -> Letter:
    """编号发出. With the day that counts for its way of delivery known, the case is answered in the same transaction;
    otherwise the step of a reply or a fee notice waits for that day, and the period runs on."""
    require_own_agency(letter, by=by)
    today = timezone.localdate()
    with transaction.atomic():
        letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
        letter.application = _case(letter, by=by)
        require_writer(letter.application, by=by)
        require_state(letter.state, "issue")
        if not letter.content_hash == letter.signed_hash == digest_of(letter):
            raise Refusal("不能发出：签发之后内容有改动。请重新送审、签发。")
        _number(letter, today)
        leaving = standing_of(letter, day=today, number=letter.number)
        if stops(leaving.findings):
            wrong = "；".join(str(each).rstrip("。") for each in leaving.findings if each.stops)
            raise Refusal(f"不能发出：案件在签发之后有变化，与文书不符。{wrong[:300]}。请修改后重新送审。")
        letter.state, letter.issued_on, letter.issued_by = State.ISSUED, today, by
        _keep_files(letter, leaving.document, _print(leaving.text, _bars(letter)))
        if letter.kind not in steps.AWAITING_DELIVERY:
            handed_over = counted_on if way == Delivery.Way.DIRECT else None
            letter.event = steps.take(letter, on=today, by=by, delivered_on=handed_over)
        _save(letter)
        record(
            "letters.letter.issued",
            by=by,
            subject=letter,
            detail={"number": letter.number, "hash": letter.content_hash, "pdf": letter.pdf_sha256},
        )
        if way:
            begin_delivery(
                letter, way=way, counted_on=counted_on, address=address, receipt_number=receipt_number, by=by
            )
    return letter


def void(letter: Letter, *, reason: str, by: Person) -> Letter:
    """作废. A number that was given stays given; the step that the letter took must have been taken back by two people."""
    reason = registers.require_reason(reason, of="文书作废")
    require_own_agency(letter, by=by)
    with transaction.atomic():
        letter = (
            Letter.objects.select_for_update(of=("self",))
            .select_related("application", "event")
            .get(pk=letter.pk)
        )
        registers.require_standing(letter.application, by=by, to_do="作废文书")
        require_writer(letter.application, by=by)
        require_state(letter.state, "void")
        if letter.is_issued:
            steps.require_taken_back(letter)
        letter.state, letter.voided_at, letter.void_reason = State.VOIDED, _now(), reason
        letter.save(update_fields=["state", "voided_at", "void_reason"])
        for delivery in letter.deliveries.filter(way=Delivery.Way.PORTAL):
            enqueue("letters.withdraw_offer", {"delivery": delivery.public_id}, urgent=True)
        record(
            "letters.letter.voided", by=by, subject=letter, reason=reason, detail={"number": letter.number}
        )
    return letter


def sign_of(letter: Letter) -> str:
    """这种文书的字: the office's own, or its short name and the sign of the kind."""
    own = (
        Numbering.objects.filter(agency=letter.agency, kind=letter.kind)
        .values_list("sign", flat=True)
        .first()
    )
    return own or f"{letter.agency.short_name}{KIND_BY_KEY[letter.kind].sign}"


def _case(letter: Letter, *, by: Person) -> Application:
    """The case, locked; open where the letter takes a step on it that is not taken yet."""
    case = registers.lock(letter.application)
    letter.application = case
    if letter.kind in steps.STEP_OF and not steps.told_already(letter):
        require_open(case, by=by)
    else:
        registers.require_standing(case, by=by, to_do="发出文书")
    if ends_the_case(letter.kind) and _answered_already(letter):
        raise Refusal("不能发出：这件申请已经有发出的答复。原答复有误的，请先作废原答复。")
    return case


def _answered_already(letter: Letter) -> bool:
    final = Letter.objects.filter(application=letter.application, state__in=[State.ISSUED, State.DELIVERED])
    return any(ends_the_case(kind) for kind in final.exclude(pk=letter.pk).values_list("kind", flat=True))


def _number(letter: Letter, today: date) -> None:
    given = next_number(letter.agency, register=f"letters.{letter.kind}", year=today.year)
    letter.year, letter.serial = today.year, int(given.partition("〕")[2].rstrip("号"))
    letter.number = f"{sign_of(letter)}{given}"


def _bars(letter: Letter) -> str:
    """登记回执上的条码: what the counter scans when the applicant comes back."""
    case = letter.application
    return (
        barcode.svg(barcode.carried(case.register_number, case.public_id)) if letter.kind == "receipt" else ""
    )


def _print(text: LetterText, bars: str) -> bytes:
    try:
        return pdf.render(text, bars=bars)
    except CannotRender as error:
        raise Refusal(str(error)) from None


def _keep_files(letter: Letter, document: bytes, printed: bytes) -> None:
    letter.issued_word, letter.word_sha256 = keep(letter, "issued_word", document), sha256(document)
    letter.issued_pdf, letter.pdf_sha256 = keep(letter, "issued_pdf", printed), sha256(printed)


def _save(letter: Letter) -> None:
    try:
        with transaction.atomic():
            letter.save()
    except IntegrityError:
        raise Refusal("不能发出：文号已经用过，或者这件申请已经有发出的答复。请刷新后再看。") from None


def _now() -> datetime:
    return timezone.now()
