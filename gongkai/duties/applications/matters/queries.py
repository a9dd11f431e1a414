"""逐项办理的查询. The standing matters of an application and the result that follows from them."""

from dataclasses import dataclass

from django.db.models import Prefetch

from gongkai.duties.applications.matters.models import Decision, FoundDocument, MainGround, Matter, Search
from gongkai.duties.applications.models import Application
from gongkai.rules.regulations_2019.outcome import Outcome, outcome_of_matters


@dataclass(frozen=True, slots=True)
class Answered:
    """办理到哪里: ``undecided`` names the matters without a result; ``outcome`` follows when there are none."""

    matters: int
    undecided: tuple[str, ...]
    outcome: Outcome | None


def matters(application: Application) -> list[Matter]:
    """各项 with everything about them, in a bounded number of queries."""
    return list(
        application.matters.filter(struck_at__isnull=True).prefetch_related(
            Prefetch("decisions", Decision.objects.select_related("by")),
            Prefetch("searches", Search.objects.filter(struck_at__isnull=True).select_related("by")),
            Prefetch(
                "documents", FoundDocument.objects.filter(struck_at__isnull=True).prefetch_related("runs")
            ),
        )
    )


def answered(application: Application) -> Answered:
    """从各项结果得出的申请结果 (decision 21): disclosed in part counts once."""
    rows = application.matters.filter(struck_at__isnull=True).values_list("number", "result")
    undecided = tuple(f"第{number}项" for number, result in rows if not result)
    results = [result for _, result in rows if result]
    if not rows or undecided:
        return Answered(len(rows), undecided, None)
    named = main_ground(application)
    outcome = outcome_of_matters(results, main_ground=named if named in results else "")
    return Answered(len(rows), (), outcome)


def main_ground(application: Application) -> str:
    """由人确定的主要理由, "" when nobody named one."""
    newest = MainGround.objects.filter(application=application).values_list("result", flat=True)[:1]
    return next(iter(newest), "")


def why_not_answered(application: Application, outcome: str) -> str:
    """为什么还不能以这一结果答复, "" when nothing stands against it. An application without matters was handled on paper."""
    found = answered(application)
    if not found.matters:
        return ""
    if found.undecided:
        return f"{'、'.join(found.undecided)}还没有结果，每一项都应当答复，请先逐项决定。"
    outcome_found = found.outcome
    if outcome_found is None or outcome_found.result is None:
        return "各项的结果还得不出申请的结果，请核对各项的决定。"
    if outcome_found.is_proposal:
        return "各项都没有公开、结果又不相同，请先确定主要理由，年报按它计数。"
    if outcome_found.result.key != outcome:
        return f"各项的结果合起来是“{outcome_found.result.name}”，与要登记的结果不一致，请核对。"
    return ""
