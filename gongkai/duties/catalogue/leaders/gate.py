"""领导信息的关口. What a leader's page must say before anybody reviews it, and on which days it may be public."""

from collections.abc import Iterator
from datetime import date

from gongkai.duties.catalogue.content import attachments
from gongkai.duties.catalogue.leaders.content import profile_of
from gongkai.duties.catalogue.leaders.models import Profile
from gongkai.duties.catalogue.models import ItemKind, Version
from gongkai.duties.catalogue.requirement import Requirement

PLACE = "leader"
PICTURES = ("image/jpeg", "image/png")


def before_review(version: Version) -> Iterator[Requirement]:
    if version.kind != ItemKind.LEADER:
        return
    profile = profile_of(version)
    yield Requirement("任职信息", _profile(version, profile), PLACE)


def before_release(version: Version, on: date) -> Iterator[Requirement]:
    """On the day on which it would become public, the leader is in office."""
    profile = profile_of(version)
    if profile:
        yield Requirement("任职日期", _not_in_office(profile, on), PLACE)


def _profile(version: Version, profile: Profile | None) -> str:
    if profile is None:
        return "还没有填写姓名、职务、分工等任职信息。"
    if profile.name not in version.title:
        return f"标题里没有姓名“{profile.name}”，读者检索不到，请核对标题或者姓名。"
    photos = {file.sha256 for file in attachments(version) if file.media_type in PICTURES}
    if profile.photo and profile.photo not in photos:
        return "所选的照片已经不在附件里，请重新选择照片。"
    return ""


def _not_in_office(profile: Profile, on: date) -> str:
    if on < profile.in_office_from:
        day = profile.in_office_from
        return f"{profile.name}自{day}起任职，这一天以前不能公开。请定时在{day}发布。"
    if profile.in_office_until and on > profile.in_office_until:
        return f"{profile.name}任职至{profile.in_office_until}，这一天以后不再公开。"
    return ""
