"""转主动公开: propose, draft, decline. The draft is an ordinary item and goes through every review like any other."""

from html import escape

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.applications.matters.models import FoundDocument, PageDecision
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.redaction.queries import outputs
from gongkai.duties.applications.turning.models import Turning
from gongkai.duties.catalogue import actions as catalogue
from gongkai.duties.catalogue.models import Column, ItemKind, Version
from gongkai.gateways.files import desk_files
from gongkai.registers.actions import lock, require_keeper, require_reason

State = Turning.State
_LONGEST_TITLE = 200
_OPEN = (PageDecision.Fate.DISCLOSED, PageDecision.Fate.REDACTED)


def propose(application: Application, *, title: str, source: str, by: Person) -> Turning:
    """提出: the applicant suggested it, or the officer sees that others ask for the same."""
    title = title.strip()
    if not title or len(title) > _LONGEST_TITLE:
        raise Refusal(f"请写明拟公开的信息的名称，最多{_LONGEST_TITLE}字，不写申请人的姓名。")
    if source not in Turning.Source.values:
        raise Refusal("请选择由来。")
    with transaction.atomic():
        case = lock(application)
        require_keeper(by, case.agency, case.section)
        if case.voided_at:
            raise Refusal("不能提出：这件申请已经作废。")
        turning = Turning(agency=case.agency, application=case, title=title, source=source, by=by)
        try:
            with transaction.atomic():
                turning.save(force_insert=True)
        except IntegrityError:
            raise Refusal("不能提出：这件申请已经提出过转公开同一信息。") from None
        record("turning.proposed", by=by, subject=turning, detail={"source": source})
    return turning


def draft(turning: Turning, *, main_column: Column, by: Person) -> Version:
    """起草: an item with what was found, and the covered documents that a second person agreed to, as attachments."""
    with transaction.atomic():
        turning = _taken(turning, by=by)
        version = catalogue.begin(
            by=by, title=turning.title, kind=ItemKind.OTHER.value, main_column=main_column
        )
        version = catalogue.write(
            version, values={"body": _body(turning.application)}, edits=version.edits, by=by
        )
        for number, output in enumerate(outputs(turning.application), start=1):
            content = desk_files().read(output.sha256)
            catalogue.attach(version, name=f"材料{number}.pdf", content=content, by=by)
        turning.state, turning.item = State.DRAFTED, version.item
        _decided(turning, by=by)
        record("turning.drafted", by=by, subject=turning, detail={"item": version.item.public_id})
    return version


def decline(turning: Turning, *, opinion: str, by: Person) -> Turning:
    """不转: with the reason, which the applicant may ask for."""
    opinion = require_reason(opinion, of="不转主动公开")
    with transaction.atomic():
        turning = _taken(turning, by=by)
        turning.state, turning.opinion = State.DECLINED, opinion
        _decided(turning, by=by)
        record("turning.declined", by=by, subject=turning, reason=opinion)
    return turning


def _taken(turning: Turning, *, by: Person) -> Turning:
    turning = Turning.objects.select_for_update(of=("self",)).select_related("application").get(pk=turning.pk)
    require_keeper(by, turning.agency, turning.application.section)
    if turning.state != State.PROPOSED:
        raise Refusal(f"不能办理：这件事项{turning.get_state_display()}。")
    return turning


def _decided(turning: Turning, *, by: Person) -> None:
    turning.decided_by, turning.decided_at = by, timezone.now()
    turning.save(update_fields=["state", "item", "opinion", "decided_by", "decided_at"])


def _body(application: Application) -> str:
    """The documents that may be known, by name and number. Nothing of the applicant stands in them."""
    found = FoundDocument.objects.filter(
        matter__application=application, struck_at__isnull=True, runs__fate__in=_OPEN
    ).distinct()
    lines = [f"《{each.title}》{each.document_number}，共{each.pages}页。" for each in found]
    return "".join(f"<p>{escape(line)}</p>" for line in lines)
