"""起草规范性文件的页面: its sheet, and the documents that it amends or repeals."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.catalogue import queries as items
from gongkai.duties.catalogue.desk.filling import Sheet, fill_in, require_open
from gongkai.duties.catalogue.models import Version
from gongkai.duties.catalogue.normative import actions, queries
from gongkai.duties.catalogue.normative.desk.forms import IntendForm, SheetForm

DRAFTERS = (Power.DRAFT_ITEMS,)


@powered(*DRAFTERS)
def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """填写文件要素."""
    person = person_of(request)
    version = items.version(person, public_id)
    require_open(request, version)
    asked = Sheet(
        title=f"文件要素：{version.title}",
        submit_label="保存文件要素",
        said="已保存文件要素。",
        consequence="和文件一起审查、签发；公开以后进入规范性文件库。",
        back=_back(version),
    )
    form = SheetForm(version, request.POST or None)
    return fill_in(request, form, asked, save=lambda values: actions.save_sheet(version, by=person, **values))


@powered(*DRAFTERS)
def intend(request: HttpRequest, public_id: str) -> HttpResponse:
    """写明修改、废止哪个文件."""
    person = person_of(request)
    version = items.version(person, public_id)
    require_open(request, version)
    asked = Sheet(
        title=f"修改、废止的文件：{version.title}",
        submit_label="写明",
        said="已写明，本文件公开时生效。",
        consequence="本文件公开时，那个文件在文件库和公众侧标明修改或者废止，并链接到本文件。",
        back=_back(version),
    )
    form = IntendForm(version, request.POST or None)
    return fill_in(request, form, asked, save=lambda values: actions.intend(version, by=person, **values))


@powered(*DRAFTERS)
@require_POST
def drop(request: HttpRequest, public_id: str, document: str) -> HttpResponse:
    """去掉一项拟作的变动."""
    person = person_of(request)
    version = items.version(person, public_id)
    actions.drop(version, document=queries.document(person, document), by=person)
    messages.success(request, "已去掉。")
    return redirect(_back(version))


def _back(version: Version) -> str:
    return reverse("catalogue:version", args=[version.public_id]) + "#normative"
