"""拟稿和修改. A letter is composed from its case; any change puts it back to a draft and voids review and signature."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.applications.letters import rooms
from gongkai.duties.applications.letters.composing import compose
from gongkai.duties.applications.letters.documents.examination import objections_to_letter
from gongkai.duties.applications.letters.documents.reading_back import read_back
from gongkai.duties.applications.letters.gathering import facts_of, office_setting
from gongkai.duties.applications.letters.keeping import keep
from gongkai.duties.applications.letters.lifecycle import State, require_state
from gongkai.duties.applications.letters.models import Letter, Template
from gongkai.duties.applications.letters.permissions import require_own_agency, require_reader, require_writer
from gongkai.duties.applications.letters.text import DATE_SLOT, NUMBER_SLOT, LetterText
from gongkai.duties.applications.letters.wording import digest_of
from gongkai.duties.applications.matters.queries import answered
from gongkai.duties.applications.models import Application
from gongkai.registers import actions as registers
from gongkai.rules.regulations_2019.letters import (
    KIND_BY_KEY,
    AddressedTo,
    ends_the_case,
    kind_for_result,
    wants_legality_review,
)
from gongkai.virus_checks.actions import require_looked_at

_SAID = {
    "correction": "需要补正的事项",
    "extension": "延长的理由",
    "third_party_consultation": "征求意见的信息",
    "third_party_notice": "决定公开的内容和理由",
    "co_maker_consultation": "征求意见的信息",
    "other_agency_consultation": "征求意见的信息",
    "fee_notice": "收费标准",
    "reasons_asked": "需要说明理由的情况",
    "deferral": "不能按期答复的理由",
}
_DAYS = ("correction", "extension", "reasons_asked")


def draft(
    application: Application,
    *,
    kind: str,
    by: Person,
    recipient: str = "",
    said: str = "",
    how: str = "",
    working_days: int | None = None,
    until: date | None = None,
    amount: Decimal | None = None,
    consultation_key: str = "",
    origin: str = "",
) -> Letter:
    """拟一件文书. The result of a reply follows from the decided matters; ``origin`` is the record it was drafted from."""
    if kind not in KIND_BY_KEY:
        raise Refusal("没有这种文书，请从列表中选择。")
    with transaction.atomic():
        case = registers.lock(application)
        registers.require_standing(case, by=by, to_do="拟文书")
        require_writer(case, by=by)
        letter = Letter(
            agency=case.agency,
            application=case,
            kind=kind,
            result=_result(case, kind),
            working_days=working_days if kind in _DAYS else None,
            until=until if kind == "deferral" else None,
            amount=amount if kind == "fee_notice" else None,
            consultation_key=consultation_key.strip() if kind.endswith("_consultation") else "",
            origin=origin,
            template=_template(case, kind),
            author=by,
        )
        letter.wants_review = wants_legality_review(kind, letter.result)
        _seal_words(letter, recipient=recipient, said=said, how=how)
        _require_complete(letter)
        _compose(letter)
        _insert(letter)
        record(
            "letters.letter.drafted", by=by, subject=letter, detail={"kind": kind, "result": letter.result}
        )
    return letter


def draft_from_record(
    application: Application, *, kind: str, origin: str, by: Person, **given: Any
) -> Letter:
    """从一室的记录拟稿: its words, addressee, days and sum; a person adds only what no record says."""
    if kind not in rooms.ROOMS:
        raise Refusal("这种文书不依据其他记录，请在文书页拟稿。")
    require_writer(application, by=by)
    asked = {name: given[name] for name in rooms.ROOMS[kind].asked if given.get(name)}
    if kind == "fee_notice" and "how" not in asked:
        asked["how"] = office_setting(application.agency).payment
    return draft(
        application, kind=kind, by=by, origin=origin, **asked, **rooms.of_record(application, kind, origin)
    )


def rewrite(letter: Letter, text: LetterText, *, by: Person) -> Letter:
    """修改正文 on screen. Number and day stay open, whatever the form sends."""
    with transaction.atomic():
        letter = _reopen(letter, by=by)
        text = replace(text, number=NUMBER_SLOT, dated=DATE_SLOT)
        letter.seal("text", text.as_json())
        letter.document = ""
        _save(letter)
        record("letters.letter.rewritten", by=by, subject=letter)
    return letter


def upload(letter: Letter, data: bytes, *, by: Person) -> Letter:
    """上传在Word、WPS里改过的文书. From now on this file is the letter, and what it says is what is checked."""
    scanned = require_looked_at(data, name="文书", by=by)
    if objections := objections_to_letter(data):
        raise Refusal(f"不能使用这个文件：{'；'.join(objections)}。")
    with transaction.atomic():
        letter = _reopen(letter, by=by)
        letter.document = keep(letter, "document", data, scanned=scanned)
        letter.seal("text", read_back(data, title=KIND_BY_KEY[letter.kind].title).as_json())
        _save(letter)
        record("letters.letter.uploaded", by=by, subject=letter)
    return letter


def compose_again(letter: Letter, *, by: Person) -> Letter:
    """重新拟稿 from the case as it stands now; what was changed by hand is given up."""
    with transaction.atomic():
        letter = _reopen(letter, by=by)
        letter.result = _result(letter.application, letter.kind)
        letter.wants_review = wants_legality_review(letter.kind, letter.result)
        letter.template = _template(letter.application, letter.kind)
        letter.document = ""
        _compose(letter)
        _save(letter)
        record("letters.letter.composed_again", by=by, subject=letter)
    return letter


def open_text(letter: Letter, *, by: Person) -> Letter:
    """打开文书. Every letter names somebody: who opened which is kept, or it is not opened (AUD-01)."""
    require_own_agency(letter, by=by)
    require_reader(letter.agency, by=by)
    with transaction.atomic():
        record("letters.letter.opened", by=by, subject=letter, reason="办理文书")
    return letter


def _insert(letter: Letter) -> None:
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        raise Refusal("不能重复拟稿：这条记录已经有一件文书。请在那一件上修改，或者先作废。") from None


def _reopen(letter: Letter, *, by: Person) -> Letter:
    """The letter as a draft again: what was reviewed and signed was another text."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("application").get(pk=letter.pk)
    registers.require_standing(letter.application, by=by, to_do="修改文书")
    require_writer(letter.application, by=by)
    require_state(letter.state, "edit")
    letter.state, letter.reviewed_hash, letter.signed_hash = State.DRAFT, "", ""
    letter.reviewer = letter.signatory = letter.reviewed_at = letter.signed_at = None
    # Whoever changes a letter has written it; the one before stays in the audit trail.
    letter.author = by
    return letter


def _compose(letter: Letter) -> None:
    letter.seal("text", compose(facts_of(letter, day=timezone.localdate())).as_json())
    letter.content_hash = digest_of(letter)


def _save(letter: Letter) -> None:
    letter.content_hash = digest_of(letter)
    letter.save()


def _result(case: Application, kind: str) -> str:
    if not ends_the_case(kind):
        return ""
    found = answered(case)
    if not found.matters:
        raise Refusal("不能拟答复：还没有列出申请事项。请先把申请内容逐项列出，逐项决定。")
    if found.undecided or found.outcome is None or found.outcome.result is None:
        raise Refusal(f"不能拟答复：{'、'.join(found.undecided)}还没有结果。请先逐项决定。")
    if found.outcome.is_proposal:
        raise Refusal("不能拟答复：各项都没有公开、结果又不相同。请先确定主要理由。")
    result = found.outcome.result.key
    if kind_for_result(result) != kind:
        right = KIND_BY_KEY[kind_for_result(result)].name
        raise Refusal(f"不能拟这种文书：办理结果是“{found.outcome.result.name}”，应当用{right}。")
    return result


def _template(case: Application, kind: str) -> Template | None:
    return Template.objects.filter(agency=case.agency, kind=kind, set_aside_at__isnull=True).first()


def _seal_words(letter: Letter, *, recipient: str, said: str, how: str) -> None:
    to_applicant = KIND_BY_KEY[letter.kind].addressed_to is AddressedTo.APPLICANT
    letter.seal(
        "recipient", letter.application.unseal("applicant_name") if to_applicant else recipient.strip()
    )
    letter.seal("said", said.strip() if letter.kind in _SAID else "")
    letter.seal("how", how.strip() if letter.kind == "fee_notice" else "")


def _require_complete(letter: Letter) -> None:
    """Every reason why the letter cannot be composed yet, in one sentence."""
    missing = []
    if not letter.recipient:
        missing.append(
            "申请没有登记申请人的姓名或者名称"
            if KIND_BY_KEY[letter.kind].addressed_to is AddressedTo.APPLICANT
            else "没有写收文的第三方或者机关"
        )
    if letter.kind in _SAID and not letter.said:
        missing.append(f"没有写{_SAID[letter.kind]}")
    if letter.kind in _DAYS and not letter.working_days:
        missing.append("没有写工作日数")
    if letter.kind == "deferral" and not letter.until:
        missing.append("没有写延迟到哪一天")
    if letter.kind == "fee_notice" and not letter.amount:
        missing.append("没有写金额")
    if letter.kind == "fee_notice" and not letter.how:
        missing.append("没有写缴纳方式")
    if letter.kind.endswith("_consultation") and not letter.consultation_key:
        missing.append("没有写征求意见编号")
    if KIND_BY_KEY[letter.kind].has_remedy:
        setting = office_setting(letter.agency)
        if not (setting.reconsideration_body and setting.court):
            missing.append("本机关还没有设置行政复议机关和人民法院，请在“文书模板”页设置")
    if missing:
        raise Refusal(f"不能拟稿：{'；'.join(missing)}。")
