"""随稿审查的解读内容. What a version says of its interpretation, as part of what the reviews are bound to (PUB-02)."""

from typing import Any

from gongkai.duties.catalogue.interpretation.models import InterpretationPlan, Interprets
from gongkai.duties.catalogue.models import Version

PLANNED = ("outline", "forms", "channel", "timing", "responsible", "exempt_because")


def plan_of(version: Version) -> InterpretationPlan | None:
    return InterpretationPlan.objects.filter(version=version).first()


def manifest(version: Version) -> dict[str, Any]:
    """The plan and the links of a version; nothing for a version that has neither."""
    found: dict[str, Any] = {}
    if plan := plan_of(version):
        planned = plan.interpretations.order_by("public_id").values_list("public_id", flat=True)
        found["interpretation_plan"] = {
            **{name: getattr(plan, name) for name in PLANNED},
            "interpretations": list(planned),
        }
    explained = Interprets.objects.filter(version=version).order_by("document__public_id")
    if documents := list(explained.values_list("document__public_id", flat=True)):
        found["interprets"] = documents
    return found


def copy(before: Version, version: Version) -> None:
    """A further version begins with the plan and the links of the one before."""
    if plan := plan_of(before):
        copied = InterpretationPlan.objects.create(
            agency=version.agency, version=version, **{name: getattr(plan, name) for name in PLANNED}
        )
        copied.interpretations.set(plan.interpretations.all())
    Interprets.objects.bulk_create(
        Interprets(version=version, document_id=document)
        for document in before.interprets.values_list("document", flat=True)  # type: ignore[attr-defined]
    )
