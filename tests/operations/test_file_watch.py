"""文件的看守 (D1): what is torn is found when it is read and at night, and is served to nobody; what was left half made goes."""

import os
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.gateways.files import FileDamaged, desk_files, intake_files, public_files
from gongkai.operations.doctor import FAULT, FINE
from gongkai.operations.doctor import _files as doctors_answers
from gongkai.operations.file_watch import Rounds, tidy
from gongkai.outbox.file_findings import health
from gongkai.portal import release
from gongkai.portal.payloads import FileReference
from gongkai.portal.static_copy.folder import CopyFolder
from tests.portal.office import COLUMNS, PAGES

pytestmark = pytest.mark.django_db(databases=["default", "public"])
TORN = 200
NIGHT = timezone.localtime().replace(hour=3)


@pytest.fixture(autouse=True)
def stores(settings, tmp_path):
    settings.FILES_FOLDER, settings.PUBLIC_FILES_FOLDER = tmp_path / "files", tmp_path / "public"


def place(store, name):
    return store.folder / name[:2] / name


def a_night():
    rounds = Rounds()
    while rounds.go(NIGHT):
        pass
    return Entry.objects.filter(action="outbox.files_checked").count()


def test_a_file_torn_at_any_byte_is_read_by_nobody_and_found_at_night():
    chance = random.Random(1)
    names = [desk_files().put(chance.randbytes(chance.randrange(1, 3000))) for _ in range(TORN)]
    whole = desk_files().put(b"whole")
    kept = {name: place(desk_files(), name).read_bytes() for name in names}
    for name in names:
        os.truncate(place(desk_files(), name), chance.randrange(len(kept[name])))

    for name in names:
        with pytest.raises(FileDamaged):
            desk_files().read(name)
        with pytest.raises(FileDamaged):
            desk_files().carry(name, to=public_files())
    assert list(public_files().names()) == []

    assert a_night() == 1
    found = health(NIGHT)
    assert (found.good, f"核对{TORN + 1}个，等{TORN}个损坏或者缺失" in found.words) == (False, True)
    assert whole[:12] not in found.words
    assert [each.level for each in doctors_answers()] == [FAULT]
    assert a_night() == 1, "once a day"

    for name in names:
        desk_files().put(kept[name])
    assert (health(NIGHT).good, [each.level for each in doctors_answers()]) == (True, [FINE])
    assert not health(NIGHT + timedelta(days=4)).good


def released(content):
    for column in COLUMNS:
        release.put_column(column)
    sha256 = public_files().put(content)
    file = FileReference(sha256, "附件.pdf", "application/pdf")
    release.put_page(replace(PAGES[0], files=(file,)))
    return sha256


def age(path):
    a_day_ago = (timezone.now() - timedelta(days=1, minutes=1)).timestamp()
    os.utime(path, (a_day_ago, a_day_ago))
    return path


def test_what_the_public_side_names_and_has_not_is_found_too():
    name = released(b"%PDF-1.7")
    place(public_files(), name).unlink()

    a_night()

    assert f"1个损坏或者缺失（{name[:12]}…）" in health(NIGHT).words
    public_files().put(b"%PDF-1.7")
    assert health(NIGHT).good


def test_what_a_killed_process_left_goes_after_a_day_and_nothing_else():
    """Half-made files of each store, and bytes on the public side that were withdrawn and not forgotten."""
    stores = (desk_files(), public_files(), intake_files())
    named, unnamed = released(b"named"), public_files().put(b"withdrawn")
    young, of_the_desk = public_files().put(b"on its way"), desk_files().put(b"of the desk")
    for store in stores:
        store.folder.mkdir(parents=True, exist_ok=True)
        (store.folder / "incoming-old").write_bytes(b"half")
        age(store.folder / "incoming-old")
        (store.folder / "incoming-new").write_bytes(b"half")
    age(place(public_files(), named))
    age(place(public_files(), unnamed))
    age(place(desk_files(), of_the_desk))

    tidy(timezone.now())

    assert sorted(public_files().names()) == sorted([named, young])
    assert list(desk_files().names()) == [of_the_desk]
    for store in stores:
        assert [path.name for path in store.folder.glob("incoming-*")] == ["incoming-new"]


def test_what_a_killed_writer_of_the_copy_left_goes_when_the_next_begins(tmp_path):
    folder = CopyFolder(tmp_path / "copy")
    folder.prepare()
    (folder.root / "incoming-old").write_bytes(b"half")

    folder.prepare()

    assert sorted(path.name for path in folder.root.iterdir()) == ["found", "site"]
