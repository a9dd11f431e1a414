"""随稿审查的任职信息, and the text that the public reads of a leader: post, division of work, CV, photograph."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Any, NamedTuple

from gongkai.duties.catalogue.leaders.models import Departure, Placement, Profile
from gongkai.duties.catalogue.models import ItemKind, Version
from gongkai.portal.payloads import LeaderReference

WRITTEN = ("name", "post", "work", "position", "photo", "in_office_from", "in_office_until")


def profile_of(version: Version) -> Profile | None:
    if version.kind != ItemKind.LEADER:
        return None
    return Profile.objects.select_related("version").filter(version=version).first()


def manifest(version: Version) -> dict[str, Any]:
    """The profile of a version; nothing for a version without one."""
    profile = profile_of(version)
    if profile is None:
        return {}
    return {"leader": {name: str(getattr(profile, name) or "") for name in WRITTEN}}


def copy(before: Version, version: Version) -> None:
    """A further version begins with the profile of the one before, and with the last day that was registered since."""
    if profile := profile_of(before):
        values = {name: getattr(profile, name) for name in WRITTEN}
        values["in_office_until"], values["position"] = since(profile)
        Profile.objects.create(agency=version.agency, version=version, **values)


class Since(NamedTuple):
    """审查以后登记的: the last day in office and the place in the list; as reviewed, where nothing was registered since."""

    last_day: date | None
    position: int


def since(profile: Profile) -> Since:
    return since_review([profile])[profile.pk]


def since_review(profiles: Sequence[Profile]) -> dict[int, Since]:
    """Of each profile, by its key; two questions for a whole list."""
    departures = Departure.objects.filter(version__in=[each.version_id for each in profiles]).order_by("pk")
    left = {each.version_id: each.last_day for each in departures}
    placed: dict[int, list[Placement]] = defaultdict(list)
    for each in Placement.objects.filter(item__in=[each.version.item_id for each in profiles]).order_by("pk"):
        placed[each.item_id].append(each)
    return {
        each.pk: Since(
            left.get(each.version_id, each.in_office_until),
            _position(each, placed[each.version.item_id]),
        )
        for each in profiles
    }


def _position(profile: Profile, placed: Iterable[Placement]) -> int:
    """As it was placed last, or as it was reviewed where that is later."""
    later = [each.position for each in placed if each.recorded_at > profile.version.recorded_at]
    return later[-1] if later else profile.position


def words(version: Version) -> list[tuple[str, str]]:
    """What of it is screened as the text is."""
    profile = profile_of(version)
    return [("姓名", profile.name), ("职务", profile.post), ("分工", profile.work)] if profile else []


def public_text(version: Version) -> str | None:
    """公众看到的正文; None for a version that is no leader's page or has no profile yet."""
    profile = profile_of(version)
    if profile is None:
        return None
    photo = f'<p><img src="/files/{profile.photo}" alt="{escape(profile.name)}的照片"></p>'
    work = "".join(f"<p>{escape(line)}</p>" for line in profile.work.splitlines() if line.strip())
    return (
        (photo if profile.photo else "")
        + f"<h2>职务</h2><p>{escape(profile.post)}</p><h2>分工</h2>{work}"
        + (f"<h2>简历</h2>{version.body}" if version.body else "")
    )


def reference(version: Version) -> LeaderReference | None:
    """What the list of leaders and its data say."""
    profile = profile_of(version)
    if profile is None:
        return None
    return LeaderReference(
        name=profile.name,
        post=profile.post,
        work=profile.work,
        position=since(profile).position,
        photo=profile.photo,
        in_office_from=profile.in_office_from.isoformat(),
    )
