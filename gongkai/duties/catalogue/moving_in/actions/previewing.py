"""预览. Reads the whole source and says what would become of each place; nothing is written but the batch itself."""

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.audit.record import record
from gongkai.duties.catalogue.actions.drafting import (
    LARGEST_FILE,
    MEDIA_TYPES,
    MOST_FILES,
    file_name,
    require_drafter,
    told_of,
)
from gongkai.duties.catalogue.models import LONGEST_ADDRESS
from gongkai.duties.catalogue.moving_in import digests, drafts, judging
from gongkai.duties.catalogue.moving_in.models import Batch, Entry
from gongkai.duties.catalogue.moving_in.reading.source import ReadFile, ReadItem, ReadSource, read
from gongkai.gateways.files import desk_files
from gongkai.gateways.web_address import fault_of
from gongkai.portal.cleaning import clean
from gongkai.screening import files
from gongkai.spreadsheets.workbook import CannotImport
from gongkai.virus_checks.actions import look_at, note

_AT_ONCE = 200
Standing = Entry.Standing


def preview(*, name: str, file: str, data: BinaryIO, address: str = "", by: Person) -> Batch:
    """读取来源并预览. ``name`` is what the importer calls it; ``file`` the name of the file; ``address`` where the old
    site's folders began. Raises Refusal."""
    require_drafter(by, by.agency, by.section)
    name = _name(name)
    if address and (fault := fault_of(address)):
        raise Refusal(fault)
    try:
        with read(file, data, today=timezone.localdate(), address=address) as source:
            batch = Batch(
                agency=by.agency,
                name=name,
                file_name=PurePath(file.replace("\\", "/")).name[-200:],
                file_digest=source.digest,
                form=source.form,
                section=by.section,
                by=by,
            )
            entries, notes = _Reader(batch).entries(source)
    except CannotImport as refusal:
        raise Refusal(str(refusal)) from None
    if not entries:
        raise Refusal("来源里没有一条信息，请核对选择的文件。")
    batch.notes = [*source.notes, *notes]
    batch.mapping = judging.mapping_for((entry.source_column for entry in entries if entry.digest), by.agency)
    judging.judge(batch, entries)
    with transaction.atomic():
        batch.save()
        Entry.objects.bulk_create(entries, batch_size=_AT_ONCE)
        record("moving_in.batch.previewed", by=by, subject=batch, detail=counts(entries, batch))
    return batch


def _name(name: str) -> str:
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not name:
        raise Refusal("请写明来源，如“市国动办旧网站”。迁入的信息都记着它。")
    if len(name) > 200:
        raise Refusal(f"来源最多200字，现在{len(name)}字，请缩短。")
    return name


def counts(entries: Sequence[Entry], batch: Batch) -> dict[str, Any]:
    """For the audit: how many of each standing, and of what file."""
    found = {str(standing.value): 0 for standing in Standing}
    for entry in entries:
        found[entry.standing] += 1
    return {"file": batch.file_digest, **{name: count for name, count in found.items() if count}}


class _Reader:
    """Turns what was read into entries. A file that several items name is looked at once."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.inspected: dict[tuple[str, str], dict[str, Any] | str] = {}
        self.without_issuer = 0
        self.cleaned = 0

    def entries(self, source: ReadSource) -> tuple[list[Entry], list[str]]:
        entries = [self._entry(number, item) for number, item in enumerate(source.items, 1)]
        notes = []
        if self.without_issuer:
            notes.append(f"{self.without_issuer}条没有写发布机构，按“{self.batch.agency.name}”迁入。")
        if self.cleaned:
            notes.append(
                f"{self.cleaned}条的正文带有脚本、样式等不能公开的代码，已经去掉；去掉以后的正文是迁入和对账的内容。"
            )
        return entries, notes

    def _entry(self, position: int, item: ReadItem) -> Entry:
        entry = Entry(
            agency=self.batch.agency,
            batch=self.batch,
            position=position,
            place=item.place,
            title=" ".join(item.values["title"].split())[:200] or item.seen[:200],
            source_column=item.values["column"][:60],
            standing=Standing.REFUSED,
        )
        named = [] if item.refused else self._files(item.files)
        values = self._values(item, entry.title)
        entry.reason = (item.refused or (named if isinstance(named, str) else drafts.fault(values, named)))[
            :300
        ]
        if not entry.reason and isinstance(named, list):
            entry.published_on = date.fromisoformat(values["published_on"])
            entry.content = {"values": values, "files": named}
            entry.digest = digests.digest_of(digests.canonical(values, named))
            entry.standing = Standing.NEW
        return entry

    def _values(self, item: ReadItem, title: str) -> dict[str, str]:
        values = {**item.values, "title": title}
        values["body"] = clean(values["body"])
        if item.refused:
            return values
        if _has_code(item.values["body"]):
            self.cleaned += 1
        if not values["issued_by"]:
            self.without_issuer += 1
            values["issued_by"] = self.batch.agency.name
        return values

    def _files(self, read_files: Sequence[ReadFile]) -> list[dict[str, Any]] | str:
        """The attachments as they would be kept, or why one of them cannot be."""
        if len(read_files) > MOST_FILES:
            return f"有{len(read_files)}个附件，最多{MOST_FILES}个"
        kept: list[dict[str, Any]] = []
        for file in read_files:
            if any(each["sha256"] == file.sha256 for each in kept):
                continue  # one file under two names is one attachment
            told = self._inspected(file)
            if isinstance(told, str):
                return told
            if any(each["name"] == told["name"] for each in kept):
                return f"有两个附件都叫“{told['name'][:60]}”"
            kept.append({**told, "address": _address(file)})
        return kept

    def _inspected(self, file: ReadFile) -> dict[str, Any] | str:
        known = (file.sha256, file.name)
        if known not in self.inspected:
            self.inspected[known] = _inspect(file)
        return self.inspected[known]


def _inspect(file: ReadFile) -> dict[str, Any] | str:
    """What it is and what it hides, found by its content (FIL-01, FIL-06); stored by its hash."""
    try:
        name = file_name(file.name)
    except Refusal:
        return "有一个附件没有文件名"
    media_type = MEDIA_TYPES.get(name.rpartition(".")[2].lower())
    if media_type is None:
        return f"附件“{name[:60]}”不是可以公开的类型"
    if file.size > LARGEST_FILE:
        return f"附件“{name[:60]}”超过{LARGEST_FILE // 1024 // 1024}MB"
    content = file.path.read_bytes()
    try:
        scanned = look_at(content, name=name, by=None)
    except Refusal:
        return f"附件“{name[:60]}”查出病毒"
    found = files.inspect(name, content)
    if found.refusal:
        return f"附件“{name[:60]}”：{found.refusal.rstrip('。')}"
    sha256 = desk_files().put(content)
    note(sha256, scanned, kept_by="catalogue")
    return {
        "name": name,
        "sha256": sha256,
        "media_type": media_type,
        "size": len(content),
        **told_of(found),
    }


def _address(file: ReadFile) -> str:
    """原网址, as far as it can lead anywhere: one that is too long or broken is not kept."""
    return file.address if file.address.isprintable() and len(file.address) <= LONGEST_ADDRESS else ""


def _has_code(body: str) -> bool:
    lowered = body.lower()
    return any(
        tag in lowered
        for tag in ("<script", "<style", "<iframe", "<form", "<object", "<embed", "javascript:")
    )
