"""正在送出的公示: between the signature and the answer of the public side, whatever people and workers do meanwhile."""

import threading
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.duties.administrative_acts import actions
from gongkai.duties.administrative_acts.models import Licence, PublicityStep
from gongkai.duties.administrative_acts.registers import LICENCES
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_next
from gongkai.portal.models import PublishedAct
from gongkai.registers import actions as registers
from gongkai.registers import importing
from tests.duties.administrative_acts.publishing import TODAY, Publicity, carried, seen
from tests.registers.workbooks import xlsx

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def office():
    return Publicity()


def content(licence, words, office):
    return registers.rectify(licence, changes={"content": words}, reason="按原件", by=office.keeper)


def shown():
    return {key: value for key, _, value in PublishedAct.objects.get().fields}["content"]


def _changed_on_its_way(office):
    return content(office.signed(), "准予修建800平方米", office)


def test_a_change_on_the_way_is_a_change_of_what_readers_see(office):
    licence = _changed_on_its_way(office)
    assert (licence.public_state, licence.is_public) == ("changed", False)

    licence = carried(licence)

    assert (licence.public_state, licence.is_public, licence.on_its_way) == ("changed", True, None)
    assert shown() == "准予修建防空地下室1200平方米"


def test_what_is_on_its_way_is_not_voided(office):
    licence = _changed_on_its_way(office)

    with pytest.raises(Refusal, match="请先在“行政执法公示”中撤回公示"):
        registers.void(licence, reason="重复", by=office.keeper)

    assert Licence.objects.get().voided_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Licence.objects.update(voided_at=timezone.now())


def test_what_is_on_its_way_is_not_kept_back_behind_its_back(office):
    """PUB-01: reviewed anew, sent back, put right: it never counts as not yet public while readers may see it."""
    licence = office.reviewed(_changed_on_its_way(office))
    with pytest.raises(Refusal, match="请先撤回公示"):
        actions.keep_back(licence, ground="minor", reason="未成年", by=office.reviewer)

    licence = actions.send_back(licence, reason="再核", by=office.reviewer)
    licence = content(licence, "准予修建700平方米", office)
    assert licence.public_state == "changed"

    licence = carried(licence)
    assert (licence.public_state, licence.is_public) == ("changed", True)


def test_what_readers_see_is_not_kept_back_without_calling_it_back(office):
    licence = office.reviewed(content(office.public(), "准予", office))

    with pytest.raises(Refusal, match="公众还能看到"):
        actions.keep_back(licence, ground="minor", reason="未成年", by=office.reviewer)

    licence.refresh_from_db()
    assert (licence.public_state, licence.is_public) == ("reviewed", True)


def test_the_answer_to_an_older_release_is_not_the_newers(office):
    """Two releases in the queue: it is public as signed last only when the last has arrived."""
    licence = office.signed(_changed_on_its_way(office))
    assert OutboxItem.objects.filter(kind="administrative_acts.release", status="waiting").count() == 2

    assert run_next()
    licence.refresh_from_db()
    assert (licence.public_state, licence.published_on) == ("releasing", None)

    licence = carried(licence)
    assert (licence.public_state, licence.is_public, shown()) == ("live", True, "准予修建800平方米")


def test_a_change_taken_back_on_the_way_is_still_on_the_way(office):
    licence = content(_changed_on_its_way(office), "准予修建防空地下室1200平方米", office)
    assert (licence.public_state, licence.changed_on) == ("releasing", None)

    assert carried(licence).public_state == "live"


def test_a_change_on_the_way_is_called_back_before_it_arrives(office):
    licence = carried(
        actions.withdraw(
            _changed_on_its_way(office), cause="wrongly_published", note="有误", by=office.caller_back
        )
    )

    assert (licence.public_state, licence.is_public, licence.on_its_way) == ("withdrawn", False, None)
    assert not PublishedAct.objects.exists()


def test_an_import_does_not_write_over_what_happened_since_its_plan(office, monkeypatch):
    """PUB-02: while the confirmed plan is carried out, the reviewer passes the decision as it was."""
    licence = office.licence()
    heads = ["决定书文号", "事项名称", "决定日期", "相对人名称", "决定内容"]
    row = [licence.number, licence.name, "2026-09-10", licence.counterpart, "准予修建700平方米"]
    run, _ = importing.preview(LICENCES, file_name="更正.xlsx", data=xlsx(heads, row), by=office.keeper)
    plan_of = importing.plan_of

    def planned(*given, **named):
        plan = plan_of(*given, **named)
        office.public(licence)
        return plan

    monkeypatch.setattr(importing, "plan_of", planned)
    importing.confirm(LICENCES, run, by=office.keeper)

    licence.refresh_from_db()
    assert (licence.public_state, licence.is_public) == ("changed", True)
    assert licence.published_on == date(2026, 9, 14)


def test_an_import_of_what_somebody_rectified_meanwhile_is_refused_whole(office, monkeypatch):
    licence = office.licence()
    heads = ["决定书文号", "事项名称", "决定日期", "相对人名称", "决定内容"]
    row = [licence.number, licence.name, "2026-09-10", licence.counterpart, "准予修建700平方米"]
    run, _ = importing.preview(LICENCES, file_name="更正.xlsx", data=xlsx(heads, row), by=office.keeper)
    plan_of = importing.plan_of

    def planned(*given, **named):
        plan = plan_of(*given, **named)
        content(licence, "准予修建900平方米", office)
        return plan

    monkeypatch.setattr(importing, "plan_of", planned)
    with pytest.raises(Refusal, match="在试算之后有了变化"):
        importing.confirm(LICENCES, run, by=office.keeper)

    licence.refresh_from_db()
    run.refresh_from_db()
    assert (licence.content, run.status) == ("准予修建防空地下室1200平方米", "previewed")


@pytest.mark.django_db(databases=["default", "public"], transaction=True)
@pytest.mark.parametrize("act", ["publish", "review"])
def test_two_at_the_same_moment_are_one(act):
    """Both people press the button on the page they opened; the second is told, and one release is sent."""
    if connection.vendor == "sqlite":
        pytest.skip("内存中的SQLite不容两个线程同时写；文件中的由BEGIN IMMEDIATE逐个进行。")
    office = Publicity(with_site=False)
    licence = office.licence() if act == "review" else office.reviewed()
    gate, answers = threading.Barrier(2), []

    def press():
        try:
            gate.wait(timeout=10)
            if act == "review":
                actions.review(licence, seen=seen(licence), by=office.reviewer)
            else:
                actions.publish(licence, seen=licence.reviewed_hash, by=office.leader)
            answers.append("done")
        except Refusal as refusal:
            answers.append(str(refusal))
        finally:
            connections.close_all()

    presses = [threading.Thread(target=press) for _ in range(2)]
    for each in presses:
        each.start()
    for each in presses:
        each.join(timeout=30)

    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert next(answer for answer in answers if answer != "done").startswith("不能")
    kind = "signed" if act == "publish" else "reviewed"
    assert PublicityStep.objects.filter(kind=kind).count() == 1
    assert OutboxItem.objects.filter(kind="administrative_acts.release").count() == (act == "publish")
