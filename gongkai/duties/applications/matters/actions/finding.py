"""检索和查到的信息, with what becomes of every page."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.applications.matters.models import FoundDocument, Matter, PageDecision, Search
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.opening import open_case
from gongkai.registers.actions import require_reason

Fate = PageDecision.Fate


def record_search(
    application: Application,
    *,
    searched_on: date,
    place: str,
    words: str,
    searcher: str,
    found: bool,
    by: Person,
    matter: Matter | None = None,
    result: str = "",
) -> Search:
    """登记一次检索. ``matter`` None: the search was for the whole application."""
    with transaction.atomic():
        case = open_case(application, by=by)
        if searched_on > timezone.localdate():
            raise Refusal("检索日期在今天之后，请核对。")
        if searched_on < case.events.earliest("happened_on").happened_on:
            raise Refusal("检索日期早于收到申请之日，请核对。")
        if matter is not None and matter.application_id != case.pk:
            raise Refusal("没有这一项，请重新选择。")
        search = Search(
            agency=case.agency,
            application=case,
            matter=matter,
            searched_on=searched_on,
            place=place.strip(),
            words=words.strip(),
            searcher=searcher.strip() or by.name,
            found=found,
            result=result.strip(),
            by=by,
        )
        _require_filled(search)
        search.save(force_insert=True)
        record("applications.search.recorded", by=by, subject=search, detail={"found": found})
    return search


def strike_search(search: Search, *, reason: str, by: Person) -> Search:
    """划去检索记录: entered by mistake; it stays readable."""
    with transaction.atomic():
        open_case(search.application, by=by)
        search = Search.objects.select_for_update().get(pk=search.pk)
        _strike(search, reason)
        record("applications.search.struck", by=by, subject=search, reason=search.strike_reason)
    return search


def list_document(
    matter: Matter,
    *,
    title: str,
    pages: int,
    by: Person,
    document_number: str = "",
    dated_on: date | None = None,
    kept_at: str = "",
) -> FoundDocument:
    """登记查到的信息."""
    with transaction.atomic():
        case = open_case(matter.application, by=by)
        if Matter.objects.get(pk=matter.pk).struck_at:
            raise Refusal("不能登记：这一项已经划去。")
        document = FoundDocument(
            agency=case.agency,
            matter=matter,
            title=title.strip(),
            document_number=document_number.strip(),
            dated_on=dated_on,
            pages=pages,
            kept_at=kept_at.strip(),
            by=by,
        )
        _require_filled(document)
        document.save(force_insert=True)
        record("applications.document.listed", by=by, subject=document, detail={"pages": pages})
    return document


def strike_document(document: FoundDocument, *, reason: str, by: Person) -> FoundDocument:
    """划去查到的信息: not what was asked for; it stays readable."""
    with transaction.atomic():
        open_case(document.matter.application, by=by)
        document = FoundDocument.objects.select_for_update().get(pk=document.pk)
        _strike(document, reason)
        record("applications.document.struck", by=by, subject=document, reason=document.strike_reason)
    return document


def decide_pages(
    document: FoundDocument,
    *,
    first: int,
    last: int,
    fate: str,
    by: Person,
    ground: str = "",
    note: str = "",
) -> PageDecision:
    """决定一段页码. What was decided for these pages before gives way; pages outside the run keep their fate."""
    if fate not in Fate.values:
        raise Refusal("请选择这几页怎么处理。")
    if (fate == Fate.DISCLOSED) == bool(ground):
        raise Refusal("公开的页不写理由；遮盖或者不公开的页，要选理由（条例第三十七条）。")
    with transaction.atomic():
        case = open_case(document.matter.application, by=by)
        document = FoundDocument.objects.select_for_update().get(pk=document.pk)
        if document.struck_at:
            raise Refusal("不能决定：这件信息已经划去。")
        if not 1 <= first <= last <= document.pages:
            raise Refusal(f"页码应当在1至{document.pages}之间，起页不大于止页，请核对。")
        _clear(document, first, last)
        run = PageDecision(
            agency=case.agency,
            document=document,
            first=first,
            last=last,
            fate=fate,
            ground=ground,
            note=note.strip(),
            by=by,
        )
        _require_filled(run)
        run.save(force_insert=True)
        record(
            "applications.document.pages_decided",
            by=by,
            subject=document,
            detail={"first": first, "last": last, "fate": fate, "ground": ground},
        )
    return run


def _clear(document: FoundDocument, first: int, last: int) -> None:
    """Cut these pages out of the runs that hold them. What stood there before is told by the audit trail."""
    for run in document.runs.filter(first__lte=last, last__gte=first):
        if run.first < first and run.last > last:
            PageDecision.objects.create(
                agency=run.agency,
                document=document,
                first=last + 1,
                last=run.last,
                fate=run.fate,
                ground=run.ground,
                note=run.note,
                by=run.by,
            )
        if run.first < first:
            run.last = first - 1
            run.save(update_fields=["last"])
        elif run.last > last:
            run.first = last + 1
            run.save(update_fields=["first"])
        else:
            run.delete()


def _strike(row: Search | FoundDocument, reason: str) -> None:
    reason = require_reason(reason, of="检索记录和查到的信息的划去")
    if row.struck_at:
        raise Refusal("不能划去：已经划去。")
    row.struck_at, row.strike_reason = timezone.now(), reason
    row.save(update_fields=["struck_at", "strike_reason"])


def _require_filled(row: Search | FoundDocument | PageDecision) -> None:
    relations = {field.name for field in row._meta.concrete_fields if field.is_relation}
    try:
        row.full_clean(exclude=relations, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        said = [
            f"{row._meta.get_field(name).verbose_name}：{message}"  # type: ignore[union-attr]
            for name, messages in error.message_dict.items()
            for message in messages
        ]
        raise Refusal("；".join(said)) from None
