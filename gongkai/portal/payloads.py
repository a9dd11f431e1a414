"""送来的内容. What the desk sends to the public side, as it travels in an outbox row: plain JSON, no database ids."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class FileReference:
    """附件: a file of the store by its hash, with the name and type the reader sees. ``text`` is what search finds."""

    sha256: str
    name: str
    media_type: str
    text: str = ""
    old_path: str = ""  # where it stood on the site from which it was moved in


@dataclass(frozen=True, slots=True)
class ChangeReference:
    """文件的变动: what was done to a document of the library, from which day (ISO 8601), and by what."""

    words: str
    on: str
    by_item: str = ""
    by_title: str = ""
    by_number: str = ""


@dataclass(frozen=True, slots=True)
class LeaderReference:
    """领导信息 beside an item's text: what the list of leaders shows. ``photo`` is the hash of one of the item's files."""

    name: str
    post: str
    work: str
    position: int
    in_office_from: str
    photo: str = ""


@dataclass(frozen=True, slots=True)
class GuideReference:
    """公开指南的一版 beside an item's text. Days are ISO 8601."""

    edition: str
    in_force_from: str
    review_by: str


@dataclass(frozen=True, slots=True)
class _Payload:
    version: int

    @classmethod
    def from_json(cls, payload: Mapping[str, Any]) -> Self:
        values = dict(payload)
        if "files" in values:
            values["files"] = tuple(FileReference(**file) for file in values["files"])
        if "other_columns" in values:
            values["other_columns"] = tuple(values["other_columns"])
        if "interprets" in values:
            values["interprets"] = tuple(values["interprets"])
        if "changes" in values:
            values["changes"] = tuple(ChangeReference(**change) for change in values["changes"])
        if values.get("leader"):
            values["leader"] = LeaderReference(**values["leader"])
        if values.get("guide"):
            values["guide"] = GuideReference(**values["guide"])
        if "rows" in values:
            values["heads"] = tuple(values["heads"])
            values["rows"] = tuple(tuple(row) for row in values["rows"])
        if "fields" in values:
            values["fields"] = tuple((key, label, value) for key, label, value in values["fields"])
        if "higher_sites" in values:
            values["higher_sites"] = tuple((name, url) for name, url in values["higher_sites"])
        return cls(**values)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def columns(self) -> dict[str, Any]:
        """The values that are stored as they are; related things are handled by the release."""
        apart = {"files", "column", "parent", "version", "other_columns", "interprets", "changes"}
        apart |= {"leader", "guide"}
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in apart}


@dataclass(frozen=True, slots=True)
class SitePayload(_Payload):
    """网站的基本信息, see portal.models.Site."""

    agency: str
    agency_name: str
    name: str
    domain: str
    id_code: str
    organiser: str
    telephone: str
    operator: str = ""
    address: str = ""
    postcode: str = ""
    fax: str = ""
    email: str = ""
    office_hours: str = ""
    icp_number: str = ""
    police_number: str = ""
    police_url: str = ""
    identity_url: str = ""
    error_report_url: str = ""
    copyright_line: str = ""
    higher_sites: tuple[tuple[str, str], ...] = ()  # name and address


@dataclass(frozen=True, slots=True)
class ColumnPayload(_Payload):
    """栏目. ``parent`` is the slug of the column above, "" for a required part."""

    slug: str
    name: str
    column_type: str
    description: str
    keywords: str
    parent: str = ""
    part: str = ""
    layout: str = "list"
    position: int = 0


@dataclass(frozen=True, slots=True)
class PagePayload(_Payload):
    """页面. ``column`` is a column's slug, "" for the foot of the site."""

    slug: str
    title: str
    html: str
    source: str
    column: str = ""
    keywords: str = ""
    description: str = ""
    change_note: str = ""
    position: int = 0
    files: tuple[FileReference, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemPayload(_Payload):
    """政府信息, in the version that was reviewed and signed. Columns are slugs; ``dated_on`` is ISO 8601 or ""."""

    key: str
    index_number: str
    title: str
    html: str
    issued_by: str
    column: str
    other_columns: tuple[str, ...] = ()
    kind: str = ""
    document_number: str = ""
    co_issued_by: str = ""
    dated_on: str = ""
    genre: str = ""
    subject: str = ""
    keywords: str = ""
    description: str = ""
    duty: str = ""
    validity: str = ""
    change_note: str = ""
    files: tuple[FileReference, ...] = ()
    leader: LeaderReference | None = None
    guide: GuideReference | None = None
    interprets: tuple[str, ...] = ()  # keys of the documents that this interpretation explains
    old_path: str = ""  # where it stood on the site from which it was moved in
    published_before: str = ""  # ISO 8601: the day on which an item moved in was first public, elsewhere


@dataclass(frozen=True, slots=True)
class DocumentPayload(_Payload):
    """规范性文件库的一件. Days are ISO 8601 or ""; ``item`` is the key of its text where that is published here."""

    key: str
    kind: str
    title: str
    document_number: str
    issued_by: str
    issued_on: str
    validity: str  # a value of portal.models.PublishedDocument.Validity
    registered_number: str = ""
    in_force_from: str = ""
    lapses_on: str = ""
    ceased_on: str = ""
    item: str = ""
    changes: tuple[ChangeReference, ...] = ()


@dataclass(frozen=True, slots=True)
class ActPayload(_Payload):
    """一件行政许可或者行政处罚, masked and reviewed. Days are ISO 8601; ``fields`` are key, label and value, in order."""

    key: str
    kind: str
    number: str
    title: str
    issued_by: str
    decided_on: str
    shown_until: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ListPayload(_Payload):
    """一张清单的一个版次: power list, duty list, charges, statistics. ``rows`` are texts in the order of ``heads``."""

    kind: str
    edition: int
    title: str
    issued_by: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    change_note: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.edition}"


@dataclass(frozen=True, slots=True)
class ReportPayload(_Payload):
    """年度报告的一个版次, frozen on the desk. ``html`` is report.render's fragment, its title as the page's h1."""

    agency: str
    agency_name: str
    year: int
    edition: int
    title: str
    digest: str
    html: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    correction_note: str = ""
    files: tuple[FileReference, ...] = ()

    @property
    def key(self) -> str:
        return report_key(self.agency, year=self.year, edition=self.edition)


def report_key(agency: str, *, year: int, edition: int) -> str:
    """How one edition is named in receipts, in the audit and among what was withdrawn."""
    return f"{agency}:{year}:{edition}"
