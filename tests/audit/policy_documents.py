"""政策解读、规范性文件的审计动作: what each act needs, made ready. The rows themselves are in acts.py."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.utils import timezone

from gongkai.agencies.powers import Power
from gongkai.duties.catalogue import actions as catalogue
from gongkai.duties.catalogue.actions.releasing import confirm
from gongkai.duties.catalogue.interpretation import actions as interpretation
from gongkai.duties.catalogue.models import Version
from gongkai.duties.catalogue.normative import actions as normative
from gongkai.duties.catalogue.normative.models import LibraryEntry
from tests.duties.catalogue.documents import PLAN, a_normative, a_pair, a_registered
from tests.duties.catalogue.editorial import Editorial
from tests.factories.agencies import holding

Do = Callable[..., Any]
_DAY = date(2026, 11, 1)


def librarian(editors: Editorial) -> None:
    """The clerk keeps the register and looks after the public library besides."""
    holding(editors.clerk, Power.KEEP_REGISTERS, Power.RELEASE_REPORT, Power.WITHDRAW_ITEMS)


def planning(editors: Editorial) -> Do:
    return partial(
        interpretation.save_plan,
        editors.policy_without_plan(),
        values=PLAN,
        having_seen=interpretation.seen(None),
    )


def linking(editors: Editorial) -> Do:
    explanation = editors.draft("interpretation", title="解读")
    return partial(interpretation.link, explanation, document=editors.policy_without_plan().item)


def unlinking(editors: Editorial) -> Do:
    policy, explanation = a_pair(editors)
    return partial(interpretation.unlink, explanation.item, document=policy.item)


def sheet(editors: Editorial) -> Do:
    return partial(
        normative.save_sheet, editors.policy_without_plan("normative"), in_force_from=date(2026, 4, 1)
    )


def intending(editors: Editorial) -> Do:
    return partial(normative.intend, a_normative(editors), document=a_registered(editors), kind="repealed")


def dropping(editors: Editorial) -> Do:
    version, old = a_normative(editors), a_registered(editors)
    normative.intend(version, document=old, kind="repealed", by=editors.clerk)
    return partial(normative.drop, version, document=old)


def confirmed(version: Version) -> Do:
    """The public side's answer to a version on its way."""
    receipt = {"released_at": timezone.now().isoformat(), "url": "/items/1/", "withdrawn": False}
    return lambda *, by: confirm({"version": version.public_id}, receipt)


def filing(editors: Editorial) -> Do:
    return confirmed(catalogue.publish(editors.signed(a_normative(editors)), by=editors.clerk))


def declaring(editors: Editorial, kind: str) -> Do:
    librarian(editors)
    document = a_registered(editors)
    return partial(normative.declare, document, kind=kind, effective_on=_DAY, by_text="示政发〔2026〕8号")


def extending(editors: Editorial) -> Do:
    librarian(editors)
    document = a_registered(editors, lapses_on=date(2098, 1, 1))
    return partial(normative.extend, document, until=date(2099, 1, 1), reason="评估")


def expiring(editors: Editorial) -> Do:
    a_registered(editors, lapses_on=_DAY)
    return lambda *, by: normative.expire(today=date(2026, 11, 3))


def telling(editors: Editorial) -> Do:
    """Its last change is told already; on a later day it is the day alone that has changed something."""
    document = a_registered(editors, in_force_from=date(2026, 11, 2))
    LibraryEntry.objects.create(agency=editors.agency, document=document, is_public=True)
    return lambda *, by: normative.expire(today=date(2026, 11, 3))


def numbering(editors: Editorial) -> Do:
    librarian(editors)
    return partial(normative.save_entry, a_registered(editors), registered_number="示规备1号", term_reason="")


def showing(editors: Editorial) -> Do:
    librarian(editors)
    return partial(normative.show, a_registered(editors))


def hiding(editors: Editorial) -> Do:
    librarian(editors)
    document = a_registered(editors)
    normative.show(document, by=editors.clerk)
    return partial(normative.hide, document, reason="误列")


def opening(editors: Editorial) -> Do:
    librarian(editors)
    a_registered(editors)
    return partial(normative.open_round, title="清理", basis="通知")


def concluding(editors: Editorial) -> Do:
    round_ = opening(editors)(by=editors.clerk)
    return partial(normative.conclude, round_.entries.get(), conclusion="repeal", reason="任务完成")


def finishing(editors: Editorial) -> Do:
    round_ = opening(editors)(by=editors.clerk)
    normative.conclude(round_.entries.get(), conclusion="repeal", reason="任务完成", by=editors.clerk)
    return partial(normative.finish, round_, column=editors.column)


def reopening(editors: Editorial) -> Do:
    finish = finishing(editors)
    version = finish(by=editors.clerk)
    catalogue.abandon(version, by=editors.clerk)
    return partial(normative.reopen, version.item.clean_up, reason="重新讨论")


def publishing_results(editors: Editorial) -> Do:
    version = finishing(editors)(by=editors.clerk)
    return confirmed(catalogue.publish(editors.signed(version), by=editors.clerk))
