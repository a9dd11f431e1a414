"""接收提交. Everything durable before the code is told, sealed so that this side cannot read it, and one form is one entry."""

import json
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from gongkai.audit.models import Entry
from gongkai.audit.proof import prove
from gongkai.gateways.files import intake_files
from gongkai.portal.intake import accepting, limits
from gongkai.portal.intake.accepting import find
from gongkai.portal.intake.models import Count, Submission, SubmissionFile, SubmissionStatus
from gongkai.portal.intake.sealing import cell
from gongkai.sealing.unboxing import open_box
from tests.portal.intake.a_portal import public_side
from tests.portal.intake.handing_in import CONTENT, JPEG, NUMBER, PERSONAL, handed_in

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def everything():
    """All that stands after an acceptance, as counts."""
    return (
        Submission.objects.count(),
        SubmissionFile.objects.count(),
        SubmissionStatus.objects.count(),
        Entry.objects.using("public").filter(action="intake.submission.accepted").count(),
        sum(Count.objects.values_list("count", flat=True)),
    )


@pytest.fixture(autouse=True)
def _stores(stores):
    return stores


def test_row_files_status_and_audit_line_stand_together():
    """REL-01."""
    receipt = handed_in()

    assert everything() == (1, 1, 1, 1, 3)
    submission = Submission.objects.get()
    line = Entry.objects.using("public").get(action="intake.submission.accepted")
    file = submission.files.get()
    assert intake_files().has(file.sha256)
    assert json.loads(line.detail) == {"kind": "application", "files": [file.sha256]}
    assert find(receipt.code, NUMBER[-4:]).state.label == "已提交，等候本机关接收"
    assert prove("public", anchors=[]).holds


def test_the_desk_opens_what_the_portal_sealed(settings):
    handed_in()

    submission = Submission.objects.get()
    plain = open_box(
        settings.KEYS_FOLDER, bytes(submission.sealed), bound_to=cell(submission.public_id, "content")
    )
    said = json.loads(plain)
    assert said["content"] == CONTENT
    assert said["files"] == [
        {"role": "identity", "name": "证件照片.jpg", "media_type": "image/jpeg", "size": len(JPEG)}
    ]
    box = intake_files().read(submission.files.get().sha256)
    place = cell(submission.public_id, "file-0")
    assert open_box(settings.KEYS_FOLDER, box, bound_to=place) == JPEG


def test_nothing_of_the_person_stands_plainly_on_the_public_side(settings, tmp_path):
    """PII-03: every table and every file of the public side, looked through for what was typed; nor the code (AUTH-11)."""
    receipt = handed_in()

    dump = tmp_path / "dump.json"
    call_command("dumpdata", "intake", "portal", "audit", database="public", output=str(dump), verbosity=0)
    text = dump.read_text()
    assert "intake.submission" in text
    stored = [path.read_bytes() for path in settings.PUBLIC_FILES_FOLDER.rglob("*") if path.is_file()]
    assert len(stored) == 1
    for secret in (*PERSONAL, receipt.code, NUMBER[-4:] + '"'):
        assert secret not in json.dumps(json.loads(text), ensure_ascii=False)
        assert not [file for file in stored if secret.encode() in file]
    assert not [file for file in stored if JPEG[:20] in file]


def test_the_same_form_again_gets_the_same_receipt(stores):
    """REL-02."""
    first = handed_in()
    before = everything(), len(list(intake_files().names()))

    again = handed_in()

    assert (again.code, again.accepted_at, again.again, again.changed) == (
        first.code,
        first.accepted_at,
        True,
        False,
    )
    assert (everything(), len(list(intake_files().names()))) == before


def test_the_same_form_with_other_content_says_that_it_was_not_taken():
    first = handed_in()

    again = handed_in(content={**CONTENT, "name": "乙示例"})

    assert (again.code, again.changed) == (first.code, True)
    assert Submission.objects.count() == 1


def test_another_form_is_another_application():
    """ABU-05: even of the same person with the same words; whether it repeats, a person decides."""
    codes = {handed_in(token).code for token in ("one", "two", "three")}

    assert len(codes) == 3
    assert Submission.objects.count() == 3


def test_after_the_desk_has_it_the_form_still_gets_its_first_receipt():
    first = handed_in()
    Submission.objects.all().delete()

    assert handed_in().code == first.code
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("step", ["record", "_count", "seal", "_store"])
def test_whatever_fails_nothing_is_acknowledged_and_nothing_half_stands(monkeypatch, step):
    """AUD-02, AUD-07."""
    before = everything()

    def fail(*args, **kwargs):
        raise DatabaseError("planted")

    monkeypatch.setattr(accepting, step, fail)

    with pytest.raises(DatabaseError):
        handed_in()
    assert everything() == before


def test_a_file_that_was_stored_before_a_failure_is_named_by_nothing(monkeypatch):
    monkeypatch.setattr(accepting, "record", lambda *a, **k: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        handed_in()

    assert SubmissionFile.objects.count() == 0


# 查询 -------------------------------------------------------------------------------------


def test_code_and_second_item_together_find_it():
    code = handed_in().code

    assert find(code, NUMBER[-4:]) is not None
    assert find(code.lower(), NUMBER[-4:]) is not None
    assert find(code, "0000") is None
    assert find(code, "") is None
    assert find(accepting.receipt_codes.from_digest(b"other"), NUMBER[-4:]) is None
    assert find("", "") is None


def test_each_row_has_a_salt_of_its_own():
    for token in ("one", "two"):
        handed_in(token)

    rows = list(SubmissionStatus.objects.all())
    assert len({bytes(row.salt) for row in rows}) == len({bytes(row.code_hash) for row in rows}) == 2


def test_a_wrong_code_takes_as_long_as_an_absent_one(monkeypatch):
    """ABU-02: as many slow hashes for one as for the other, so that time tells nothing."""
    code = handed_in().code
    absent = next(
        other
        for number in range(100)
        if (other := accepting.receipt_codes.from_digest(bytes([number]) * 32))[:4] != code[:4]
    )
    hashes = []
    slow = accepting.slow_hash
    monkeypatch.setattr(accepting, "slow_hash", lambda *a: hashes.append(1) or slow(*a))
    made = []

    for typed, second in ((code, "0000"), (absent, "0000"), ("nonsense", "0000"), (code, NUMBER[-4:])):
        hashes.clear()
        find(typed, second)
        made.append(len(hashes))

    assert made == [1, 1, 1, 1]


# 同时 -------------------------------------------------------------------------------------


def test_many_at_once_on_a_real_database(tmp_path):
    """REL-02, D6: ten sendings of each of ten forms, then 36 forms by twelve writers, on a file or a server as in use."""
    environment = public_side(tmp_path / "home")

    done = subprocess.run(
        [sys.executable, "-m", "tests.portal.intake.at_once"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "failed": [],
        "codes of each form": [1] * 10,
        "submissions": 46,
        "statuses": 46,
        "files": 46,
        "audit lines": 46,
        "chain holds": True,
    }


# 限制 -------------------------------------------------------------------------------------


def test_a_source_is_counted_by_a_keyed_digest_within_its_hour(monkeypatch, settings):
    """ABU-01; CRY-04: no address and no number stands in the counts, nor a digest anybody could try out."""
    source = limits.source_of_identity(NUMBER)
    for _ in range(limits.APPLICATIONS_OF_IDENTITY.most):
        limits.add(limits.APPLICATIONS_OF_IDENTITY, source)

    assert limits.is_over(limits.APPLICATIONS_OF_IDENTITY, source)
    assert not limits.is_over(limits.APPLICATIONS_OF_IDENTITY, limits.source_of_identity("3" + NUMBER[1:]))
    settings.SECRET_KEY = "another"
    assert limits.source_of_identity(NUMBER) != source


def test_a_household_with_many_addresses_is_one_source():
    """AUTH-04 in its way: an IPv6 /64."""
    first, second = (limits.source_of_address(f"2001:db8:1:2::{number}") for number in (1, 2))

    assert first == second != limits.source_of_address("2001:db8:1:3::1")
