"""台账记录上的公示经过. What became of a decision on its way to the public, beside the record of the register."""

from django.urls import reverse
from django.utils import timezone

from gongkai.duties.administrative_acts import queries
from gongkai.duties.administrative_acts.models import PublicDecision
from gongkai.registers.description import HistoryLine
from gongkai.registers.models import RegisterEntry

_KINDS = {model: kind for kind, model in queries.MODELS.items()}


def of_publicity(entry: RegisterEntry) -> list[HistoryLine]:
    """Newest first; the first line says where it stands and leads to its page."""
    if not isinstance(entry, PublicDecision):
        return []
    here = reverse("publicity:decision", args=[_KINDS[type(entry)], entry.public_id])
    standing = HistoryLine(at="现在", text=f"公示：{entry.get_public_state_display()}", link=here)
    return [
        standing,
        *(
            HistoryLine(
                at=timezone.localtime(step.recorded_at).strftime("%Y-%m-%d %H:%M"),
                text=step.get_kind_display(),
                by=step.by.name if step.by else "系统",
                note=step.words,
            )
            for step in queries.steps(entry)
        ),
    ]
