"""领导信息. A leader's page at each stage, by the people of the editorial office."""

from datetime import date

from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.leaders.actions import save_profile
from gongkai.duties.catalogue.models import Version
from tests.duties.catalogue.editorial import Editorial
from tests.factories.topics import png

IN_OFFICE_FROM = date(2024, 5, 6)


def a_leader(office: Editorial, name: str = "庚示例", *, photo: bool = False, **changes: object) -> Version:
    version = actions.begin(
        by=office.clerk, title=f"{name}　副主任", kind="leader", main_column=office.column
    )
    version = actions.write(
        version, values={"body": "<p>曾任示例区人防办主任。</p>"}, edits=0, by=office.clerk
    )
    values: dict[str, object] = {
        "name": name,
        "post": "党组成员、副主任",
        "work": "分管指挥通信工作。\n联系示例区。",
        "position": 20,
        "in_office_from": IN_OFFICE_FROM,
        "in_office_until": None,
        "photo": "",
    }
    if photo:
        file = actions.attach(version, name="照片.png", content=png().read(), by=office.clerk)
        values["photo"] = file.sha256
    save_profile(version, values=values | changes, by=office.clerk)
    version.refresh_from_db()
    return version
