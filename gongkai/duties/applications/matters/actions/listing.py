"""列出和划去事项."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.applications.matters.models import Matter
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.opening import open_case
from gongkai.registers.actions import require_reason

MOST_MATTERS = 100  # in one application; more are several applications, and a person should look at them
LONGEST = 2000


def add_matters(application: Application, texts: Sequence[str], *, by: Person) -> list[Matter]:
    """列出申请事项, in the applicant's order; numbers go on where they stand and are never given twice."""
    with transaction.atomic():
        case = open_case(application, by=by)
        return list_matters(case, texts, by=by)


def list_matters(case: Application, texts: Sequence[str], *, by: Person | None) -> list[Matter]:
    """The same within the registering of an application, which has the case in hand already."""
    texts = [text.strip() for text in texts if text.strip()]
    taken = case.matters.count()
    if not texts:
        raise Refusal("没有填写申请公开的内容，请写明要公开什么。")
    if taken + len(texts) > MOST_MATTERS:
        raise Refusal(f"一件申请最多列{MOST_MATTERS}项。更多的请分成几件登记。")
    if any(len(text) > LONGEST for text in texts):
        raise Refusal(f"每一项最多{LONGEST}字，请分成几项填写。")
    listed = []
    for number, text in enumerate(texts, start=taken + 1):
        matter = Matter(agency=case.agency, application=case, number=number, by=by)
        matter.seal("text", text)
        matter.save(force_insert=True)
        listed.append(matter)
    record("applications.matter.listed", by=by, subject=case, detail={"matters": len(listed)})
    return listed


def strike_matter(matter: Matter, *, reason: str, by: Person) -> Matter:
    """划去一项: listed by mistake, or replaced by what the applicant made of it in a correction. It stays readable."""
    reason = require_reason(reason, of="申请事项的划去")
    with transaction.atomic():
        case = open_case(matter.application, by=by)
        matter = case.matters.select_for_update().get(pk=matter.pk)
        if matter.struck_at:
            raise Refusal("不能划去：这一项已经划去。")
        matter.struck_at, matter.strike_reason = timezone.now(), reason
        matter.save(update_fields=["struck_at", "strike_reason"])
        record("applications.matter.struck", by=by, subject=matter, reason=reason)
    return matter
