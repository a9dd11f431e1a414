"""A Monday in March 2026 in the office."""

import pytest
import time_machine

from tests.duties.applications.handling.office import TODAY, Office, at


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(at(TODAY), tick=False):
        yield


@pytest.fixture
def office(db):
    return Office()


@pytest.fixture
def case(office):
    return office.case()
