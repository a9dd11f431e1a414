"""更换数据密钥 (CRY-03): one class of data at a time, while the office reads and writes, broken off and gone on with."""

import io
import os
import threading
import time

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, connections

from gongkai.agencies.actions import data_keys
from gongkai.audit.models import Entry
from gongkai.duties.applications.models import Application
from gongkai.sealing import vault
from gongkai.sealing.fields import SealedRecord, SealedText
from gongkai.sealing.models import DataKey
from gongkai.sealing.suite import CannotOpen
from tests.factories.agencies import keeper
from tests.factories.applications import application

ROWS = int(os.environ.get("GONGKAI_RESEALED", "100000"))


@pytest.fixture(autouse=True)
def _no_keys_in_memory():
    vault.forget()
    yield
    vault.forget()


def a_case(clerk, name="张示例"):
    return application(clerk, applicant_name=name, applicant_contact="示例路2号", description="名录")


def rotated(*words):
    said = io.StringIO()
    call_command("rotate_data_keys", *words, stdout=said)
    return said.getvalue()


def versions():
    return {token.split(":")[1] for token in Application.objects.values_list("applicant_name", flat=True)}


@pytest.mark.django_db
def test_every_text_of_the_class_comes_under_the_new_key_and_still_opens():
    clerk = keeper()
    cases = [a_case(clerk, f"申请人{n}") for n in range(3)]

    said = rotated()

    assert "申请：3条已换。" in said
    assert "全部换完。" in said
    assert versions() == {"2"}
    vault.forget()
    assert [case.unseal("applicant_name") for case in Application.objects.order_by("pk")] == [
        f"申请人{n}" for n in range(3)
    ]
    assert Application.objects.get(pk=cases[0].pk).unseal("applicant_contact") == "示例路2号"
    entry = Entry.objects.get(action="data_key.rotated")
    assert "张示例" not in entry.detail


@pytest.mark.django_db
def test_broken_off_it_goes_on_without_another_key(monkeypatch):
    clerk = keeper()
    for _ in range(3):
        a_case(clerk)
    monkeypatch.setattr(vault, "_BATCH", 1)
    data_keys.rotate("applicants", by=None)
    kept, batches = vault.sealer, []

    def sealer(purpose):
        batches.append(purpose)
        if len(batches) > 2:
            raise KeyboardInterrupt
        return kept(purpose)

    monkeypatch.setattr(vault, "sealer", sealer)
    with pytest.raises(KeyboardInterrupt):
        vault.reseal(Application, "applicants", ("applicant_name",))
    monkeypatch.setattr(vault, "sealer", kept)
    assert versions() == {"1", "2"}

    assert "申请：" in rotated("--resume")

    assert versions() == {"2"}
    assert DataKey.objects.filter(purpose="applicants").count() == 2


@pytest.mark.django_db
def test_what_does_not_open_is_named_and_stays_and_the_rest_goes_on():
    clerk = keeper()
    damaged, sound = a_case(clerk), a_case(clerk)
    Application.objects.filter(pk=damaged.pk).update(applicant_name="sealed:1:AAAA")

    with pytest.raises(CommandError, match=f"1条打不开，保持原样：.*{damaged.public_id}"):
        rotated()

    damaged.refresh_from_db()
    assert damaged.applicant_name == "sealed:1:AAAA"
    sound.refresh_from_db()
    assert sound.applicant_name.startswith("sealed:2:")


@pytest.mark.django_db
def test_a_class_that_is_none_is_refused_and_no_key_is_made():
    a_case(keeper())
    before = DataKey.objects.count()

    with pytest.raises(CommandError, match=r"没有“applicant”这一类数据密钥。有的：applicants"):
        rotated("applicant")

    assert DataKey.objects.count() == before


@pytest.mark.django_db
def test_every_sealed_field_opens_in_its_own_cell_only():
    """CRY-02: of every table there is, a text moved to another column, row or table does not open."""
    cells = [
        (model, field)
        for model in apps.get_models()
        if issubclass(model, SealedRecord)
        for field in model._meta.concrete_fields
        if isinstance(field, SealedText)
    ]
    assert len(cells) > 30
    for number, (model, field) in enumerate(cells):
        record = model(public_id="a1")
        record.seal(field.name, "张示例")
        token = getattr(record, field.name)
        assert record.unseal(field.name) == "张示例"

        assert not opens(model(public_id="a2"), field, token), f"{field} of another row"
        for other, column in (cells[number - 1], cells[(number + 1) % len(cells)]):
            assert not opens(other(public_id="a1"), column, token), f"{field} in {column}"


def opens(record, field, token):
    setattr(record, field.name, token)
    try:
        record.unseal(field.name)
    except CannotOpen:
        return False
    return True


@pytest.mark.prove
@pytest.mark.django_db(transaction=True)
def test_a_hundred_thousand_rows_change_their_key_while_they_are_read():
    """CRY-03: not one reading fails. On a file of SQLite (GONGKAI_TESTS_ON_FILES=1) or on PostgreSQL."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("内存中的SQLite不容两个线程同时用：加 GONGKAI_TESTS_ON_FILES=1，或者在PostgreSQL上。")
    many(a_case(keeper()))
    pks, failed, read, over = (
        list(Application.objects.values_list("pk", flat=True)),
        [],
        [0],
        threading.Event(),
    )

    def read_on():
        try:
            while not over.is_set():
                for pk in pks[:: max(1, len(pks) // 97)]:
                    if Application.objects.get(pk=pk).unseal("applicant_name") != "张示例":
                        failed.append(pk)
                    read[0] += 1
        except Exception as error:  # noqa: BLE001 — whatever it is, it is a failed reading
            failed.append(repr(error))
        finally:
            connections.close_all()

    reader = threading.Thread(target=read_on)
    reader.start()
    began = time.monotonic()
    said = rotated()
    over.set()
    reader.join(timeout=60)

    print(f"{ROWS}条换密钥用了{time.monotonic() - began:.0f}秒，其间读了{read[0]}次")  # noqa: T201 — the proof's figures
    assert failed == []
    assert read[0] > 100
    assert f"申请：{ROWS}条已换。" in said
    assert versions() == {"2"}


def many(first):
    """Copies of one case, each sealed in its own cell."""
    seal, rows = vault.sealer("applicants"), []
    for number in range(ROWS - 1):
        row = Application(**fields(first))
        row.pk, row.public_id, row.register_number = None, f"r{number:019d}", f"〔2026〕{number + 100}号"
        for name in ("applicant_name", "applicant_contact", "description"):
            row.seal(name, {"applicant_name": "张示例"}.get(name, "示例"), sealer=seal)
        rows.append(row)
    Application.objects.bulk_create(rows, batch_size=2000)


def fields(case):
    return {each.attname: getattr(case, each.attname) for each in case._meta.concrete_fields}
