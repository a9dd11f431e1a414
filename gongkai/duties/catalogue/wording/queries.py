"""表述词表 as the check uses it."""

from gongkai.agencies.models import Agency
from gongkai.duties.catalogue.leaders import queries as leaders
from gongkai.duties.catalogue.wording.models import WordingEntry, WordingKind
from gongkai.screening.found import Level
from gongkai.screening.wording import Wording, WordingList


def of(agency: Agency) -> WordingList:
    """本单位的词表 and the leaders in office. Two queries; a list of a thousand entries is ready in a few milliseconds."""
    entries = list(WordingEntry.objects.standing().filter(agency=agency))
    return WordingList(
        entries=tuple(
            Wording(
                entry.wrong, entry.right, Level.ANSWER, entry.remark or "本单位词表", entry.longer_words()
            )
            for entry in entries
            if entry.kind == WordingKind.WRONG
        ),
        names=(
            *(entry.right for entry in entries if entry.kind == WordingKind.NAME),
            *leaders.names(agency),
        ),
    )
