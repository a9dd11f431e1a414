"""可列入证据目录的材料. What the application of a case holds: events, searches, documents found, letters and other papers."""

from dataclasses import dataclass, replace

from gongkai.duties.applications.archive.gathering import Paper, papers
from gongkai.duties.applications.fold import standing
from gongkai.duties.applications.matters.models import FoundDocument, Search
from gongkai.duties.remedies.models import CaseFile, Evidence
from gongkai.duties.remedies.models.evidence import KINDS
from gongkai.rules.explanation import day_text

_TITLE = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """一份可列入的材料."""

    key: str
    title: str
    purpose: str
    pages: int | None
    source: str
    note: str
    is_listed: bool
    paper: Paper | None = None  # with a file of its own, which is listed with it


def candidates(file: CaseFile) -> list[Candidate]:
    """本案所涉申请的材料, in the order in which they came about; struck ones are left out."""
    application = file.entry.application
    if application is None:
        return []
    listed = set(
        file.evidence.filter(taken_out_at__isnull=True)
        .exclude(drawn_from="")
        .values_list("drawn_from", flat=True)
    )

    def candidate(key: str, title: str, purpose: str, pages: int | None, source: str, note: str) -> Candidate:
        return Candidate(key, title[:_TITLE], purpose, pages, source, note[:_TITLE], key in listed)

    source = Evidence.Source
    found = [
        candidate(
            f"event:{each.public_id}",
            f"{each.get_kind_display()}的材料",
            f"证明{day_text(each.happened_on)}{each.get_kind_display()}",
            None,
            source.EVENT,
            f"{application.register_number}的经过",
        )
        for each in standing(application.events.all())
    ]
    searches = Search.objects.filter(application=application, struck_at__isnull=True).order_by("pk")
    found += [
        candidate(
            f"search:{each.public_id}",
            f"检索记录（{each.place}）",
            f"证明{day_text(each.searched_on)}已经检索，{'查到' if each.found else '没有查到'}",
            None,
            source.SEARCH,
            each.place,
        )
        for each in searches
    ]
    documents = FoundDocument.objects.filter(
        matter__application=application, matter__struck_at__isnull=True, struck_at__isnull=True
    ).order_by("pk")
    found += [
        candidate(
            f"document:{each.public_id}",
            each.title,
            "证明所涉信息的内容",
            each.pages,
            source.DOCUMENT,
            each.document_number or each.kept_at,
        )
        for each in documents
    ]
    found += [
        replace(
            candidate(
                f"paper:{each.key}",
                each.title,
                f"证明{day_text(each.on)}的办理情况" if each.on else "",
                None,
                source.PAPER,
                f"{application.register_number}的案卷材料",
            ),
            paper=each,
        )
        for each in papers(application)
        if each.key and not each.goes and f".{each.ending}" in KINDS
    ]
    return found
