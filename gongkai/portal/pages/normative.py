"""规范性文件库: the list for readers, the same as JSON and CSV for machines, and what stands beside a document's text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from gongkai.portal import documents, presenters, queries
from gongkai.portal.addresses import address
from gongkai.portal.models import DocumentChange, PublishedDocument, PublishedItem
from gongkai.portal.open_data import writing

TITLE = "规范性文件库"
Validity = PublishedDocument.Validity
_HEADS = (
    ("key", "编号"),
    ("title", "名称"),
    ("document_number", "文号"),
    ("registered_number", "统一登记号"),
    ("kind", "种类"),
    ("issued_by", "制定机关"),
    ("issued_on", "印发日期"),
    ("in_force_from", "施行日期"),
    ("lapses_on", "有效期至"),
    ("ceased_on", "停止施行日期"),
    ("validity", "有效性"),
    ("changes", "变动"),
    ("url", "网址"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """变动的一行: what was done, from which day, by what."""

    words: str
    on: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """库中的一件."""

    document: PublishedDocument
    url: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    url: str
    chosen: bool


def library(request: HttpRequest) -> HttpResponse:
    """规范性文件库, by validity and by year. What is asked stands in the address."""
    validity = request.GET.get("validity", "")
    year = _year(request.GET.get("year", ""))
    known = validity if validity in Validity.values else ""
    page = documents.page_of(documents.library(validity=known, year=year), after=request.GET.get("after", ""))
    asked = {"validity": known, "year": str(year) if year is not None else ""}
    return render(
        request,
        "portal/normative.html",
        {
            "title": TITLE,
            "column_tags": _tags(),
            "trail": presenters.trail(None, TITLE),
            "rows": _rows(page.documents),
            "validities": [_choice("全部", asked, validity="")]
            + [_choice(each.label, asked, validity=each.value) for each in Validity],
            "years": [_choice("全部", asked, year="")]
            + [_choice(f"{each}年", asked, year=str(each)) for each in documents.years()],
            "next_url": _address(asked, after=page.next) if page.next else "",
            "narrowed": any(asked.values()),
        },
    )


def as_json(request: HttpRequest) -> JsonResponse:
    """全库, as JSON at an address that stays."""
    site, (_, changed_at) = queries.site(), queries.state()
    listed = {
        "title": f"{site.agency_name}{TITLE}",
        "publisher": site.agency_name,
        "updated_at": changed_at.isoformat() if changed_at else "",
        "fields": dict(_HEADS),
        "documents": [_as_data(each, request) for each in documents.every_document()],
    }
    return JsonResponse(listed, json_dumps_params={"ensure_ascii": False, "indent": 1})


def as_csv(request: HttpRequest) -> HttpResponse:
    """全库, as CSV that a spreadsheet opens as it is: with a byte order mark, and no cell that could be a formula."""
    lines = writing.as_csv([label for _, label in _HEADS], _csv_rows(request))
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="normative-documents.csv"'
    return response


def beside(item: PublishedItem) -> dict[str, Any]:
    """政策原文、相关解读、文件的变动: what stands with the text of an item. Only what is public is named."""
    record = documents.of_item(item)
    row = _rows((record,))[0] if record else None
    return {
        "library_facts": presenters.fact_rows(_facts(record)) if record else [],
        "changes": row.changes if row else (),
        "does": [
            (change.words, f"{change.on:%Y-%m-%d}", change.document.title, _url(change.document))
            for change in documents.changed_by(item)
        ],
        "interpretations": documents.interpretations_of(item),
        "documents": documents.interpreted_by(item),
    }


def _facts(record: PublishedDocument) -> Iterator[presenters.Fact]:
    for label, value in (
        ("施行日期", record.in_force_from),
        ("有效期至", record.lapses_on),
        ("统一登记号", record.registered_number),
        (
            "停止施行日期",
            record.ceased_on if record.validity in (Validity.LAPSED, Validity.REPEALED) else None,
        ),
    ):
        if value:
            yield presenters.Fact(label, str(value))


def _rows(found: tuple[PublishedDocument, ...]) -> list[Row]:
    texts = documents.public_texts(found)
    return [
        Row(
            each,
            address("item", each.item) if each.item in texts else "",
            tuple(_change(change, texts) for change in each.changes.all()),
        )
        for each in found
    ]


def _change(change: DocumentChange, texts: set[str]) -> Change:
    number = f"（{change.by_number}）" if change.by_number else ""
    return Change(
        change.words,
        f"{change.on:%Y-%m-%d}",
        f"{change.by_title}{number}",
        address("item", change.by_item) if change.by_item in texts else "",
    )


def _url(document: PublishedDocument) -> str:
    return document.get_absolute_url()


def _as_data(document: PublishedDocument, request: HttpRequest) -> dict[str, Any]:
    days = ("issued_on", "in_force_from", "lapses_on", "ceased_on")
    return {
        **{name: getattr(document, name, "") for name, _ in _HEADS},
        **{name: day.isoformat() if (day := getattr(document, name)) else "" for name in days},
        "validity_words": document.get_validity_display(),
        "changes": [
            {
                "words": change.words,
                "on": change.on.isoformat(),
                "by": change.by_title,
                "by_number": change.by_number,
            }
            for change in document.changes.all()
        ],
        "url": request.build_absolute_uri(_url(document)),
    }


def _csv_rows(request: HttpRequest) -> Iterator[list[str]]:
    for each in documents.every_document():
        data = _as_data(each, request) | {"validity": each.get_validity_display()}
        data["changes"] = "；".join(_in_words(change) for change in data["changes"])
        yield [str(data[name]) for name, _ in _HEADS]


def _in_words(change: dict[str, str]) -> str:
    return f"{change['on']}{change['words']}" + (f"（{change['by']}）" if change["by"] else "")


def _tags() -> presenters.ColumnTags:
    site = queries.site()
    return presenters.ColumnTags(
        TITLE,
        f"{site.agency_name}的规章和行政规范性文件，注明施行日期、有效期和有效性",
        f"规范性文件,有效性,{site.agency_name}",
        "政策文件",
    )


def _year(written: str) -> int | None:
    """A year that is none finds nothing less: it is passed over."""
    return int(written) if written.isascii() and written.isdigit() and 1 <= int(written) <= 9999 else None


def _choice(label: str, asked: dict[str, str], **change: str) -> Choice:
    [(name, value)] = change.items()
    return Choice(label, _address(asked | change), asked[name] == value)


def _address(asked: dict[str, str], *, after: str = "") -> str:
    values = {name: value for name, value in {**asked, "after": after}.items() if value}
    return f"{address('normative')}?{urlencode(values)}" if values else address("normative")
