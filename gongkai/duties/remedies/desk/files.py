"""案卷的页面: the list of files, one file, how its days are counted, and the party's name, read with a reason."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import may
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Chip, Column, Register
from gongkai.duties.remedies import presenters, queries
from gongkai.duties.remedies.actions.case_files import require_handled_again
from gongkai.duties.remedies.actions.steps import require_file_keeper, require_open
from gongkai.duties.remedies.desk.shared import READERS, address, file_of
from gongkai.duties.remedies.models import CaseFile
from gongkai.duties.remedies.models.case_files import STATUSES
from gongkai.host_clock import queries as host_clock
from gongkai.registers.desk.sealed import show_once


@powered(*READERS)
def listing(request: HttpRequest) -> HttpResponse:
    """全部案卷."""
    person = person_of(request)
    due = Q(due_on__isnull=False)
    screen = Register(
        title="复议诉讼案卷",
        records=queries.files(person),
        columns=[
            Column("案号", lambda file: file.entry.case_number, link=address),
            Column(
                "所涉申请", lambda file: file.entry.application and file.entry.application.register_number
            ),
            Column("受理（立案）", "accepted_on"),
            Column("状态", "get_status_display"),
            Column("我方下一项", "due_label"),
            Column(
                "期限", lambda file: f"{file.due_on or ''}{'（暂算）' if file.due_is_provisional else ''}"
            ),
            Column("结果", lambda file: file.entry.get_result_display()),
            Column("承办人", "handler.name"),
        ],
        order=("-accepted_on", "-pk"),
        chips=[
            Chip("due", "有期限的", due),
            Chip("overdue", "已超期", Q(due_on__lt=host_clock.today())),
            Chip("again", "应当重新答复", Q(must_answer_again=True, performed_on__isnull=True)),
            *(Chip(value, label, Q(status=value)) for value, label in STATUSES),
        ],
        search=_search,
        search_hint="案号",
        empty="还没有案卷。点“立复议案卷”或者“立诉讼案卷”开始；台账里原有的案件在台账记录里立卷。",
    )
    context = {
        "register": screen.page(request.GET),
        "keeps": bool(may(person, Power.KEEP_REGISTERS, person.agency, on=timezone.localdate())),
    }
    return render(request, "remedies/files.html", context)


def _search(found: QuerySet[Any], words: str) -> QuerySet[Any]:
    return found.filter(
        Q(reconsideration__case_number__startswith=words)
        | Q(litigation__case_number__startswith=words)
        | Q(reconsideration__application__register_number=words)
        | Q(litigation__application__register_number=words)
    )


@powered(*READERS)
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """一件案卷."""
    person, file = person_of(request), file_of(request, public_id)
    today = timezone.localdate()
    found = presenters.now(file)
    events = list(queries.events(person).filter(file=file).prefetch_related("corrections"))
    closed = presenters.refusal_of(lambda: require_open(file, by=person))
    context = {
        "title": str(file),
        "file": file,
        "entry": file.entry,
        "entry_address": entry_address(file),
        "lines": presenters.lines(file, found, today=host_clock.today()),
        "hearings": found.hearings,
        "decided": found.outcome is not None,
        "result": presenters.result_words(file, found),
        "warnings": list(presenters.warnings(file, found)),
        "sued": presenters.sued(file),
        "timeline": presenters.timeline(file, events),
        "acts": [] if closed else presenters.acts(file, today=today),
        "closed": closed,
        "keeps": not presenters.refusal_of(lambda: require_file_keeper(file, by=person)),
        "again": not presenters.refusal_of(lambda: require_handled_again(file, by=person)),
        "evidence": list(queries.evidence(person).filter(file=file, taken_out_at__isnull=True)),
        "lessons": queries.lessons(person).filter(file=file).order_by("-pk"),
        "corrections": queries.corrections(person).filter(event__file=file, state="waiting"),
    }
    return render(request, "remedies/file.html", context)


@powered(*READERS)
def clock(request: HttpRequest, public_id: str) -> HttpResponse:
    """怎么算的: every deadline with its steps, to be printed."""
    file = file_of(request, public_id)
    found = presenters.now(file)
    context = {
        "title": f"怎么算的：{file}",
        "file": file,
        "entry": file.entry,
        "steps": found.steps,
        "lines": presenters.lines(file, found, today=host_clock.today()),
        "result": presenters.result_words(file, found),
        "sued": presenters.sued(file),
        "now": timezone.localtime(),
        "back": address(file),
    }
    return render(request, "remedies/clock.html", context)


@powered(Power.READ_APPLICANTS)
def party(request: HttpRequest, public_id: str) -> HttpResponse:
    """写明原因，查看一次申请人（原告）."""
    file = file_of(request, public_id)
    return show_once(request, file, "party", of=file, label="申请人（原告）", back=address(file))


def entry_address(file: CaseFile) -> str:
    book = "reconsiderations" if file.track == "reconsideration" else "litigation"
    return reverse("registers:record", args=[book, file.entry.public_id])
