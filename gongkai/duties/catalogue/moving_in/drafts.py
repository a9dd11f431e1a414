"""迁入的草稿. What becomes of what was read: an item and its first version, and why they could not be kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from gongkai.agencies.models import Person
from gongkai.duties.catalogue.models import Attachment, Column, InformationItem, ItemKind, Version
from gongkai.duties.catalogue.moving_in.models import Batch, Entry
from gongkai.rules.catalogue_metadata.subjects import fault_of

_KINDS = {
    "news": ItemKind.NEWS,
    "notices": ItemKind.NOTICE,
    "interpretations": ItemKind.INTERPRETATION,
}
_TAKEN = (
    "title",
    "body",
    "document_number",
    "issued_by",
    "co_issued_by",
    "subject",
    "genre",
    "keywords",
    "summary",
    "article_20_duty",
)
_OF_FILE = ("address", "sha256", "name", "media_type", "size", "text", "hidden", "for_a_person")


def fault(values: Mapping[str, str], files: Sequence[object]) -> str:
    """Why what was read makes no item, as one sentence without its stop; "" when it does."""
    if not values["body"].strip() and not files:
        return "没有正文，也没有附件"
    if values["dated_on"] and values["dated_on"] > values["published_on"]:
        return "成文日期晚于原发布日期"
    if told := fault_of(values["subject"], ""):
        return told.rstrip("。")
    try:
        Version(kind=ItemKind.OTHER, **_content(values)).clean_fields(
            exclude=("agency", "item", "author", "public_id")
        )
    except ValidationError as error:
        name, said = next(iter(error.message_dict.items()))
        return f"“{Version._meta.get_field(name).verbose_name}”{said[0].rstrip('。')}"  # type: ignore[union-attr]
    return ""


def draft(
    entry: Entry, batch: Batch, column: Column, *, registered: InformationItem | None, by: Person
) -> Version:
    """The version, unsaved; its item is what the register holds of it already, or a new one."""
    values = entry.content["values"]
    item = registered or InformationItem(
        agency=batch.agency,
        state=InformationItem.State.DRAFT,
        title=values["title"],
        kind=_kind(column, values),
        main_column=column,
        section=batch.section,
        recorded_by=by,
        published_on=date.fromisoformat(values["published_on"]),
    )
    item.address = values["address"] or item.address
    item.imported_from = item.imported_from or batch.name
    return Version(
        agency=batch.agency,
        item=item,
        kind=_kind(column, values),
        main_column=column,
        section=batch.section,
        author=by,
        with_batch=True,
        **_content(values),
    )


def attachments(entry: Entry, version: Version) -> list[Attachment]:
    return [
        Attachment(
            agency=version.agency,
            version=version,
            position=position,
            **{name: file[name] for name in _OF_FILE if name in file},
        )
        for position, file in enumerate(entry.content["files"])
    ]


def _content(values: Mapping[str, str]) -> dict[str, Any]:
    dated_on = date.fromisoformat(values["dated_on"]) if values["dated_on"] else None
    return {**{name: values[name] for name in _TAKEN}, "dated_on": dated_on}


def _kind(column: Column, values: Mapping[str, str]) -> str:
    """信息种类 by the class of the column; a policy document is one that has its number and date."""
    if column.column_class == "policy_documents" and values["document_number"] and values["dated_on"]:
        return ItemKind.POLICY
    return _KINDS.get(column.column_class, ItemKind.OTHER)
