"""经验教训. Written to a case, taken back with a reason."""

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.remedies.actions.steps import lock, require_file_keeper, require_short
from gongkai.duties.remedies.models import CaseFile, Lesson
from gongkai.registers.actions import require_reason


def add_lesson(file: CaseFile, *, category: str, text: str, by: Person, changed: str = "") -> Lesson:
    """写一条经验教训."""
    if category not in Lesson.Category.values:
        raise Refusal("请选择类别。")
    lesson = Lesson(category=category, text=text.strip(), changed=changed.strip(), by=by)
    if not lesson.text:
        raise Refusal("请写明教训。")
    require_short(lesson, "text", "changed")
    with transaction.atomic():
        lesson.file = lock(file)
        lesson.agency = lesson.file.agency
        require_file_keeper(lesson.file, by=by)
        lesson.save(force_insert=True)
        record("remedies.lesson.added", by=by, subject=lesson)
    return lesson


def take_back_lesson(lesson: Lesson, *, reason: str, by: Person) -> Lesson:
    """撤回一条经验教训."""
    reason = require_reason(reason, of="撤回经验教训")
    with transaction.atomic():
        file = lock(lesson.file)
        require_file_keeper(file, by=by)
        lesson = Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)
        if lesson.taken_back_at:
            raise Refusal("不能撤回：这一条已经撤回。")
        lesson.taken_back_at, lesson.taken_back_reason = timezone.now(), reason
        lesson.save(update_fields=["taken_back_at", "taken_back_reason"])
        record("remedies.lesson.taken_back", by=by, subject=lesson, reason=reason)
    return lesson
