"""登记来信."""

from datetime import date

from gongkai.agencies.models import Person, Section
from gongkai.duties.mailbox.models import Letter
from gongkai.registers.actions import enter


def register_letter(
    *,
    by: Person,
    number: str,
    title: str,
    received_on: date,
    kind: str = Letter.Kind.ENQUIRY,
    replied_on: date | None = None,
    agreed_due_on: date | None = None,
    published_on: date | None = None,
    writer: str = "",
    text: str = "",
    section: Section | None = None,
    remark: str = "",
) -> Letter:
    """登记来信. The writer and the text are sealed."""
    letter = Letter(
        number=number,
        title=title,
        kind=kind,
        received_on=received_on,
        replied_on=replied_on,
        agreed_due_on=agreed_due_on,
        published_on=published_on,
        section=section,
        remark=remark,
    )
    letter.seal("writer", writer.strip())
    letter.seal("text", text.strip())
    return enter(letter, by=by)
