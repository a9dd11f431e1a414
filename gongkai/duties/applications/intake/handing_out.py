"""领取的告知. The desk learns what was collected on the portal; durable here before the portal is told that it is known."""

from gongkai.duties.applications.letters.actions import note_collected
from gongkai.portal.intake import collecting


def take_note() -> int:
    """How many were new. A crash in between tells it again, which changes nothing."""
    offers = collecting.collected()
    for offer in offers:
        if offer.collected_at:
            note_collected(offer.public_id, at=offer.collected_at)
        collecting.note_told(offer)
    return len(offers)
