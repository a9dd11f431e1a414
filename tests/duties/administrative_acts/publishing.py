"""一个有公示业务的机关. Who registers, who reviews, who releases; a complete licence and a complete penalty."""

from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.duties.administrative_acts import actions
from gongkai.duties.administrative_acts.models import Licence, Penalty, PublicDecision
from gongkai.duties.administrative_acts.public_fields import digest, public_fields
from gongkai.outbox.worker import run_waiting
from gongkai.portal import release
from tests.factories.people import a_person, an_agency
from tests.portal.office import SITE

CODE = "91350100M000100Y43"
DECIDED = date(2026, 9, 10)
TODAY = "2026-09-14T09:00:00+08:00"


class Publicity:
    """A keeper, a confidentiality reviewer, a leader who releases, and one who calls back."""

    def __init__(self, *, with_site: bool = True) -> None:
        self.agency: Agency = an_agency(name="示例市人民防空办公室", short_name="市人防办")
        self.keeper: Person = a_person(self.agency, Power.KEEP_REGISTERS, Power.READ_REGISTERS, name="甲示例")
        self.reviewer: Person = a_person(
            self.agency, Power.REVIEW_CONFIDENTIALITY, Power.READ_REGISTERS, name="乙示例"
        )
        self.leader: Person = a_person(self.agency, Power.SIGN_ITEMS, name="丙示例")
        self.caller_back: Person = a_person(self.agency, Power.WITHDRAW_ITEMS, name="丁示例")
        if with_site:
            release.put_site(SITE)

    def licence(self, **values: Any) -> Licence:
        given = {
            "number": "示防许〔2026〕1号",
            "name": "防空地下室报建审批",
            "decided_on": DECIDED,
            "counterpart": "示例置业有限公司",
            "counterpart_code": CODE,
            "content": "准予修建防空地下室1200平方米",
        }
        return actions.register_licence(by=self.keeper, **{**given, **values})

    def penalty(self, **values: Any) -> Penalty:
        given = {
            "number": "示防罚〔2026〕1号",
            "name": "未按规定修建防空地下室案",
            "decided_on": DECIDED,
            "counterpart": "示例置业有限公司",
            "counterpart_code": CODE,
            "cause": "未按规定修建防空地下室",
            "penalty_kind": "罚款",
            "fine": Decimal("20000"),
            "content": "罚款二万元",
            "basis": "示例市人民防空条例",
        }
        return actions.register_penalty(by=self.keeper, **{**given, **values})

    def of_a_person(self, **values: Any) -> Penalty:
        given = {"is_natural_person": True, "counterpart": "张示例", "counterpart_code": ""}
        return self.penalty(**{**given, **values})

    def reviewed(self, decision: PublicDecision | None = None) -> Any:
        return self.review(decision or self.licence())

    def review(self, decision: PublicDecision, *, by: Person | None = None) -> Any:
        return actions.review(decision, seen=seen(decision), by=by or self.reviewer)

    def signed(self, decision: PublicDecision | None = None) -> Any:
        reviewed = self.reviewed(decision)
        return actions.publish(reviewed, seen=reviewed.reviewed_hash, by=self.leader)

    def public(self, decision: PublicDecision | None = None) -> Any:
        """Released, carried out and receipted."""
        return carried(self.signed(decision))


def seen(decision: PublicDecision) -> str:
    """The hash of what a screen showed."""
    return digest(public_fields(decision))


def carried(decision: Any) -> Any:
    while run_waiting():
        pass
    return type(decision).objects.get(pk=decision.pk)
