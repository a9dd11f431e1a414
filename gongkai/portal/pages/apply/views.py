"""在线申请: what there is to know, what is published already, the form, the last look, the receipt."""

import secrets

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.portal import queries
from gongkai.portal.addresses import address
from gongkai.portal.intake import avoiding, human_check, limits
from gongkai.portal.intake.accepting import Origin, Receipt, accept, taken_before
from gongkai.portal.intake.handed_in_files import FileRefused, looked_at
from gongkai.portal.intake.models import Submission
from gongkai.portal.intake.particulars import NOTICE_VERSION, PARTICULARS
from gongkai.portal.intake.receipt_codes import shown
from gongkai.portal.intake.sealing import NoKey
from gongkai.portal.pages import errors
from gongkai.portal.pages.apply.answering import around, private
from gongkai.portal.pages.apply.forms import ApplicationForm
from gongkai.portal.pages.apply.uploads import TooMuch, keep_in_memory
from gongkai.portal.pages.apply.words import NUMBERS
from gongkai.portal.qr import printed

_TOKEN = "gongkai.intake.form"  # noqa: S105 - the purpose of a signature
_FILES = (("identity", "identity_file"), ("attachment", "attachment_file"))


def begin(request: HttpRequest) -> HttpResponse:
    """怎样申请: who, how, by when, what it costs; and the look at what is published already."""
    return render(request, "portal/apply/begin.html", {**around(), **NUMBERS})


@private
def look_first(request: HttpRequest) -> HttpResponse:
    """您要的可能已经公开. Words come in the body: what somebody wants to apply for stands in no address and no log."""
    if request.method != "POST":
        return errors.not_allowed(["POST"])
    words = request.POST.get("words", "")[:500]
    found = avoiding.similar(words)
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, "portal/apply/similar.html", {"found": found, "beside_form": True})
    return render(
        request,
        "portal/apply/look_first.html",
        {**around("查找已经公开的信息"), "words": words, "found": found},
    )


@private
def found(request: HttpRequest) -> HttpResponse:
    """找到了，不再申请: one more is counted, of nobody in particular."""
    if request.method != "POST":
        return errors.not_allowed(["POST"])
    avoiding.count_one(source=limits.source_of_address(request.META.get("REMOTE_ADDR", "")))
    return render(request, "portal/apply/found.html", around("不再申请"))


@private
def fill_in(request: HttpRequest) -> HttpResponse:
    """填写申请表. Every button of the form comes here; what was typed comes back with the answer."""
    if request.method != "POST":
        return _form(request, ApplicationForm(), token=_new_token())
    form, token = ApplicationForm(request.POST), _token_of(request)
    if request.POST.get("to") == "more":
        form.add_box()
        return _form(request, form, token=token, quiet=True)
    if request.POST.get("to") == "edit":
        return _form(request, form, token=token, quiet=True)
    if not form.is_valid():
        return _form(request, form, token=token)
    return _confirm(request, form, token)


@private
def send(request: HttpRequest) -> HttpResponse:
    """核对和提交. The receipt is the answer to the sending itself, so it stands in no address."""
    if request.method != "POST":
        return errors.not_allowed(["POST"])
    try:
        keep_in_memory(request)
    except TooMuch:
        return errors.too_large()
    form, token = ApplicationForm(request.POST), _token_of(request)
    if request.POST.get("to") == "edit":
        return _form(request, form, token=token, quiet=True)
    if not form.is_valid():
        return _form(request, form, token=token)
    if token != request.POST.get("token"):
        return _confirm(request, form, token, problem="这张表打开得不完整，请核对后重新提交。")
    chosen = [(role, file) for role, name in _FILES for file in request.FILES.getlist(name)]
    try:
        files = looked_at(chosen)
    except FileRefused as refused:
        return _confirm(request, form, token, problem=f"{refused}请重新选择全部文件。", files_lost=True)
    origin = Origin(
        address=limits.source_of_address(request.META.get("REMOTE_ADDR", "")),
        identity=limits.source_of_identity(form.cleaned_data["certificate_number"]),
    )
    must_answer = _must_answer(origin, len(files))
    # After the counts are read: where they hold this very form, sent twice at once, it is found here and asked nothing.
    if earlier := taken_before(token=token, content=form.content()):
        return _receipt(request, earlier, form, count=len(files))
    if must_answer and not _has_answered(request, token):
        words = (
            "提交较多，请回答下面的问题后再提交。"
            if "question" not in request.POST
            else "答案不对，请再答一次。"
        )
        return _confirm(request, form, token, problem=words, ask=True, files_lost=bool(files))
    try:
        receipt = accept(
            kind=Submission.Kind.APPLICATION,
            agency=queries.site().agency,
            token=token,
            second=form.second(),
            content=form.content(),
            files=files,
            origin=origin,
        )
    except NoKey:
        return _confirm(
            request, form, token, problem="暂时不能在线提交，请改用当面、邮寄等方式，或者稍后再试。"
        )
    return _receipt(request, receipt, form, count=len(files))


def _form(request: HttpRequest, form: ApplicationForm, *, token: str, quiet: bool = False) -> HttpResponse:
    problems = [] if quiet or not form.is_bound else form.problems
    if quiet:
        form.without_judgement()
    context = {
        **around("填写申请表"),
        **NUMBERS,
        "form": form,
        "token": token,
        "problems": problems,
        "typing": True,
        "notice": PARTICULARS,
        "notice_version": NOTICE_VERSION,
    }
    return render(request, "portal/apply/form.html", context, status=422 if problems else 200)


def _confirm(
    request: HttpRequest,
    form: ApplicationForm,
    token: str,
    *,
    problem: str = "",
    ask: bool = False,
    files_lost: bool = False,
) -> HttpResponse:
    source = limits.source_of_address(request.META.get("REMOTE_ADDR", ""))
    identity = limits.source_of_identity(form.cleaned_data["certificate_number"])
    ask = ask or _must_answer(Origin(source, identity), 0)
    context = {
        **around("核对并提交"),
        **NUMBERS,
        "form": form,
        "token": token,
        "problem": problem,
        "files_lost": files_lost,
        "question": human_check.ask(token) if ask else None,
        "typing": True,
    }
    return render(request, "portal/apply/confirm.html", context, status=422 if problem else 200)


def _receipt(request: HttpRequest, receipt: Receipt, form: ApplicationForm, *, count: int) -> HttpResponse:
    path = f"{address('apply_status')}#{shown(receipt.code)}"
    context = {
        **around("提交回执"),
        **NUMBERS,
        **printed(request, path),
        "receipt": receipt,
        "code": shown(receipt.code),
        "matters": len(form.filled),
        "files": count,
        "own_address": "",
        "status_address": printed(request, address("apply_status"))["own_address"],
    }
    return render(request, "portal/apply/receipt.html", context)


def _must_answer(origin: Origin, files: int) -> bool:
    """Above the limits of a day or an hour a person is asked to show that a person is there; nothing is dropped (ABU-01)."""
    return (
        limits.is_over(limits.APPLICATIONS_OF_ADDRESS, origin.address)
        or limits.is_over(limits.APPLICATIONS_OF_IDENTITY, origin.identity)
        or limits.is_over(limits.FILES_OF_ADDRESS, origin.address, adding=files)
    )


def _has_answered(request: HttpRequest, token: str) -> bool:
    signed, answer = request.POST.get("question", ""), request.POST.get("answer", "")
    return bool(signed) and human_check.answered(signed, answer, token)


def _new_token() -> str:
    return signing.dumps(secrets.token_urlsafe(18), salt=_TOKEN)


def _token_of(request: HttpRequest) -> str:
    """The form's own token; a new one where what came is none of ours. It does not run out (A11-03)."""
    token = request.POST.get("token", "")[:200]
    try:
        signing.loads(token, salt=_TOKEN)
    except signing.BadSignature:
        return _new_token()
    return token
