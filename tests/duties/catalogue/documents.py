"""政策文件、解读、规范性文件 of the editorial office: short ways to each stage of them."""

from datetime import date
from typing import Any

from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.interpretation import actions as interpretation
from gongkai.duties.catalogue.models import NormativeDocument, Version
from gongkai.duties.catalogue.normative import actions as normative
from gongkai.outbox.worker import run_waiting
from tests.duties.catalogue.editorial import Editorial
from tests.factories.registers import NormativeDocumentFactory

PLAN = {
    "outline": "背景依据、主要内容、注意事项",
    "forms": ["text", "questions"],
    "channel": "门户网站通知公告栏目",
    "responsible": "综合科",
    "timing": "together",
    "exempt_because": "",
}
EXEMPT = {"exempt_because": "只调整内部分工，不涉及公众"}
EVERY_WAY = ["section_review", "legality_review", "confidentiality_review", "sign_off"]


def planned(office: Editorial, version: Version, **changes: Any) -> Version:
    return interpretation.save_plan(
        version, values={**PLAN, **changes}, having_seen=interpretation.seen(None), by=office.clerk
    )


def exempted(office: Editorial, version: Version) -> Version:
    return interpretation.save_plan(
        version, values=EXEMPT, having_seen=interpretation.seen(None), by=office.clerk
    )


def interpreted(office: Editorial, version: Version, *, body: str = "<p>一问一答。</p>") -> Version:
    """An interpretation of the document, drafted."""
    begun = interpretation.begin(version, by=office.clerk)
    return actions.write(begun, values={"body": body}, edits=begun.edits, by=office.clerk)


def a_pair(office: Editorial, **changes: Any) -> tuple[Version, Version]:
    """A policy document with its plan, and its interpretation; both drafts."""
    policy = planned(office, office.policy_without_plan(), **changes)
    return policy, interpreted(office, policy)


def a_signed_pair(office: Editorial, **changes: Any) -> tuple[Version, Version]:
    policy, explanation = a_pair(office, **changes)
    return office.signed(policy), office.signed(explanation)


def released(office: Editorial, version: Version) -> Version:
    actions.publish(version, by=office.clerk)
    run_waiting()
    version.refresh_from_db()
    return version


def a_normative(office: Editorial, number: str = "示防规〔2026〕2号", **sheet: Any) -> Version:
    """A normative document in draft, with its sheet and a reason for no interpretation."""
    version = office.policy_without_plan(
        "normative", title=f"示例市人防工程管理规定{number[-2:]}", document_number=number
    )
    normative.save_sheet(version, **{"in_force_from": date(2026, 4, 1), **sheet}, by=office.clerk)
    return exempted(office, version)


def a_public_document(
    office: Editorial, number: str = "示防规〔2026〕2号", **sheet: Any
) -> NormativeDocument:
    version = released(office, office.signed(a_normative(office, number, **sheet)))
    return NormativeDocument.objects.get(item=version.item)


def a_registered(office: Editorial, **values: Any) -> NormativeDocument:
    """A document of earlier years in the register, public elsewhere."""
    given = {
        "agency": office.agency,
        "document_number": "示防规〔2021〕1号",
        "issued_on": date(2021, 3, 1),
        "in_force_from": date(2021, 4, 1),
        "published_on": date(2021, 3, 5),
        "section": office.section,
    }
    document: NormativeDocument = NormativeDocumentFactory(**{**given, **values})
    return document
