"""文书的审计动作: what each act needs, made ready. The rows themselves are in acts.py."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils import timezone

from gongkai.duties.applications.letters import actions
from gongkai.duties.applications.letters.documents.own_template import own_template
from gongkai.duties.applications.letters.models import Delivery, Letter
from gongkai.duties.applications.letters.text import LetterText
from gongkai.duties.applications.letters.wording import standing_of
from gongkai.rules.regulations_2019.letters import KIND_BY_KEY
from tests.duties.applications.letters.office import Office
from tests.factories.people import an_agency

Do = Callable[..., Any]
_PROOF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%%EOF\n"


def an_office() -> Office:
    """An agency of its own, beside the house's."""
    return Office(agency=an_agency(name="示例市文书局", short_name="市文书局", telephone="0000-0000001"))


def _receipt(house: Any) -> Letter:
    office = house.letters
    return office.draft(office.case(received_on=timezone.localdate()), "receipt")


def _refusal(house: Any) -> Letter:
    return actions.submit(house.letters.draft(house.letters.refused()), by=house.letters.clerk)


def _issued(house: Any) -> Letter:
    return house.letters.issued(_receipt(house))


def _delivery(house: Any, **values: Any) -> Delivery:
    given = {"way": "direct", "by": house.letters.clerk}
    return actions.deliver(_issued(house), **{**given, **values})


def drafting(house: Any) -> Do:
    return partial(actions.draft, house.letters.case(received_on=timezone.localdate()), kind="receipt")


def rewriting(house: Any) -> Do:
    letter = _receipt(house)
    return partial(actions.rewrite, letter, LetterText.from_json(letter.unseal("text")))


def uploading(house: Any) -> Do:
    letter = _receipt(house)
    return partial(actions.upload, letter, standing_of(letter, day=timezone.localdate()).document)


def composing(house: Any) -> Do:
    return partial(actions.compose_again, _receipt(house))


def opening(house: Any) -> Do:
    return partial(actions.open_text, _receipt(house))


def submitting(house: Any) -> Do:
    return partial(actions.submit, _receipt(house))


def reviewing(house: Any) -> Do:
    letter = _refusal(house)
    return partial(actions.pass_review, letter, seen=letter.content_hash)


def signing(house: Any) -> Do:
    letter = actions.submit(_receipt(house), by=house.letters.clerk)
    return partial(actions.sign, letter, seen=letter.content_hash)


def returning(house: Any) -> Do:
    return partial(actions.send_back, _refusal(house), reason="理由不够具体")


def issuing(house: Any) -> Do:
    return partial(actions.issue, house.letters.signed(_receipt(house)))


def voiding(house: Any) -> Do:
    return partial(actions.void, _issued(house), reason="发错了")


def delivering(house: Any) -> Do:
    return partial(actions.deliver, _issued(house), way="direct")


def signing_for(house: Any) -> Do:
    return partial(actions.record_signing, _delivery(house), on=timezone.localdate())


def failing(house: Any) -> Do:
    return partial(actions.record_failure, _delivery(house), reason="地址无人")


def proving(house: Any) -> Do:
    return partial(actions.add_proof, _delivery(house), name="回证.pdf", data=_PROOF)


def mailed(house: Any) -> Do:
    letter = _issued(house)
    waiting = Delivery.objects.create(
        agency=letter.agency, letter=letter, attempt=1, way="email", state="waiting", by=house.letters.clerk
    )
    receipt = {"sent": True, "on": timezone.localdate().isoformat()}
    return lambda *, by: actions.confirm_mailed({"delivery": waiting.public_id}, receipt)


def _on_the_portal(house: Any, **values: Any) -> Delivery:
    letter = _issued(house)
    return Delivery.objects.create(
        agency=letter.agency, letter=letter, attempt=1, way="portal", by=house.letters.clerk, **values
    )


def offered(house: Any) -> Do:
    waiting = _on_the_portal(house, state="waiting")
    receipt = {"offered_at": timezone.now().isoformat()}
    return lambda *, by: actions.confirm_offered({"delivery": waiting.public_id}, receipt)


def collected(house: Any) -> Do:
    sent = _on_the_portal(house, state="sent", sent_on=timezone.localdate(), counted_on=timezone.localdate())
    return lambda *, by: actions.note_collected(sent.public_id, at=timezone.now())


def saving_a_template(house: Any) -> Do:
    assert house.letters.leader
    return partial(
        actions.save_template, "receipt", name="回执.docx", data=own_template(KIND_BY_KEY["receipt"])
    )


def restoring(house: Any) -> Do:
    saving_a_template(house)(by=house.letters.leader)
    return partial(actions.restore_template, "receipt")


def numbering(house: Any) -> Do:
    assert house.letters.leader
    return partial(actions.save_sign, "receipt", sign="示文收")


def setting(house: Any) -> Do:
    assert house.letters.leader
    return partial(actions.save_setting, reconsideration_body="示例市人民政府", court="示例区人民法院")
