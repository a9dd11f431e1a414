"""记录的页面. In which register a counted record is found."""

from typing import Any

from django.urls import reverse

from gongkai.duties.administrative_acts import registers as administrative_acts
from gongkai.duties.applications import registers as applications
from gongkai.duties.catalogue import registers as catalogue
from gongkai.duties.channels import registers as channels
from gongkai.duties.inspection import registers as inspection
from gongkai.duties.mailbox import registers as mailbox
from gongkai.duties.oversight import registers as oversight
from gongkai.duties.participation import registers as participation
from gongkai.duties.remedies import registers as remedies

_APPS = (
    catalogue,
    administrative_acts,
    applications,
    remedies,
    mailbox,
    participation,
    channels,
    inspection,
    oversight,
)


def address_of(record: Any) -> str:
    """The record's own page, "" for what stands in no register; an event of an application opens the application."""
    if record._meta.label_lower == "applications.applicationevent":
        record = record.application
    for app in _APPS:
        for register in app.REGISTERS:
            if register.model is type(record):
                return reverse("registers:record", args=[register.key, record.public_id])
    return ""
