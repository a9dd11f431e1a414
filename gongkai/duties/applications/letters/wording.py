"""文书现在的样子. The document that would leave now, its text as read back from it, and what the check says."""

from dataclasses import dataclass
from datetime import date

from gongkai.duties.applications.letters.case_facts import CaseFacts, amount_text
from gongkai.duties.applications.letters.check import check
from gongkai.duties.applications.letters.check.findings import Finding
from gongkai.duties.applications.letters.documents.own_template import own_template
from gongkai.duties.applications.letters.documents.placeholders import filling, last_two
from gongkai.duties.applications.letters.documents.reading_back import read_back
from gongkai.duties.applications.letters.documents.word import merge
from gongkai.duties.applications.letters.gathering import facts_of
from gongkai.duties.applications.letters.keeping import kept
from gongkai.duties.applications.letters.models import Letter, Template
from gongkai.duties.applications.letters.text import LetterText
from gongkai.gateways.files import desk_files
from gongkai.rules.explanation import day_text
from gongkai.rules.regulations_2019.letters import KIND_BY_KEY
from gongkai.virus_checks.queries import require_scanned


@dataclass(frozen=True, slots=True)
class Standing:
    """一件文书的现状."""

    document: bytes
    text: LetterText
    facts: CaseFacts
    findings: tuple[Finding, ...]


def standing_of(letter: Letter, *, day: date, number: str = "") -> Standing:
    """The letter as it would leave on this day, under this number when it has one."""
    facts = facts_of(letter, day=day, number=number)
    if letter.issued_word:
        document = kept(letter, "issued_word")  # as it left
    elif number:
        document = merge(document_of(letter, facts), last_two(number=number, dated=day_text(day)))
    else:
        document = document_of(letter, facts)
    text = read_back(document, title=facts.title)
    return Standing(document, text, facts, check(text, facts))


def document_of(letter: Letter, facts: CaseFacts) -> bytes:
    """The file that an officer edited, or the text merged into its template."""
    if letter.document:
        return kept(letter, "document")
    text = LetterText.from_json(letter.unseal("text"))
    return merge(template_bytes(letter.template, letter.kind), filling(text, facts))


def template_bytes(template: Template | None, kind: str) -> bytes:
    """The office's own template, or the system's."""
    if template is None:
        return own_template(KIND_BY_KEY[kind])
    require_scanned(template.sha256, what="文书的模板")
    return desk_files().read(template.sha256)


def digest_of(letter: Letter) -> str:
    """内容摘要 of everything that makes the letter: its words, its file, its template, its step."""
    text = LetterText.from_json(letter.unseal("text"))
    amount = amount_text(letter.amount) if letter.amount is not None else ""
    step = (letter.working_days, letter.until, amount, letter.consultation_key)
    return text.digest(
        letter.kind,
        letter.result,
        letter.unseal("recipient"),
        letter.document,
        str(letter.template_id or ""),
        *map(str, step),
    )
