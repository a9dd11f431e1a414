"""公开指南. An edition at each stage, by the people of the editorial office."""

from datetime import date

from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.guide.actions import save_sheet
from gongkai.duties.catalogue.models import Version
from gongkai.rules.regulations_2019.guide import ELEMENTS
from tests.duties.catalogue.editorial import Editorial

IN_FORCE_FROM, REVIEW_BY = date(2026, 1, 5), date(2027, 1, 5)


def an_edition(office: Editorial, edition: str = "2026年版", **changes: object) -> Version:
    version = actions.begin(
        by=office.clerk, title="示例市国防动员办公室政府信息公开指南", kind="guide", main_column=office.column
    )
    values: dict[str, object] = {
        "edition": edition,
        "in_force_from": IN_FORCE_FROM,
        "review_by": REVIEW_BY,
        **{element.key: f"本机关的{element.label}" for element in ELEMENTS},
    }
    values["postcode"] = "000000"
    save_sheet(version, values=values | changes, by=office.clerk)
    version.refresh_from_db()
    return version
