"""登入台账. What follows from the release of an edition: the register of guides, which the annual report reads, has it."""

from django.utils import timezone

from gongkai.audit.record import record
from gongkai.duties.catalogue.guide.content import sheet_of
from gongkai.duties.catalogue.models import GuideEdition, Version
from gongkai.outbox.actions import enqueue


def follow_release(version: Version) -> None:
    """Called once the public side has answered, in the transaction in which the version becomes public."""
    sheet = sheet_of(version)
    if sheet is None or version.released_at is None:
        return
    standing = GuideEdition.objects.standing().filter(agency=version.agency)
    entry = standing.filter(item=version.item).first() or standing.filter(edition=sheet.edition).first()
    entry = entry or GuideEdition(agency=version.agency, recorded_by=version.author, section=version.section)
    entry.edition, entry.review_by, entry.item = sheet.edition, sheet.review_by, version.item
    entry.published_on = entry.published_on or timezone.localtime(version.released_at).date()
    entry.save()
    sequence = record(
        "guide.edition.filed", by=None, subject=entry, detail={"version": version.public_id}
    ).sequence
    # The page that was composed without a review, as long as there was no edition.
    enqueue("portal.withdraw_page", {"slug": "guide", "version": sequence})
