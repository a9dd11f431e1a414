"""后台事项. What the worker does for an outbox row of the portal: carry the files over, then release. Twice if need be."""

from collections.abc import Iterable, Mapping
from typing import Any

from gongkai.gateways.files import desk_files, public_files
from gongkai.portal import release
from gongkai.portal.payloads import (
    ActPayload,
    ColumnPayload,
    DocumentPayload,
    FileReference,
    ItemPayload,
    ListPayload,
    PagePayload,
    ReportPayload,
    SitePayload,
)


def put_site(payload: Mapping[str, Any]) -> release.Receipt:
    return release.put_site(SitePayload.from_json(payload))


def put_column(payload: Mapping[str, Any]) -> release.Receipt:
    return release.put_column(ColumnPayload.from_json(payload))


def put_page(payload: Mapping[str, Any]) -> release.Receipt:
    page = PagePayload.from_json(payload)
    _carry(page.files)
    return release.put_page(page)


def put_report(payload: Mapping[str, Any]) -> release.Receipt:
    report = ReportPayload.from_json(payload)
    _carry(report.files)
    return release.put_report(report)


def put_item(payload: Mapping[str, Any]) -> release.Receipt:
    item = ItemPayload.from_json(payload)
    _carry(item.files)
    return release.put_item(item)


def put_act(payload: Mapping[str, Any]) -> release.Receipt:
    return release.put_act(ActPayload.from_json(payload))


def put_list(payload: Mapping[str, Any]) -> release.Receipt:
    return release.put_list(ListPayload.from_json(payload))


def withdraw_act(payload: Mapping[str, Any]) -> release.Receipt:
    return release.withdraw_act(**payload)


def withdraw_list(payload: Mapping[str, Any]) -> release.Receipt:
    return release.withdraw_list(**payload)


def put_together(payloads: Iterable[Mapping[str, Any]]) -> list[release.Receipt]:
    """同步发布: the files of all of them first, then all of them in one public transaction."""
    items = [ItemPayload.from_json(payload) for payload in payloads]
    for item in items:
        _carry(item.files)
    return release.put_together(items)


def put_many(payloads: Iterable[Mapping[str, Any]]) -> list[release.Receipt | str]:
    """成批发布: the files of all of them first, then all of them in one public transaction. Where one of them cannot
    be shown, each goes by itself and that one gives the reason in place of a receipt."""
    items = [ItemPayload.from_json(payload) for payload in payloads]
    for item in items:
        _carry(item.files)
    try:
        return list(release.put_many(items))
    except release.ReleaseRefused:
        return [_put_or_reason(item) for item in items]


def _put_or_reason(item: ItemPayload) -> release.Receipt | str:
    try:
        return release.put_item(item)
    except release.ReleaseRefused as refused:
        return str(refused)


def put_document(payload: Mapping[str, Any]) -> release.Receipt:
    return release.put_document(DocumentPayload.from_json(payload))


def withdraw_document(payload: Mapping[str, Any]) -> release.Receipt:
    return release.withdraw_document(**payload)


def withdraw_item(payload: Mapping[str, Any]) -> release.Receipt:
    return release.withdraw_item(**payload)


def mark_guide(payload: Mapping[str, Any]) -> None:
    release.mark_guide(**payload)


def order_leaders(payload: Mapping[str, Any]) -> None:
    release.order_leaders(**payload)


def withdraw_column(payload: Mapping[str, Any]) -> release.Receipt:
    return release.withdraw_column(**payload)


def withdraw_page(payload: Mapping[str, Any]) -> release.Receipt:
    return release.withdraw_page(**payload)


def withdraw_report(payload: Mapping[str, Any]) -> release.Receipt:
    return release.withdraw_report(**payload)


def _carry(files: Iterable[FileReference]) -> None:
    """Bytes first, the row that names them afterwards: a reader never meets a name without its file."""
    for file in files:
        desk_files().carry(file.sha256, to=public_files())
