"""年报数据：监督保障."""

from gongkai.agencies.models import Agency
from gongkai.duties.oversight.models import OperatorCheck, SecurityAssessment, TrainingSession
from gongkai.registers.figures import Figure, within


def figures(agency: Agency, year: int) -> dict[str, Figure]:
    """文字部分用的数."""
    return {
        "assessments.held": Figure(
            "安全评估",
            "次",
            SecurityAssessment.objects.standing().filter(within("assessed_on", year), agency=agency),
        ),
        "operator_checks.held": Figure(
            "运维单位检查",
            "次",
            OperatorCheck.objects.standing().filter(within("checked_on", year), agency=agency),
        ),
        "training.held": Figure(
            "培训", "次", TrainingSession.objects.standing().filter(within("held_on", year), agency=agency)
        ),
    }
