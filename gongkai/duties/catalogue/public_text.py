"""公众看到的正文. What an author wrote, or what the system composes of it and of the sheet beside it."""

from gongkai.duties.catalogue.guide import content as guide
from gongkai.duties.catalogue.leaders import content as leaders
from gongkai.duties.catalogue.models import Version


def public_text(version: Version) -> str:
    for composed in (leaders.public_text(version), guide.public_text(version)):
        if composed is not None:
            return composed
    return version.body
