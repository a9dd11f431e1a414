"""INP-04 on the public side: every parameter of every address, every field of every form, every part of every path."""

import pytest
from django.db import connections

from tests.duties.canaries import shown_elsewhere
from tests.duties.catalogue import canaries
from tests.duties.catalogue.editorial import Editorial
from tests.portal.channels import PublicSide, asking, beginnings
from tests.probing import PAYLOADS, SHORT, Probe, one_of_each

pytestmark = pytest.mark.django_db(databases=["default", "public"])
FORMS = ("/apply/form/", "/apply/status/", "/display/", "/search/")


def tables() -> dict[str, list[tuple[object, ...]]]:
    """Every row of the public side."""
    connection = connections["public"]
    found = {}
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            if name.startswith(("portal_", "intake_", "audit_")) and "search" not in name:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
                found[name] = sorted(map(repr, cursor.fetchall()))
    return found


@pytest.fixture
def probe(readers):
    return Probe(lambda address, data: readers.get(address) if data is None else readers.post(address, data))


def test_a_few_payloads_in_every_parameter_do_nothing(probe):
    """INP-04: all parameters of a page at once, the addresses that need no argument; nothing is changed by reading."""
    before = tables()
    for address in beginnings():
        probe.query(address, SHORT, together=True)
    for address in ("/search/?q=2023", "/reports/2023/", "/disclosure/systems/"):
        probe.path(address, SHORT[:2])

    assert probe.faults == []
    assert tables() == before
    assert len(probe.parameters) >= 9


def test_a_few_payloads_in_every_form_do_nothing(probe):
    for address in FORMS:
        probe.forms(address, SHORT[:2], together=True)

    assert probe.faults == []
    assert len(probe.parameters) >= 20


@pytest.mark.prove
def test_every_payload_in_every_parameter_does_nothing(probe, readers):
    """INP-04: each alone, on every kind of page that a reader can reach, and each part of each address."""
    editorial = Editorial()
    canaries.published(editorial)
    shown_elsewhere(editorial)
    public = PublicSide(asking(readers))
    public.look(words=["2023"])
    addresses = one_of_each([*public.answers, *beginnings()], "gongkai.config.urls_portal")
    before = tables()
    for address in addresses:
        probe.query(address)
        probe.path(address, PAYLOADS)
    assert tables() == before
    for address in addresses:
        probe.forms(address)
        probe.forms(address, together=True)

    assert probe.faults == []
    assert probe.asked > 4_000
