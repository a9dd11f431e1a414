"""静态副本被改动的记录, as the audit trail of the desk holds it."""

from django.db.models import QuerySet

from gongkai.audit.models import Entry

TAMPERED = "static_copy.tampered"


def tamperings() -> QuerySet[Entry]:
    """最近的在前."""
    return Entry.objects.filter(action=TAMPERED).order_by("-sequence")
