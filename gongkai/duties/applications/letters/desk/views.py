"""文书: those of a case, and one of them from its draft to its issue."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.downloads import download
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications.letters import actions, queries
from gongkai.duties.applications.letters.actions.reviewing import open_steps
from gongkai.duties.applications.letters.check import stops
from gongkai.duties.applications.letters.desk.forms import (
    DraftForm,
    FileForm,
    LeftOpenForm,
    StepForm,
    TextForm,
    title_of,
)
from gongkai.duties.applications.letters.desk.of_record import CaseLetters, left_open
from gongkai.duties.applications.letters.desk.panel import panel
from gongkai.duties.applications.letters.documents import pdf
from gongkai.duties.applications.letters.documents.examination import LARGEST
from gongkai.duties.applications.letters.keeping import kept
from gongkai.duties.applications.letters.lifecycle import STEPS
from gongkai.duties.applications.letters.models import Letter
from gongkai.duties.applications.letters.permissions import READERS, require_writer
from gongkai.duties.applications.letters.rooms import ROOMS
from gongkai.duties.applications.letters.text import LetterText
from gongkai.duties.applications.letters.wording import Standing, standing_of
from gongkai.report.render import CannotRender
from gongkai.rules.regulations_2019.letters import KIND_BY_KEY

PEOPLE = (Power.READ_REGISTERS, Power.KEEP_REGISTERS, Power.REVIEW_LEGALITY, Power.SIGN_LETTERS)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DOES: dict[str, Callable[[Letter, dict[str, str], Person], Letter]] = {
    "submit": lambda letter, given, by: actions.submit(letter, by=by),
    "pass": lambda letter, given, by: actions.pass_review(letter, seen=given["seen"], by=by),
    "sign": lambda letter, given, by: actions.sign(letter, seen=given["seen"], by=by),
    "return": lambda letter, given, by: actions.send_back(letter, reason=given["reason"], by=by),
    "issue": lambda letter, given, by: actions.issue(letter, by=by),
    "void": lambda letter, given, by: actions.void(letter, reason=given["reason"], by=by),
    "again": lambda letter, given, by: actions.compose_again(letter, by=by),
}
_SAYS = {
    "submit": "已送审。",
    "pass": "审核通过，已转签发。",
    "sign": "已签发，可以编号发出。",
    "return": "已退回拟稿人。",
    "issue": "已编号发出。",
    "void": "已作废。",
    "again": "已按现在的案件重新拟稿。",
}


@powered(*PEOPLE)
def of_case(request: HttpRequest, public_id: str) -> HttpResponse:
    """一件申请的文书."""
    person = person_of(request)
    case = queries.case(person, public_id)
    context = {"title": f"文书：申请{case.register_number}", "case": case, **panel(case, person)}
    context["record_offers"] = CaseLetters(case, person).offers()
    return render(request, "letters/case.html", context)


@powered(Power.KEEP_REGISTERS)
def draft(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """拟一件文书."""
    person = person_of(request)
    case = queries.case(person, public_id)
    if kind not in KIND_BY_KEY:
        raise Http404
    require_writer(case, by=person)
    if kind in ROOMS:
        raise Refusal(
            f"{KIND_BY_KEY[kind].name}从“{ROOMS[kind].where}”的记录拟稿：请先在那里登记，再点“拟{KIND_BY_KEY[kind].name}”。"
        )
    form = DraftForm(kind, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            letter = actions.draft(case, kind=kind, by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已拟稿，请核对后送审。")
            return redirect("letters:letter", public_id=letter.public_id)
    context = {
        "title": f"拟{KIND_BY_KEY[kind].name}：申请{case.register_number}",
        "form": form,
        "submit_label": "拟稿",
        "consequence": "申请人、日期、编号、逐项的决定和救济途径由系统从案件里取；拟出来还可以改。",
        "back": reverse("letters:case", args=[public_id]),
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)


@powered(Power.KEEP_REGISTERS)
def from_record(request: HttpRequest, public_id: str, kind: str, origin: str) -> HttpResponse:
    """从一室的记录拟稿: one press where the record says everything, else a form for what it leaves open."""
    person = person_of(request)
    case = queries.case(person, public_id)
    if kind not in ROOMS:
        raise Http404
    require_writer(case, by=person)
    form = LeftOpenForm(kind, left_open(case, kind), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            letter = actions.draft_from_record(case, kind=kind, origin=origin, by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已按记录拟稿，请核对后送审。")
            return redirect("letters:letter", public_id=letter.public_id)
    context = {
        "title": f"拟{KIND_BY_KEY[kind].name}：申请{case.register_number}",
        "form": form,
        "submit_label": "拟稿",
        "consequence": f"收文人、内容、期限、金额取自“{ROOMS[kind].where}”的记录；发出、送达也登记在那里，不用再填。",
        "back": reverse("letters:case", args=[public_id]),
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)


@powered(*READERS)
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """一件文书: what it says, what the check says, who did what, what may be done now."""
    person = person_of(request)
    shown = actions.open_text(queries.letter(person, public_id), by=person)
    now = standing(shown)
    deliveries = list(shown.deliveries.select_related("by"))
    on_its_way = next((each for each in deliveries[-1:] if each.awaits_signature), None)
    context = {
        "title": title_of(shown),
        "letter": shown,
        "text": now.text,
        "body": [*now.text.paragraphs, *filter(None, [now.text.remedy])],
        "findings": [] if shown.voided_at else now.findings,
        "stopped": stops(now.findings),
        "steps": [
            STEPS[name]
            for name in open_steps(shown, by=person)
            if name not in ("edit", "deliver", "return", "void")
        ],
        "can": open_steps(shown, by=person),
        "deliveries": deliveries,
        "on_its_way": on_its_way,
    }
    return render(request, "letters/letter.html", context)


@powered(Power.KEEP_REGISTERS)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """修改正文."""
    person = person_of(request)
    shown = actions.open_text(queries.letter(person, public_id), by=person)
    require_writer(shown.application, by=person)
    text = standing(shown).text if shown.document else LetterText.from_json(shown.unseal("text"))
    form = TextForm(request.POST or None, initial=TextForm.of(text))
    if request.method == "POST" and form.is_valid():
        try:
            actions.rewrite(shown, form.text(shown.agency.name), by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存，核对结果见下。")
            return redirect("letters:letter", public_id=public_id)
    context = {
        "title": f"修改{title_of(shown)}",
        "form": form,
        "submit_label": "保存",
        "consequence": "文号和成文日期在发出时由系统填写。保存后回到草稿，已有的审核和签发作废。",
        "back": reverse("letters:letter", args=[public_id]),
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)


@powered(Power.KEEP_REGISTERS)
def upload(request: HttpRequest, public_id: str) -> HttpResponse:
    """上传在Word或者WPS里改过的文书."""
    person = person_of(request)
    shown = queries.letter(person, public_id)
    require_writer(shown.application, by=person)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            data = read(form.cleaned_data["file"])
            actions.upload(shown, data, by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已换成上传的文件，核对结果见下。")
            return redirect("letters:letter", public_id=public_id)
    context = {
        "title": f"上传改过的文件：{title_of(shown)}",
        "form": form,
        "submit_label": "上传",
        "consequence": "请先下载文书，在Word或者WPS里改，保留{{文号}}和{{成文日期}}，存为docx后上传。上传后按文件里的文字重新核对。",
        "back": reverse("letters:letter", args=[public_id]),
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)


@powered(*READERS)
def word(request: HttpRequest, public_id: str) -> HttpResponse:
    """下载DOCX: the draft to edit, or the very file that left."""
    person = person_of(request)
    shown = actions.open_text(queries.letter(person, public_id), by=person)
    data = kept(shown, "issued_word") if shown.issued_word else standing(shown).document
    return download(f"{shown}.docx", data, DOCX)


@powered(*READERS)
def printed(request: HttpRequest, public_id: str) -> HttpResponse:
    """PDF: the draft marked as one, or the very file that left."""
    person = person_of(request)
    shown = actions.open_text(queries.letter(person, public_id), by=person)
    if shown.issued_pdf:
        return download(f"{shown}.pdf", kept(shown, "issued_pdf"), "application/pdf")
    try:
        data = pdf.render(standing(shown).text, is_draft=True)
    except CannotRender as error:
        raise Refusal(str(error)) from None
    return download(f"{shown}（草稿）.pdf", data, "application/pdf")


@powered(*PEOPLE)
def step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """送审、审核、签发、退回、编号发出、作废、重新拟稿: confirmed on a page of its own."""
    person = person_of(request)
    shown = queries.letter(person, public_id)
    if step not in _DOES:
        raise Http404
    label = STEPS[step].label if step in STEPS else "重新拟稿"
    consequence = STEPS[step].consequence if step in STEPS else "按案件现在的记录重拟，手工改过的放弃"
    form = StepForm(step, request.POST or None, seen=request.GET.get("seen", shown.content_hash))
    if request.method == "POST" and form.is_valid():
        try:
            shown = _DOES[step](shown, form.cleaned_data, person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            number = f"文号{shown.number}。" if step == "issue" else ""
            messages.success(request, f"{_SAYS[step]}{number}")
            return redirect(_after(shown, step))
    context = {
        "title": f"{label}：{title_of(shown)}",
        "form": form,
        "submit_label": label,
        "consequence": f"{consequence}。",
        "back": reverse("letters:letter", args=[public_id]),
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)


def _after(shown: Letter, step: str) -> str:
    if step == "issue":
        return reverse("letters:deliver", args=[shown.public_id])
    return reverse("letters:letter", args=[shown.public_id])


def standing(shown: Letter) -> Standing:
    """As it would leave today, or as it left."""
    day: date = shown.issued_on or timezone.localdate()
    return standing_of(shown, day=day, number=shown.number)


def read(file: UploadedFile) -> bytes:
    """An uploaded file, as far as it may be read."""
    if (file.size or 0) > LARGEST:
        raise Refusal(f"文件超过{LARGEST // 1024 // 1024}MB，请压缩其中的图片。")
    return bytes(file.read())
