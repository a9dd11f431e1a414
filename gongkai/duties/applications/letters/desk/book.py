"""发文登记簿: every number that was given, with what became of it; search, filters, export, print."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Chip, Column, Register
from gongkai.desk.spreadsheet import csv_download
from gongkai.duties.applications.letters import queries
from gongkai.duties.applications.letters.desk.panel import delivered
from gongkai.duties.applications.letters.lifecycle import State
from gongkai.duties.applications.letters.models import KIND_CHOICES, Letter
from gongkai.duties.applications.letters.permissions import READERS


@powered(Power.READ_REGISTERS, Power.KEEP_REGISTERS)
def book(request: HttpRequest) -> HttpResponse:
    """发文登记簿."""
    return render(request, "letters/book.html", {"register": _book(person_of(request)).page(request.GET)})


@powered(Power.EXPORT_REGISTERS)
def export(request: HttpRequest) -> HttpResponseBase:
    """导出. Numbers, kinds and days; nobody's name."""
    rows = _book(person_of(request)).all_rows(request.GET)
    return csv_download(rows, name=f"发文登记簿{timezone.localdate():%Y%m%d}")


def _state(letter: Letter) -> str:
    return f"已作废：{letter.void_reason}" if letter.voided_at else letter.get_state_display()


def _book(person: Person) -> Register:
    reads = any(may(person, power, person.agency, on=timezone.localdate()) for power in READERS)
    return Register(
        title="发文登记簿",
        records=queries.numbered(person),
        order=("-issued_on", "-pk"),
        columns=[
            Column(
                "文号",
                "number",
                link=(lambda each: reverse("letters:letter", args=[each.public_id])) if reads else None,
            ),
            Column("种类", "get_kind_display"),
            Column(
                "申请",
                "application.register_number",
                link=lambda each: reverse("letters:case", args=[each.application.public_id]),
            ),
            Column("发出日期", "issued_on"),
            Column("状态", _state),
            Column("送达", delivered),
            Column("拟稿", "author.name"),
            Column("审核", "reviewer.name"),
            Column("签发", "signatory.name"),
        ],
        chips=[
            Chip("undelivered", "未送达", Q(state=State.ISSUED)),
            Chip("voided", "已作废", Q(state=State.VOIDED)),
            *(Chip(key, name, Q(kind=key)) for key, name in KIND_CHOICES),
        ],
        search=queries.like,
        search_hint="文号或者申请的登记编号",
        export_url=reverse("letters:export"),
        empty="还没有发出的文书。文书在申请页的“文书”里拟稿，签发后编号发出，就会出现在这里。",
    )
