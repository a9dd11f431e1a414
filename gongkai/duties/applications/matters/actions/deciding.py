"""逐项决定. Each matter gets one of the situations of the law; the result of the application follows by rule."""

from django.db import transaction

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.applications.matters.models import Decision, MainGround, Matter
from gongkai.duties.applications.matters.needs import objections
from gongkai.duties.applications.matters.queries import answered
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.opening import open_case
from gongkai.rules.regulations_2019.outcome import SITUATION_BY_KEY
from gongkai.rules.regulations_2019.reply import RESULT_BY_KEY


def decide(
    matter: Matter,
    *,
    situation: str,
    by: Person,
    ground: str = "",
    ground_kind: str = "",
    reasons: str = "",
) -> Matter:
    """决定一项. Refuses with everything that is still missing; a later decision stands before an earlier one."""
    known = SITUATION_BY_KEY.get(situation)
    if known is None or not known.result:
        raise Refusal("没有这种情形，请从列表中选择。")
    with transaction.atomic():
        case = open_case(matter.application, by=by)
        matter = case.matters.select_for_update().get(pk=matter.pk)
        if matter.struck_at:
            raise Refusal("不能决定：这一项已经划去。")
        matter.application = case
        decision = Decision(
            agency=case.agency,
            matter=matter,
            situation=situation,
            ground=ground,
            ground_kind=ground_kind.strip() if ground else "",
            by=by,
        )
        if missing := list(objections(matter, decision, reasons=reasons)):
            raise Refusal(f"第{matter.number}项还不能这样决定：{'；'.join(missing)}。")
        decision.seal("reasons", reasons.strip())
        decision.save(force_insert=True)
        matter.result = known.result
        matter.save(update_fields=["result"])
        record(
            "applications.matter.decided",
            by=by,
            subject=matter,
            detail={"situation": situation, "result": known.result, "ground": ground},
        )
    return matter


def name_main_ground(application: Application, result: str, *, by: Person) -> MainGround:
    """确定主要理由, where the matters end differently and nothing was disclosed (decision 21)."""
    with transaction.atomic():
        case = open_case(application, by=by)
        standing = answered(case)
        if standing.undecided or not standing.matters:
            raise Refusal("不能确定：还有没决定的事项，请先逐项决定。")
        results = set(case.matters.filter(struck_at__isnull=True).values_list("result", flat=True))
        if result not in results:
            names = "、".join(RESULT_BY_KEY[key].name for key in sorted(results))
            raise Refusal(f"不能确定：主要理由应当是各项结果之一（{names}）。")
        named = MainGround.objects.create(agency=case.agency, application=case, result=result, by=by)
        record("applications.matter.main_ground", by=by, subject=case, detail={"result": result})
    return named
