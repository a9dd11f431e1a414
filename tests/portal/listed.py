"""领导信息、公开指南. Items that stand in lists of their own, released as the worker would release them."""

from gongkai.gateways.files import public_files
from gongkai.portal import release
from gongkai.portal.payloads import FileReference, GuideReference, LeaderReference
from tests.factories.topics import png
from tests.portal.items import NOTICES, item, key


def a_leader(
    number: int, name: str = "庚示例", *, version: int = 1, position: int = 10, **changes: object
) -> str:
    """A leader's page with a photograph; its key."""
    photo = public_files().put(png().read())
    values = {
        "name": name,
        "post": "党组成员、副主任",
        "work": "分管指挥通信工作。",
        "position": position,
        "in_office_from": "2024-05-06",
        "photo": photo,
    }
    release.put_column(NOTICES)
    release.put_item(
        item(
            number,
            version=version,
            title=f"{name}　副主任",
            kind="领导信息",
            html=f'<p><img src="/files/{photo}" alt="{name}的照片"></p><h2>简历</h2><p>曾任示例区人防办主任。</p>',
            files=(FileReference(photo, "照片.png", "image/png"),),
            leader=LeaderReference(**values | changes),
        )
    )
    return key(number)


def an_edition(number: int, edition: str, in_force_from: str, *, version: int = 1) -> str:
    """An edition of the guide; its key."""
    release.put_column(NOTICES)
    release.put_item(
        item(
            number,
            version=version,
            title="示例市国防动员办公室政府信息公开指南",
            kind="公开指南",
            html=f"<h2>政府信息的分类</h2><p>{edition}的分类。</p>",
            guide=GuideReference(edition, in_force_from, "2099-01-05"),
        )
    )
    return key(number)
