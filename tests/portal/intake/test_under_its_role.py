"""公众侧的数据库角色. What the public pages write they may write as the portal's own role, and nothing beside it (ACL-09)."""

import pytest
from django.db import DatabaseError, connection, connections, transaction

from gongkai.agencies.database_roles import PORTAL, create_roles
from gongkai.audit.models import Entry
from gongkai.portal.intake import accepting, collecting, pulling
from gongkai.portal.intake.models import Avoided, Count, Offer, Submission, SubmissionStatus
from gongkai.sealing.boxes import public_of
from tests.portal.intake.handing_in import NUMBER, code_on, send

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
    pytest.mark.django_db(databases=["default", "public"], transaction=True),
]
SECOND, OFFER = NUMBER[-4:], "0123456789abcdef0123"
# What only the worker does, and what nobody does.
BEYOND = (
    "DELETE FROM intake_submission",
    "UPDATE intake_submission SET sealed = ''",
    "UPDATE intake_submission SET acknowledged_at = now()",
    "DELETE FROM intake_submissionfile",
    "UPDATE intake_submissionfile SET sha256 = ''",
    "DELETE FROM intake_submissionstatus",
    "UPDATE intake_submissionstatus SET state = 'closed'",
    "UPDATE intake_submissionstatus SET code_hash = ''",
    "INSERT INTO intake_offer (public_id) VALUES ('x')",
    "DELETE FROM intake_offer",
    "UPDATE intake_offer SET sealed = ''",
    "UPDATE intake_offer SET told_at = now()",
    "DELETE FROM intake_offeredfile",
    "UPDATE intake_offeredfile SET sha256 = ''",
    "DELETE FROM intake_count",
    "UPDATE intake_count SET source = ''",
    "DELETE FROM intake_avoided",
    "UPDATE intake_avoided SET year = 1",
    "UPDATE portal_publisheditem SET title = ''",
    "UPDATE audit_entry SET actor = ''",
    "TRUNCATE intake_count",
    "CREATE TABLE mine (id int)",
)


def become(role):
    with connections["public"].cursor() as cursor:
        cursor.execute("SET ROLE " + connections["public"].ops.quote_name(role) if role else "RESET ROLE")


@pytest.fixture
def portals_role(readers):
    create_roles(connections["default"], connections["public"])
    become(PORTAL)
    yield
    become("")


def test_an_application_is_taken_in_queried_collected_and_a_right_asked_for(readers, portals_role):
    code = code_on(send(readers))
    who = {"code": code, "second": SECOND}
    assert Submission.objects.get().files.count() == 1
    assert "已提交" in readers.post("/apply/status/", who).content.decode()
    assert readers.post("/apply/found/").status_code == 200
    assert Avoided.objects.get().count == 1
    asked = readers.post("/apply/rights/", {**who, "right": "delete", "text": "请删除"})
    assert (asked.status_code, Submission.objects.filter(kind="rights").count()) == (200, 1)
    assert SubmissionStatus.objects.get().asked.keys() == {"delete"}
    assert dict(Count.objects.values_list("scope", "count")) == {
        "application": 1,
        "application-id": 1,
        "file": 1,
        "status": 2,
        "avoided": 1,
    }

    become("")  # the worker
    found = accepting.look_up(code, SECOND)
    paper = collecting.ToCollect("答复书", "答复书.pdf", "application/pdf", 4, b"%PDF")
    collecting.put_offer(
        OFFER, submission=found.submission, key=public_of(found.secret), files=[paper], suite="national"
    )
    become(PORTAL)
    taken = readers.post("/apply/collect/", {**who, "offer": OFFER, "position": "0"})
    assert (taken.status_code, taken.content) == (200, b"%PDF")
    assert Offer.objects.get().collected_at is not None
    assert set(Entry.objects.using("public").values_list("action", flat=True)) >= {
        "intake.submission.accepted",
        "intake.rights.accepted",
        "intake.offer.collected",
    }


def test_nothing_else_is_written_changed_or_deleted(readers, portals_role):
    send(readers)
    for statement in BEYOND:
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(using="public"),
            connections["public"].cursor() as cursor,
        ):
            cursor.execute(statement)

    assert len(pulling.waiting()) == 1
