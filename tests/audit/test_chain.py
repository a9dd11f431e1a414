"""AUD-02, AUD-03, AUD-04, AUD-05, AUD-07, AUD-08: the chain holds, and shows every tampering."""

import random

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from gongkai.audit import anchors, origin
from gongkai.audit.chain import GENESIS
from gongkai.audit.models import Entry, Head
from gongkai.audit.proof import prove
from gongkai.audit.record import record


class Officer:
    public_id = "p-1"


def write(count: int) -> list[Entry]:
    return [
        record("item.published", by=Officer(), subject=f"item:{n}", detail={"n": n}) for n in range(count)
    ]


def tamper(sql: str, *values) -> None:
    """What an intruder with the database's own password would do: take the trigger away first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_no_change")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS audit_entry_no_update")
            cursor.execute("DROP TRIGGER IF EXISTS audit_entry_no_delete")
        cursor.execute(sql, values)


@pytest.mark.django_db
class TestWriting:
    def test_an_entry_says_who_what_where_and_why(self):
        with origin.coming_from("10.0.0.7"):
            entry = record(
                "case.extended", by=Officer(), subject="case:7", reason="案情复杂", detail={"days": 20}
            )

        entry.refresh_from_db()
        assert (entry.actor, entry.address, entry.action) == ("p-1", "10.0.0.7", "case.extended")
        assert (entry.subject, entry.reason, entry.detail) == ("case:7", "案情复杂", '{"days":20}')
        assert (entry.sequence, entry.previous) == (1, GENESIS)

    def test_what_nobody_did_was_done_by_the_system(self):
        assert record("clock.recomputed", by=None).actor == "system"

    def test_a_line_break_cannot_forge_an_entry(self):
        entry = record("note", by=None, reason="好\n2026 p-9 deleted\x1b[0m")

        assert "\n" not in entry.reason
        assert "\\u000a" in entry.reason

    def test_the_chain_holds_after_a_hundred_entries(self):
        write(100)

        proof = prove("default")
        assert proof.holds
        assert proof.entries == 100

    def test_sm3_and_sha256_may_follow_each_other(self, settings):
        write(2)
        settings.AUDIT_ALGORITHM = "sha256"
        write(2)

        assert prove("default").holds

    def test_an_empty_chain_holds(self):
        assert prove("default").holds


@pytest.mark.django_db(transaction=True)
class TestTogetherOrNotAtAll:
    def test_outside_a_transaction_nothing_is_written(self):
        with pytest.raises(RuntimeError, match="同一事务"):
            record("case.extended", by=Officer())

        assert not Entry.objects.exists()

    def test_a_business_failure_takes_its_entry_along(self):
        with transaction.atomic():
            write(1)
            transaction.set_rollback(True)

        assert not Entry.objects.exists()
        assert prove("default").holds


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_an_entry(verb):
    write(2)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(verb)

    assert list(Entry.objects.values_list("actor", flat=True)) == ["p-1", "p-1"]


EDITABLE = (
    "at",
    "actor",
    "address",
    "action",
    "subject",
    "result",
    "reason",
    "detail",
    "algorithm",
    "previous",
    "digest",
)


@pytest.mark.django_db
class TestTampering:
    @pytest.mark.parametrize("column", EDITABLE)
    def test_an_edited_column_is_found(self, column):
        write(5)
        value = "2020-01-01 00:00:00+00:00" if column == "at" else "x"
        tamper(f"UPDATE audit_entry SET {column} = %s WHERE sequence = 3", value)

        assert 3 in {fault.sequence for fault in prove("default").faults}

    def test_a_deleted_entry_is_found(self):
        write(5)
        tamper("DELETE FROM audit_entry WHERE sequence = 3")

        assert prove("default").faults[0].message == "缺少第3条至第3条：记录被删除"

    def test_exchanged_entries_are_found(self):
        write(5)
        tamper("UPDATE audit_entry SET sequence = 99 WHERE sequence = 2")
        tamper("UPDATE audit_entry SET sequence = 2 WHERE sequence = 3")
        tamper("UPDATE audit_entry SET sequence = 3 WHERE sequence = 99")

        assert {2, 3} <= {fault.sequence for fault in prove("default").faults}

    def test_an_inserted_entry_is_found(self):
        write(3)
        extra = Entry.objects.get(pk=3)
        extra.pk = 4
        extra.save(force_insert=True)

        assert not prove("default").holds

    def test_a_cut_tail_is_found(self):
        write(5)
        tamper("DELETE FROM audit_entry WHERE sequence > 3")

        assert prove("default").faults[0].message == "末尾缺少2条：记录被截去"

    def test_a_cut_tail_with_a_forged_head_is_found_by_the_anchor(self, tmp_path):
        write(5)
        anchors.write(tmp_path, "default")
        tamper("DELETE FROM audit_entry WHERE sequence > 3")
        last = Entry.objects.get(pk=3)
        Head.objects.update(sequence=3, digest=last.digest)

        assert prove("default").holds, "without the anchor it cannot be seen: that is what the anchor is for"
        proof = prove("default", anchors=anchors.read(tmp_path, "default"))
        assert [fault.sequence for fault in proof.faults] == [5]

    def test_a_lost_head_is_found(self):
        write(2)
        Head.objects.all().delete()

        assert [fault.message for fault in prove("default").faults] == ["链头丢失"]

    def test_two_hundred_random_tamperings_are_all_found(self):
        chance = random.Random(20231231)
        write(30)
        for _ in range(200):
            point = transaction.savepoint()
            sequence, column = chance.randint(1, 30), chance.choice(EDITABLE[1:])
            if chance.random() < 0.5:
                tamper(f"UPDATE audit_entry SET {column} = 'x' WHERE sequence = %s", sequence)
            else:
                tamper("DELETE FROM audit_entry WHERE sequence = %s", sequence)

            assert not prove("default").holds
            transaction.savepoint_rollback(point)
        assert prove("default").holds


@pytest.mark.django_db
class TestAnchors:
    def test_an_anchor_is_written_once_for_a_head(self, tmp_path):
        assert anchors.write(tmp_path, "default") is None
        write(2)

        assert anchors.write(tmp_path, "default").sequence == 2
        assert anchors.write(tmp_path, "default") is None
        assert [anchor.sequence for anchor in anchors.read(tmp_path, "default")] == [2]

    def test_a_half_written_line_does_not_spoil_the_others(self, tmp_path):
        write(1)
        anchors.write(tmp_path, "default")
        with (tmp_path / "audit-default.anchors").open("a") as file:
            file.write("2 abc")

        assert [anchor.sequence for anchor in anchors.read(tmp_path, "default")] == [1]
