"""CRY-02, CRY-03, CRY-04: data keys, their rotation and the blind index."""

import pytest
from cryptography.hazmat.primitives.hashes import Hash
from django.db import connection, models
from django.db.utils import IntegrityError

from gongkai.sealing import vault
from gongkai.sealing.checks import keys_and_answers
from gongkai.sealing.fields import SealedRecord, SealedText
from gongkai.sealing.models import DataKey
from gongkai.sealing.suite import SUITES, CannotOpen
from tests.duties.at_once import at_once

pytestmark = pytest.mark.django_db


class Applicant(SealedRecord):
    """A record of the tests' own, never migrated; only its cells' names matter."""

    public_id = models.CharField(max_length=20)
    name = SealedText("姓名")
    phone = SealedText("电话")

    class Meta:
        app_label = "sealing_tests"


@pytest.fixture(autouse=True)
def _no_keys_in_memory():
    vault.forget()
    yield
    vault.forget()


def test_personal_data_is_not_in_the_stored_text():
    applicant = Applicant(public_id="a1")
    applicant.seal("name", "张某某")

    assert "张某某" not in applicant.name
    assert applicant.unseal("name") == "张某某"


def test_an_empty_value_stays_empty():
    applicant = Applicant(public_id="a1")
    applicant.seal("name", "")

    assert applicant.name == ""
    assert applicant.unseal("name") == ""


@pytest.mark.parametrize(("column", "row"), [("phone", "a1"), ("name", "a2")])
def test_a_token_swapped_into_another_cell_does_not_open(column, row):
    first = Applicant(public_id="a1")
    first.seal("name", "张某某")
    other = Applicant(public_id=row)
    setattr(other, column, first.name)

    with pytest.raises(CannotOpen):
        other.unseal(column)


def test_plain_text_cannot_be_written_into_a_sealed_field():
    with pytest.raises(ValueError, match="只能存加密后的内容"):
        SealedText("姓名", name="name").get_prep_value("张某某")


def test_a_broken_token_is_an_answer_not_a_crash():
    with pytest.raises(CannotOpen):
        Applicant(public_id="a1", name="sealed:x").unseal("name")


def test_the_setting_chooses_the_cipher_and_what_was_sealed_before_stays_open(settings):
    """CRY-01: SM4-GCM, or AES-GCM by setting."""
    before, after = Applicant(public_id="a1"), Applicant(public_id="a2")
    before.seal("name", "旧")

    settings.SUITE = "international"
    vault.rotate("applicants")
    after.seal("name", "新")

    assert list(DataKey.objects.order_by("version").values_list("suite", flat=True)) == [
        "national",
        "international",
    ]
    vault.forget()
    assert (before.unseal("name"), after.unseal("name")) == ("旧", "新")


def test_after_rotation_old_text_opens_and_new_text_uses_the_new_key():
    old = Applicant(public_id="a1")
    old.seal("name", "旧")
    vault.rotate("applicants")
    new = Applicant(public_id="a2")
    new.seal("name", "新")

    assert old.unseal("name") == "旧"
    assert (old.name.split(":")[1], new.name.split(":")[1]) == ("1", "2")


def test_a_purpose_has_one_active_key():
    vault.rotate("applicants")

    with pytest.raises(IntegrityError):
        DataKey.objects.create(purpose="applicants", version=9, suite="national", wrapped=b"x")


def test_data_keys_do_not_stand_in_the_database_in_the_clear():
    vault.rotate("applicants")
    _, key = vault._data_key("applicants", 1)

    assert key not in bytes(DataKey.objects.get().wrapped)


def test_a_text_sealed_under_an_unknown_version_is_refused():
    with pytest.raises(CannotOpen, match="没有第7版"):
        vault.open_sealed("applicants", 7, b"x" * 40, bound_to=b"cell")


def test_equal_values_have_equal_blind_indexes_and_no_plain_hash(settings, tmp_path):
    index = vault.blind_index("id_number", "510402199001011234")
    assert index == vault.blind_index("id_number", "510402199001011234")
    assert index != vault.blind_index("phone", "510402199001011234")

    from gongkai.sealing.keys import create_key

    create_key(tmp_path, vault.INDEX_KEY)
    settings.KEYS_FOLDER = tmp_path

    assert index != vault.blind_index("id_number", "510402199001011234")


@pytest.mark.prove
@pytest.mark.parametrize("suite", SUITES.values(), ids=list(SUITES))
def test_a_million_candidates_find_no_number_behind_its_index(suite, settings):
    """CRY-04: whoever has the table and knows how it is made, and lacks the key, tries numbers in vain."""
    settings.SUITE = suite.name
    digits = "51040219900101"
    index = bytes.fromhex(vault.blind_index("id_number", f"{digits}1234"))

    for candidate in (f"{digits[:-2]}{n:06d}" for n in range(1_000_000)):  # the true one is among them
        for written in (candidate, f"id_number:{candidate}"):
            plain = Hash(suite.hash())
            plain.update(written.encode())
            assert plain.finalize() != index
        assert suite.keyed_digest(bytes(32), f"id_number:{candidate}".encode()) != index


def test_the_start_is_refused_without_the_key_file(settings, tmp_path):
    settings.KEYS_FOLDER = tmp_path

    assert [problem.id for problem in keys_and_answers()] == ["sealing.E003"] * 3


def test_the_start_is_refused_with_an_unknown_suite(settings):
    settings.SUITE = "rot13"

    assert [problem.id for problem in keys_and_answers()] == ["sealing.E001"]


@pytest.mark.django_db(transaction=True)
def test_a_key_from_a_rolled_back_transaction_is_never_used_again():
    from django.db import transaction

    first = Applicant(public_id="a1")
    with transaction.atomic():
        first.seal("name", "旧")
        transaction.set_rollback(True)
    second = Applicant(public_id="a2")
    second.seal("name", "新")
    vault.forget()

    assert second.unseal("name") == "新"
    with pytest.raises(CannotOpen):
        first.unseal("name")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sealing_datakey")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_two_who_need_the_first_key_at_once_seal_under_the_same():
    """REL-03."""
    for number in range(5):
        purpose, sealed = f"new {number}", []
        once = lambda p=purpose, s=sealed: s.append(vault.seal(p, b"x", bound_to=b"y"))  # noqa: E731

        assert at_once(once, once) == ["done", "done"]

        assert [version for version, _ in sealed] == [1, 1]
        assert DataKey.objects.filter(purpose=purpose).count() == 1
