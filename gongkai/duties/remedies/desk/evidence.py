"""证据目录的页面: the list in its order, rows drawn or uploaded, on paper and as a document."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.desk.downloads import download
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.remedies import actions, evidence_document, presenters, queries
from gongkai.duties.remedies.actions.steps import require_file_keeper
from gongkai.duties.remedies.candidates import candidates
from gongkai.duties.remedies.desk.forms import BasisForm, EvidenceForm
from gongkai.duties.remedies.desk.shared import (
    KEEPERS,
    READERS,
    address,
    answered,
    confirm_page,
    file_of,
    form_page,
)
from gongkai.duties.remedies.models import CaseFile, Evidence
from gongkai.registers.desk.forms import ReasonForm

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SEEN = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
OPENING = (Power.KEEP_REGISTERS, Power.READ_APPLICANTS)


@powered(*READERS)
def listing(request: HttpRequest, public_id: str) -> HttpResponse:
    """证据目录."""
    person, file = person_of(request), file_of(request, public_id)
    keeps = not presenters.refusal_of(lambda: require_file_keeper(file, by=person))
    handed_in = {
        row["id"]
        for event in file.events.filter(kind="evidence_submitted", replaced_by__isnull=True)
        for row in event.handed_in
    }
    rows = _standing(file)
    context = {
        "title": f"证据目录：{file.entry.case_number}",
        "file": file,
        "rows": [(each, each.public_id in handed_in) for each in rows],
        "pages": sum(each.pages or 0 for each in rows),
        "candidates": [each for each in candidates(file) if not each.is_listed] if keeps else [],
        "keeps": keeps,
        "back": address(file),
    }
    return render(request, "remedies/evidence.html", context)


@powered(*READERS)
def printed(request: HttpRequest, public_id: str) -> HttpResponse:
    """证据目录，打印."""
    file = file_of(request, public_id)
    rows = _standing(file)
    context = {
        "title": "证据目录",
        "file": file,
        "entry": file.entry,
        "heads": evidence_document.HEADS,
        "rows": evidence_document.rows(rows),
        "pages": sum(each.pages or 0 for each in rows),
        "today": timezone.localdate(),
        "back": address(file, "evidence"),
    }
    return render(request, "remedies/evidence_print.html", context)


@powered(*READERS)
def document(request: HttpRequest, public_id: str) -> HttpResponse:
    """证据目录，DOCX."""
    file = file_of(request, public_id)
    content = evidence_document.document(file, _standing(file), on=timezone.localdate())
    return download("证据目录.docx", content, _DOCX)


@powered(*KEEPERS)
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """列入一份."""
    person, file = person_of(request), file_of(request, public_id)
    require_file_keeper(file, by=person)
    form = BasisForm(request.POST or None, request.FILES or None)

    def act() -> None:
        given = dict(form.cleaned_data)
        upload = given.pop("content")
        content = upload.read() if upload else None
        name = upload.name if upload else ""
        actions.add_evidence(file, by=person, content=content, file_name=name, **given)

    done = answered(request, form, act, done="已列入目录。", to=address(file, "evidence"))
    return done or form_page(
        request,
        form,
        title=f"列入证据：{file.entry.case_number}",
        submit="列入",
        consequence="列在目录最后，可以再调整次序。",
        back=address(file, "evidence"),
    )


@powered(*KEEPERS)
@require_POST
def draw(request: HttpRequest, public_id: str) -> HttpResponse:
    """从申请列入."""
    person, file = person_of(request), file_of(request, public_id)
    try:
        found = actions.draw_from_application(file, request.POST.getlist("key"), by=person)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已列入{len(found)}份，请补填页数和证明目的。")
    return redirect(address(file, "evidence"))


@powered(*KEEPERS)
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """修改一份."""
    person, evidence = person_of(request), _evidence(request, public_id)
    file = evidence.file
    require_file_keeper(file, by=person)
    initial = {"title": evidence.title, "purpose": evidence.purpose, "pages": evidence.pages}
    form = EvidenceForm(request.POST or None, request.FILES or None, initial=initial)
    if evidence.stored_as:
        del form.fields["content"]

    def act() -> None:
        given = dict(form.cleaned_data)
        upload = given.pop("content", None)
        content = upload.read() if upload else None
        name = upload.name if upload else ""
        actions.change_evidence(evidence, by=person, content=content, file_name=name, **given)

    done = answered(request, form, act, done="已修改。", to=address(file, "evidence"))
    return done or form_page(
        request,
        form,
        title=f"修改证据：{evidence.title}",
        submit="保存",
        consequence="已经提交的目录保持提交时的样子。",
        back=address(file, "evidence"),
    )


@powered(*KEEPERS)
@require_POST
def move(request: HttpRequest, public_id: str) -> HttpResponse:
    """上移、下移."""
    person, evidence = person_of(request), _evidence(request, public_id)
    try:
        actions.move_evidence(evidence, request.POST.get("direction", ""), by=person)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(address(evidence.file, "evidence"))


@powered(*KEEPERS)
def take_out(request: HttpRequest, public_id: str) -> HttpResponse:
    """移出目录."""
    person, evidence = person_of(request), _evidence(request, public_id)
    require_file_keeper(evidence.file, by=person)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = "如“与本案无关”。"
    done = answered(
        request,
        form,
        lambda: actions.take_out_evidence(evidence, reason=form.cleaned_data["reason"], by=person),
        done="已移出目录。",
        to=address(evidence.file, "evidence"),
    )
    return done or confirm_page(
        request,
        form,
        title=f"移出证据：{evidence.title}",
        submit="移出",
        consequences=["不再列在目录里；已经提交的目录不变。", "文件和原因保留，可以查到。"],
        back=address(evidence.file, "evidence"),
        danger=True,
    )


@powered(*OPENING)
def read(request: HttpRequest, public_id: str) -> HttpResponse:
    """打开证据文件. Who opened which is in the audit trail."""
    evidence = _evidence(request, public_id)
    content = actions.read_evidence(evidence, by=person_of(request))
    ending = "." + evidence.file_name.rpartition(".")[2].lower()
    return download(evidence.file_name, content, _SEEN.get(ending, "application/octet-stream"))


def _standing(file: CaseFile) -> list[Evidence]:
    return list(file.evidence.filter(taken_out_at__isnull=True))


def _evidence(request: HttpRequest, public_id: str) -> Evidence:
    found: Evidence = get_object_or_404(queries.evidence(person_of(request)), public_id=public_id)
    return found
