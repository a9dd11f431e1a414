"""发布. The one door from the desk to the public: put, replace, withdraw.

Each function is one public transaction: the thing, the files it names, the count of changes and the audit line.
Each may run twice and in any order: what is as old as what stands there changes nothing (idempotent by version).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, NotRequired, TypedDict, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from gongkai.audit.record import record
from gongkai.config.router import public_database
from gongkai.gateways.files import FileDamaged, FileMissing, public_files
from gongkai.portal.cleaning import clean, refuse_control_characters
from gongkai.portal.links import keep_links, linking_to
from gongkai.portal.listed import mark_reviewed, put_beside
from gongkai.portal.models import (
    DocumentChange,
    FileText,
    Interpreted,
    ItemInColumn,
    PublicState,
    Published,
    PublishedAct,
    PublishedColumn,
    PublishedDocument,
    PublishedFile,
    PublishedItem,
    PublishedLeader,
    PublishedList,
    PublishedPage,
    PublishedReport,
    Site,
    Withdrawn,
)
from gongkai.portal.one_item import item_values
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
from gongkai.portal.payloads import report_key as key_of_report
from gongkai.portal.search import entries, projection
from gongkai.portal.turns import turn

_Thing = TypeVar("_Thing", bound=Published)


class ReleaseRefused(Exception):
    """不能发布: one Chinese sentence: what is not possible, why, what to do instead. Nothing has changed."""


class Receipt(TypedDict):
    """回执. What the public side says it now shows; the desk keeps it as the proof of publication."""

    id: str  # "report:<agency>:<year>:<edition>", "page:<slug>" …
    version: int
    released_at: str  # ISO 8601, the public server's time; of the withdrawal when withdrawn
    url: str  # path on the portal, "" when withdrawn
    withdrawn: bool
    beside: NotRequired[list["Receipt"]]  # of what was released in the same transaction


def put_site(site: SitePayload) -> Receipt:
    """发布网站的基本信息."""
    with turn() as now:
        kept = Site.objects.filter(pk=1).first()
        if kept and kept.version >= site.version:
            return _receipt("site", "1", kept, url="/")
        values = site.columns()
        values["higher_sites"] = [{"name": name, "url": url} for name, url in site.higher_sites]
        _refuse_strange_addresses(url for _, url in site.higher_sites)
        released = _write(kept or Site(), values, version=site.version, now=now)
        _note("portal.site.released", "site:1", site.version, now)
        return _receipt("site", "1", released, url="/")


def put_column(column: ColumnPayload) -> Receipt:
    """发布栏目."""
    with turn() as now:
        kept = PublishedColumn.objects.filter(slug=column.slug).first()
        if old := _newer_already(Withdrawn.Kind.COLUMN, column.slug, kept, column.version):
            return old
        values = column.columns()
        values["parent"] = _column(column.parent, of=column.name)
        _refuse_circle(column, values["parent"])
        released = _write(kept or PublishedColumn(), values, version=column.version, now=now)
        for page in released.pages.all():  # how the column is laid out decides their address
            projection.index_page(page)
        _no_longer_withdrawn(Withdrawn.Kind.COLUMN, column.slug)
        _note("portal.column.released", f"column:{column.slug}", column.version, now)
        return _receipt("column", column.slug, released, url=released.get_absolute_url())


def put_page(page: PagePayload) -> Receipt:
    """发布页面."""
    with turn() as now:
        kept = PublishedPage.objects.filter(slug=page.slug).first()
        if old := _newer_already(Withdrawn.Kind.PAGE, page.slug, kept, page.version):
            return old
        values = page.columns()
        values["column"] = _column(page.column, of=page.title)
        values["html"] = clean(page.html)
        released = _write(kept or PublishedPage(), values, version=page.version, now=now)
        _name_files(page.files, page=released)
        keep_links(released)
        projection.index_page(released)
        _no_longer_withdrawn(Withdrawn.Kind.PAGE, page.slug)
        _note("portal.page.released", f"page:{page.slug}", page.version, now, files=page.files)
        return _receipt("page", page.slug, released, url=released.get_absolute_url())


def put_report(report: ReportPayload) -> Receipt:
    """发布年度报告的一个版次. What an edition says never changes; a correction is the next edition."""
    with turn() as now:
        kept = PublishedReport.objects.filter(
            agency=report.agency, year=report.year, edition=report.edition
        ).first()
        if old := _newer_already(Withdrawn.Kind.REPORT, report.key, kept, report.version):
            return old
        if kept and kept.digest != report.digest:
            raise ReleaseRefused(
                f"不能改动已发布的《{kept.title}》第{kept.edition}版：已发布的内容不得改写，请作为新的版次发布更正。"
            )
        values = report.columns()
        values["html"] = clean(report.html)
        values["figures"] = dict(report.figures)
        values["own"] = Site.objects.filter(agency=report.agency).exists()
        released = _write(kept or PublishedReport(), values, version=report.version, now=now)
        _name_files(report.files, report=released)
        projection.index_report(report.agency, year=report.year)
        _no_longer_withdrawn(Withdrawn.Kind.REPORT, report.key)
        _note(
            "portal.report.released",
            f"report:{report.key}",
            report.version,
            now,
            files=report.files,
            digest=report.digest,
        )
        return _receipt("report", report.key, released, url=released.get_absolute_url())


def put_item(item: ItemPayload) -> Receipt:
    """发布政府信息, or a further version of it. The day of the first release stays."""
    with turn() as now:
        kept = PublishedItem.objects.filter(key=item.key).first()
        if old := _newer_already(Withdrawn.Kind.ITEM, item.key, kept, item.version):
            return old
        column = _column(item.column, of=item.title)
        columns = {
            column,
            *(_column(slug, of=item.title) for slug in item.other_columns),
        } - {None}
        values = item_values(item, listed_at=kept.released_at if kept else now) | {"main_column": column}
        if library := PublishedDocument.objects.filter(item=item.key).first():
            values["validity"] = (
                library.get_validity_display()
            )  # the library knows what has become of it since
        released = _write(kept or PublishedItem(), values, version=item.version, now=now)
        Interpreted.objects.filter(interpretation=released).delete()
        Interpreted.objects.bulk_create(
            Interpreted(interpretation=released, document=key) for key in item.interprets
        )
        ItemInColumn.objects.filter(item=released).delete()
        ItemInColumn.objects.bulk_create(
            ItemInColumn(item=released, column=each, listed_at=released.listed_at) for each in columns
        )
        put_beside(released, item)
        _name_files(item.files, item=released)
        keep_links(released)
        projection.index_item(released)
        if _no_longer_withdrawn(Withdrawn.Kind.ITEM, item.key):
            projection.index_again(linking_to(item.key))
        _note("portal.item.released", f"item:{item.key}", item.version, now, files=item.files)
        return _receipt("item", item.key, released, url=released.get_absolute_url())


def mark_guide(key: str, *, version: int, reviewed_on: str, review_by: str) -> None:
    """公开指南复核过: the days that the column shows."""
    with turn() as now:
        if mark_reviewed(key, version=version, reviewed_on=reviewed_on, review_by=review_by):
            _note("portal.guide.reviewed", f"item:{key}", version, now)


def order_leaders(positions: Mapping[str, int], *, version: int) -> None:
    """领导信息的排序: of those who are listed; whoever has left meanwhile has no place."""
    with turn() as now:
        for key, position in positions.items():
            PublishedLeader.objects.filter(item__key=key).update(position=position)
        _note("portal.leaders.ordered", "leaders", version, now)


def put_act(act: ActPayload) -> Receipt:
    """公示一件行政许可或者行政处罚决定, or what became of it after a correction. The day of the first release stays."""
    with turn() as now:
        kept = PublishedAct.objects.filter(key=act.key).first()
        if old := _newer_already(Withdrawn.Kind.ACT, act.key, kept, act.version):
            return old
        values = act.columns()
        values["decided_on"] = date.fromisoformat(act.decided_on)
        values["shown_until"] = date.fromisoformat(act.shown_until)
        values["fields"] = [list(field) for field in act.fields]
        released = _write(kept or PublishedAct(), values, version=act.version, now=now)
        projection.index_act(released)
        _no_longer_withdrawn(Withdrawn.Kind.ACT, act.key)
        _note("portal.act.released", f"act:{act.key}", act.version, now)
        return _receipt("act", act.key, released, url=released.get_absolute_url())


def put_list(sheet: ListPayload) -> Receipt:
    """发布清单的一个版次. What an edition says never changes; a change is the next edition."""
    with turn() as now:
        kept = PublishedList.objects.filter(kind=sheet.kind, edition=sheet.edition).first()
        if old := _newer_already(Withdrawn.Kind.LIST, sheet.key, kept, sheet.version):
            return old
        values = sheet.columns()
        values["heads"], values["rows"] = list(sheet.heads), [list(row) for row in sheet.rows]
        if kept and (kept.heads, kept.rows) != (values["heads"], values["rows"]):
            raise ReleaseRefused(f"不能改动已发布的{kept}：已发布的版次不得改写，请作为新的版次发布。")
        released = _write(kept or PublishedList(), values, version=sheet.version, now=now)
        projection.index_list(sheet.kind)
        _no_longer_withdrawn(Withdrawn.Kind.LIST, sheet.key)
        _note("portal.list.released", f"list:{sheet.key}", sheet.version, now)
        return _receipt("list", sheet.key, released, url=released.get_absolute_url())


def withdraw_act(key: str, *, version: int, note: str = "") -> Receipt:
    """撤回公示: page, list, data and search in one transaction (PUB-06)."""
    with turn() as now:
        act = PublishedAct.objects.filter(key=key).first()
        return _withdraw(Withdrawn.Kind.ACT, key, act, version=version, note=note, now=now)


def withdraw_list(kind: str, *, edition: int, version: int, note: str = "") -> Receipt:
    """撤下清单的一个版次; the edition before it, if any, is the one in force again."""
    with turn() as now:
        sheet = PublishedList.objects.filter(kind=kind, edition=edition).first()
        key = f"{kind}:{edition}"
        receipt = _withdraw(Withdrawn.Kind.LIST, key, sheet, version=version, note=note, now=now)
        projection.index_list(kind)
        return receipt


def put_together(items: Iterable[ItemPayload]) -> list[Receipt]:
    """同步发布 of a document and its interpretations: all of them are public, or none is (三同步)."""
    with turn():
        return [put_item(item) for item in items]


def put_many(items: Sequence[ItemPayload]) -> list[Receipt]:
    """成批发布 of items that were moved in: one public transaction, one audit line, one count of the change.

    What stands here already, or was withdrawn, goes the way of a single item.
    """
    with turn() as now:
        keys = [item.key for item in items]
        known = set(PublishedItem.objects.filter(key__in=keys).values_list("key", flat=True))
        gone = Withdrawn.objects.filter(kind=Withdrawn.Kind.ITEM, key__in=keys)
        known |= set(gone.values_list("key", flat=True))
        new = [item for item in items if item.key not in known]
        released = {thing.key: thing for thing in _put_new(new, now)}
        if new:
            sent = [[item.key, item.version] for item in new]
            files = [file for item in new for file in item.files]
            _note("portal.items.released", "items", new[0].version, now, files=files, sent=sent)
        return [
            _receipt("item", item.key, thing, url=thing.get_absolute_url())
            if (thing := released.get(item.key))
            else put_item(item)
            for item in items
        ]


def _put_new(items: Sequence[ItemPayload], now: datetime) -> list[PublishedItem]:
    slugs = {slug for item in items for slug in (item.column, *item.other_columns)}
    columns = {slug: _column(slug, of=items[0].title) for slug in slugs}
    things = [
        _filled(
            PublishedItem(),
            item_values(item, listed_at=now) | {"main_column": columns[item.column]},
            version=item.version,
            now=now,
        )
        for item in items
    ]
    PublishedItem.objects.bulk_create(things)
    ItemInColumn.objects.bulk_create(
        ItemInColumn(item=thing, column=columns[slug], listed_at=thing.listed_at)
        for item, thing in zip(items, things, strict=True)
        for slug in dict.fromkeys((item.column, *item.other_columns))
        if slug
    )
    for item, thing in zip(items, things, strict=True):
        if item.files:
            _name_files(item.files, item=thing)
        keep_links(thing)
    projection.index_new_items(things)
    return things


def put_document(document: DocumentPayload) -> Receipt:
    """列入规范性文件库, or what has become of a document since. Its text bears the mark from the same moment."""
    with turn() as now:
        kept = PublishedDocument.objects.filter(key=document.key).first()
        if old := _newer_already(Withdrawn.Kind.DOCUMENT, document.key, kept, document.version):
            return old
        if gone := Withdrawn.objects.filter(kind=Withdrawn.Kind.ITEM, key=document.item or "-").first():
            return _withdrawn_receipt(gone)  # its text was withdrawn meanwhile
        values = document.columns()
        for name in ("issued_on", "in_force_from", "lapses_on", "ceased_on"):
            values[name] = date.fromisoformat(values[name]) if values[name] else None
        released = _write(kept or PublishedDocument(), values, version=document.version, now=now)
        released.changes.all().delete()
        DocumentChange.objects.bulk_create(
            DocumentChange(
                document=released,
                words=change.words,
                on=date.fromisoformat(change.on),
                by_item=change.by_item,
                by_title=change.by_title,
                by_number=change.by_number,
            )
            for change in document.changes
        )
        _mark_text(released)
        _no_longer_withdrawn(Withdrawn.Kind.DOCUMENT, document.key)
        _note("portal.document.released", f"document:{document.key}", document.version, now)
        return _receipt("document", document.key, released, url=released.get_absolute_url())


def withdraw_document(key: str, *, version: int, note: str = "") -> Receipt:
    """从规范性文件库撤下; its text, if published here, is withdrawn by itself."""
    with turn() as now:
        document = PublishedDocument.objects.filter(key=key).first()
        return _withdraw(Withdrawn.Kind.DOCUMENT, key, document, version=version, note=note, now=now)


def withdraw_item(key: str, *, version: int, note: str = "") -> Receipt:
    """撤回政府信息 with its files: page, lists, feeds, search and files in one transaction (PUB-06).

    The library of documents lists it no more, and names it no more as what changed another document.
    """
    with turn() as now:
        item = PublishedItem.objects.filter(key=key).first()
        if item:
            _forget_after_commit(_hashes(item))
            PublishedDocument.objects.filter(item=key).delete()
            DocumentChange.objects.filter(by_item=key).update(by_item="", by_title="", by_number="")
        receipt = _withdraw(Withdrawn.Kind.ITEM, key, item, version=version, note=note, now=now)
        if item:
            projection.index_again(linking_to(key))  # texts that name it are found by its title no more
        return receipt


def withdraw_column(slug: str, *, version: int, note: str = "") -> Receipt:
    """撤下栏目, which must be empty."""
    with turn() as now:
        column = PublishedColumn.objects.filter(slug=slug).first()
        if column and (
            column.children.exists()
            or column.pages.exists()
            or ItemInColumn.objects.filter(column=column).exists()
        ):
            raise ReleaseRefused(
                f"不能撤下栏目“{column.name}”：其中还有下级栏目、页面或者信息，请先撤下或者移走它们。"
            )
        return _withdraw(Withdrawn.Kind.COLUMN, slug, column, version=version, note=note, now=now)


def withdraw_page(slug: str, *, version: int, note: str = "") -> Receipt:
    """撤下页面 with its files."""
    with turn() as now:
        page = PublishedPage.objects.filter(slug=slug).first()
        if page:
            _forget_after_commit(_hashes(page))
        return _withdraw(Withdrawn.Kind.PAGE, slug, page, version=version, note=note, now=now)


def withdraw_report(agency: str, *, year: int, edition: int, version: int, note: str = "") -> Receipt:
    """撤下年度报告的一个版次 with its files; the edition before it, if any, is the current one again."""
    with turn() as now:
        report = PublishedReport.objects.filter(agency=agency, year=year, edition=edition).first()
        if report:
            _forget_after_commit(_hashes(report))
        key = key_of_report(agency, year=year, edition=edition)
        return _withdraw(Withdrawn.Kind.REPORT, key, report, version=version, note=note, now=now)


def _mark_text(document: PublishedDocument) -> None:
    """有效性 on the page of the text and in the search."""
    mark = document.get_validity_display()
    item = PublishedItem.objects.filter(key=document.item).first() if document.item else None
    if item and item.validity != mark:
        item.validity = mark
        item.save(update_fields=["validity"])
        projection.index_item(item)


def _withdraw(
    kind: str, key: str, kept: Published | None, *, version: int, note: str, now: datetime
) -> Receipt:
    stone = Withdrawn.objects.filter(kind=kind, key=key).first()
    if stone and stone.version >= version:
        return _withdrawn_receipt(stone)
    if kept and kept.version > version:
        raise ReleaseRefused(
            f"不能按第{version}版撤下“{kept}”：公开的已经是第{kept.version}版，请核对后重新撤下。"
        )
    stone, _ = Withdrawn.objects.update_or_create(
        kind=kind,
        key=key,
        defaults={
            "version": version,
            "title": str(kept) if kept and note else "",
            "note": note,
            "withdrawn_at": now,
        },
    )
    if kept:
        kept.delete()
        entries.remove(kind, key)
    if isinstance(kept, PublishedReport):
        projection.index_report(kept.agency, year=kept.year)
    _note(f"portal.{kind}.withdrawn", f"{kind}:{key}", version, now)
    return _withdrawn_receipt(stone)


def _note(
    action: str,
    subject: str,
    version: int,
    now: datetime,
    *,
    files: Iterable[FileReference] = (),
    digest: str = "",
    sent: Sequence[Any] = (),
) -> None:
    """Count the change, so that kept copies are old at once, and write the public audit line."""
    PublicState.objects.filter(pk=1).update(stamp=models.F("stamp") + 1, changed_at=now)
    detail: dict[str, Any] = {"version": version, "files": [file.sha256 for file in files]}
    if digest:
        detail["digest"] = digest
    if sent:
        detail["sent"] = sent
    record(action, by=None, subject=subject, detail=detail, using=public_database())


def _write(thing: _Thing, values: dict[str, Any], *, version: int, now: datetime) -> _Thing:
    _filled(thing, values, version=version, now=now).save()
    return thing


def _filled(thing: _Thing, values: dict[str, Any], *, version: int, now: datetime) -> _Thing:
    for name, value in values.items():
        setattr(thing, name, value)
    if thing.released_at is None:
        thing.released_at = now
    thing.version, thing.changed_at = version, now
    try:
        refuse_control_characters(values)
        thing.full_clean(validate_unique=False)
    except ValidationError as error:
        raise ReleaseRefused(f"不能发布：{_sentence(thing, error)}请在工作人员侧补正后重新发布。") from error
    return thing


def _newer_already(kind: str, key: str, kept: Published | None, version: int) -> Receipt | None:
    """The receipt of what stands there, or of its withdrawal, when that is as new as what comes."""
    stone = Withdrawn.objects.filter(kind=kind, key=key).first()
    if stone and stone.version >= version:
        return _withdrawn_receipt(stone)
    if kept and kept.version >= version:
        return _receipt(kind, key, kept, url=kept.get_absolute_url())  # type: ignore[attr-defined]
    return None


def _no_longer_withdrawn(kind: str, key: str) -> bool:
    """Whether it was."""
    count, _ = Withdrawn.objects.filter(kind=kind, key=key).delete()
    return count > 0


def _column(slug: str, *, of: str) -> PublishedColumn | None:
    if not slug:
        return None
    column = PublishedColumn.objects.filter(slug=slug).first()
    if column is None:
        raise ReleaseRefused(f"不能发布“{of}”：公众侧还没有栏目“{slug}”，请先发布这个栏目。")
    return column


def _refuse_circle(column: ColumnPayload, parent: PublishedColumn | None) -> None:
    above = parent
    while above is not None:
        if above.slug == column.slug:
            raise ReleaseRefused(f"不能发布栏目“{column.name}”：它不能放在自己的下级栏目里，请另选上级栏目。")
        above = above.parent


def _name_files(files: tuple[FileReference, ...], **owner: Any) -> None:
    """The thing's files are exactly these; each must already stand in the public store, whole."""
    store = public_files()
    before = set(PublishedFile.objects.filter(**owner).values_list("sha256", flat=True))
    PublishedFile.objects.filter(**owner).delete()
    for position, file in enumerate(files):
        try:
            store.check(file.sha256)
        except (FileMissing, FileDamaged) as error:
            raise ReleaseRefused(
                f"不能发布附件“{file.name}”：公众侧没有收到完整的文件，系统会自动重新传送。"
            ) from error
        named = PublishedFile.objects.create(
            sha256=file.sha256,
            name=file.name,
            media_type=file.media_type,
            size=store.size(file.sha256),
            position=position,
            old_path=file.old_path,
            **owner,
        )
        if file.text:
            FileText.objects.create(file=named, text=file.text)
    _forget_after_commit(before - {file.sha256 for file in files})


def _hashes(thing: Any) -> set[str]:
    return set(thing.files.values_list("sha256", flat=True))


def _forget_after_commit(hashes: set[str]) -> None:
    if hashes:
        transaction.on_commit(partial(_forget, frozenset(hashes)), using=public_database())


def _forget(hashes: frozenset[str]) -> None:
    """Bytes no published thing names any more leave the public side. In turn, so that no release is naming them."""
    with turn():
        for sha256 in hashes:
            if not PublishedFile.objects.filter(sha256=sha256).exists():
                public_files().remove(sha256)


def _receipt(kind: str, key: str, thing: Published, *, url: str) -> Receipt:
    return Receipt(
        id=f"{kind}:{key}",
        version=thing.version,
        released_at=thing.released_at.isoformat(),
        url=url,
        withdrawn=False,
    )


def _withdrawn_receipt(stone: Withdrawn) -> Receipt:
    return Receipt(
        id=f"{stone.kind}:{stone.key}",
        version=stone.version,
        released_at=stone.withdrawn_at.isoformat(),
        url="",
        withdrawn=True,
    )


def _refuse_strange_addresses(addresses: Iterable[str]) -> None:
    for written in addresses:
        if not written.startswith(("https://", "http://")):
            raise ReleaseRefused(f"不能发布网站信息：上级网站的地址“{written}”不是网址，请改正。")


def _sentence(thing: models.Model, error: ValidationError) -> str:
    """校验错误 in one sentence with the labels officers know."""
    parts = []
    labels = {field.name: field.verbose_name for field in thing._meta.fields}
    for name, faults in error.error_dict.items():
        missing = all(fault.code in ("blank", "null") for fault in faults)
        told = "没有填写" if missing else "".join(error.message_dict[name]).rstrip("。")
        parts.append(f"{labels.get(name, '')}{told}")
    return "；".join(parts) + "。"
