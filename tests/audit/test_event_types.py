"""Every event type is written once, by the one who did it, of the record it was done to, or not at all (AUD-01, AUD-02).

The rows are in acts.py. A verb in the code that no row triggers fails here.
"""

import ast
from operator import attrgetter
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction

import gongkai
from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency
from gongkai.annual_report.lifecycle import STEPS
from gongkai.audit import chain
from gongkai.audit.models import Entry
from gongkai.audit.origin import coming_from
from gongkai.desk.audit_words import ACTIONS, action_words
from gongkai.desk.register_books import REGISTERS
from gongkai.duties.applications.models import ApplicationEvent
from gongkai.duties.catalogue.topics.models import Topic
from gongkai.registers.desk.sealed import sealed_names
from gongkai.sealing import vault
from tests.audit.acts import ACTS, House
from tests.desk.test_administration import content_of_the_tables

ADDRESS = "203.0.113.7"
# Recorded as the entry that they are part of: receipt with the registration, a cancellation as a rectification.
NOT_STEPS = {ApplicationEvent.Kind.RECEIVED, ApplicationEvent.Kind.CANCELLED}
rows = pytest.mark.parametrize("action", sorted(ACTS))


@pytest.fixture
def house(db, settings, tmp_path, action):
    settings.FILES_FOLDER, settings.PUBLIC_FILES_FOLDER = tmp_path / "files", tmp_path / "public-files"
    for purpose in ("applicants", "correspondents", "imports", "second_factor"):
        vault.sealer(purpose)  # a data key is made once, when it is first needed, whatever else fails
    return House() if ACTS[action].founded else None


def written_in_the_code() -> set[str]:
    """What is written with record("…") on the desk's chain; the public side keeps its own, tested with it."""
    return {
        node.args[0].value
        for path in Path(gongkai.__file__).parent.rglob("*.py")
        if "portal" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "record"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def composed() -> set[str]:
    """What is put together from a kind of record and a verb."""
    verbs = ("entered", "rectified", "voided", "imported", "exported")
    of_registers = {
        f"{register.model._meta.label_lower}.{verb}"
        for register in REGISTERS
        for verb in (*verbs, *(["revealed"] if sealed_names(register) else []))
    }
    steps = {f"applications.application.{kind}" for kind in set(ApplicationEvent.Kind) - NOT_STEPS}
    of_topics = {f"topics.{state.value}" for state in (Topic.State.CLOSED, Topic.State.ARCHIVED)}
    return of_registers | steps | of_topics | {f"annual_report.{step}" for step in STEPS}


def test_every_event_type_has_a_row_and_a_name():
    assert written_in_the_code() | set(ACTIONS) | composed() == set(ACTS)
    assert len(ACTS) >= 60
    assert [action for action in ACTS if action_words(action).startswith("其他")] == []


@rows
def test_an_act_leaves_exactly_one_entry_of_its_kind(house, action):
    act = ACTS[action]
    by = attrgetter(act.by)(house) if act.by else None
    do = act.make(house)
    before = Entry.objects.count()

    with coming_from(ADDRESS):
        do(by=by)

    [entry] = Entry.objects.filter(sequence__gt=before, action=action)
    assert entry.actor == (by.public_id if by else "system")
    assert entry.result == ("refused" if action == "session.refused" else "done")
    assert entry.at.utcoffset() is not None
    assert entry.address in (ADDRESS, "127.0.0.1")
    assert_of_the_agency(entry, by.agency if by else None)


def assert_of_the_agency(entry: Entry, agency: Agency | None) -> None:
    """The object is named by its kind and public id, and belongs to the agency of whoever acted."""
    label, _, public_id = entry.subject.partition(":")
    if entry.action.endswith(".exported"):  # of many records at once
        assert entry.action in (f"{label}.exported", "audit.exported")
        return
    model = apps.get_model(label)
    if "public_id" in {field.name for field in model._meta.concrete_fields}:
        found = model.objects.get(public_id=public_id)
        assert agency is None or agency == getattr(found, "agency", found)
    else:
        assert public_id


@rows
def test_an_act_that_is_refused_or_cannot_be_recorded_does_not_happen(house, action, monkeypatch):
    """A person without the power leaves no entry and changes nothing; nor does anybody while no entry can be written
    (AUD-07)."""
    act = ACTS[action]
    by = attrgetter(act.by)(house) if act.by else None
    do = act.make(house)
    before, entries = content_of_the_tables(), Entry.objects.count()

    if act.refused:
        with pytest.raises(Refusal):
            do(by=house.stranger)
        assert content_of_the_tables() == before

    def fails(*given, **named):
        raise OSError("the audit store is away")

    monkeypatch.setattr(chain, "digest_of", fails)
    with pytest.raises(OSError, match="audit store"), transaction.atomic():
        do(by=by)

    assert content_of_the_tables() == before
    assert Entry.objects.count() == entries
