"""Numbers are found by their beginning through an index, on both databases and in every register (P4)."""

import pytest
from django.db import connection

from gongkai.desk.register_books import REGISTERS
from gongkai.registers import queries
from tests.factories.people import PersonFactory

SEARCHED = [(register, name) for register in REGISTERS for name in register.search_exact]


@pytest.mark.parametrize(("register", "name"), SEARCHED, ids=lambda each: getattr(each, "key", each))
@pytest.mark.django_db
def test_the_beginning_of_a_number_is_looked_up_in_an_index(register, name):
    if connection.vendor == "sqlite":
        found = queries.records(register, visible_to=PersonFactory())
        plan = found.filter(queries._begins(name, "示〔2023〕")).order_by().values("pk").explain()

        assert f"{name}>? AND {name}<?" in plan
    else:  # the planner of an empty table may take any index, so the index itself is looked at
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexdef FROM pg_indexes WHERE tablename = %s", [register.model._meta.db_table]
            )
            indexes = [row[0] for row in cursor.fetchall()]

        assert any(f"(agency_id, {name} varchar_pattern_ops)" in each for each in indexes)
