"""个人信息. A third party learns nothing of the applicant, and nobody anything of somebody else."""

from collections.abc import Iterator

from gongkai.duties.applications.letters.case_facts import CaseFacts
from gongkai.duties.applications.letters.check.findings import Finding
from gongkai.duties.applications.letters.check.reading import bare
from gongkai.duties.applications.letters.text import LetterText
from gongkai.rules.regulations_2019.letters import AddressedTo
from gongkai.screening.personal import personal

_SHORTEST = 2  # characters of a name; one alone is everywhere


def look(text: LetterText, facts: CaseFacts) -> Iterator[Finding]:
    to_applicant = facts.letter_kind.addressed_to is AddressedTo.APPLICANT
    ours = bare("".join(facts.agency_contacts))
    asked = bare("".join(matter.text for matter in facts.matters)) if to_applicant else ""
    for place, line in text.placed():
        for hit in personal(line):
            value = bare(line[hit.start : hit.end])
            if value in ours or (asked and value in asked):
                continue
            yield Finding("personal", place, f"含有{hit.what}", "文书里不写个人的证件、联系方式，请删去")
        if not to_applicant:
            yield from _applicants(place, line, facts)
        yield from _others(place, line, facts, asked=asked)


def _applicants(place: str, line: str, facts: CaseFacts) -> Iterator[Finding]:
    plain = bare(line)
    if len(facts.applicant) >= _SHORTEST and bare(facts.applicant) in plain:
        yield Finding(
            "applicant_told", place, "写了申请人的姓名或者名称", "给第三方和其他机关的文书不写申请人，请删去"
        )
    for contact in facts.applicant_contacts:
        if len(contact) >= _SHORTEST and bare(contact) in plain:
            yield Finding(
                "applicant_told", place, "写了申请人的联系方式", "给第三方和其他机关的文书不写申请人，请删去"
            )


def _others(place: str, line: str, facts: CaseFacts, *, asked: str) -> Iterator[Finding]:
    if place == "主送":
        return
    plain = bare(line)
    for name in facts.others:
        plain_name = bare(name)
        if len(plain_name) >= _SHORTEST and plain_name in plain and plain_name not in asked:
            yield Finding("other_person", place, "写了与这件文书无关的人的姓名", "请删去，或者改称“第三方”")
