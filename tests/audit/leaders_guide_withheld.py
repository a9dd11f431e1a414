"""领导信息、公开指南、不公开信息的审计动作: what each act needs, made ready. The rows themselves are in acts.py."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from gongkai.duties.catalogue import actions as catalogue
from gongkai.duties.catalogue.guide import actions as guide
from gongkai.duties.catalogue.leaders import actions as leaders
from gongkai.duties.catalogue.models import Version
from gongkai.duties.catalogue.withheld import actions as withheld
from gongkai.duties.catalogue.withheld.models import Withholding
from tests.audit.policy_documents import confirmed
from tests.duties.catalogue.editorial import Editorial
from tests.duties.catalogue.guide.editions import an_edition
from tests.duties.catalogue.leaders.staff import a_leader

Do = Callable[..., Any]


def profile(editors: Editorial) -> Do:
    return partial(leaders.save_profile, a_leader(editors), values={"post": "主任"})


def leaving(editors: Editorial) -> Do:
    version = _public(editors, a_leader(editors))
    return partial(leaders.leave, version, last_day=timezone.localdate(), reason="示任〔2026〕3号")


def ordering(editors: Editorial) -> Do:
    item = _public(editors, a_leader(editors)).item
    return partial(leaders.reorder, {item.public_id: 5})


def sheet(editors: Editorial) -> Do:
    return partial(guide.save_sheet, an_edition(editors), values={"edition": "2027年版"})


def filing(editors: Editorial) -> Do:
    return confirmed(catalogue.publish(editors.signed(an_edition(editors)), by=editors.clerk))


def rechecking(editors: Editorial, *, outcome: str) -> Do:
    _public(editors, an_edition(editors))
    following = timezone.localdate() + timedelta(days=365)
    return partial(guide.recheck, editors.agency, outcome=outcome, reason="逐项核对", next_on=following)


def determining(editors: Editorial) -> Do:
    version = editors.draft(attribute="withheld", attribute_ground="条例第十六条第一款")
    return partial(withheld.determine, version, having_seen=version.edits)


def assessing(editors: Editorial, *, outcome: str) -> Do:
    return partial(withheld.assess, _kept(editors), outcome=outcome, reason="情况说明")


def period(editors: Editorial) -> Do:
    return partial(withheld.set_practice, months=6)


def _kept(editors: Editorial) -> Withholding:
    version = editors.draft(attribute="withheld", attribute_ground="条例第十六条第一款")
    return withheld.determine(version, having_seen=version.edits, by=editors.head)


def _public(editors: Editorial, version: Version) -> Version:
    """As the public side answered; these tests have none."""
    confirmed(catalogue.publish(editors.signed(version), by=editors.clerk))(by=None)
    version.refresh_from_db()
    return version
