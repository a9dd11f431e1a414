"""送达的页面: register an attempt, its signature or failure, its proof."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.desk.downloads import download
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications.letters import actions, queries
from gongkai.duties.applications.letters.actions.delivering import LARGEST_PROOF
from gongkai.duties.applications.letters.desk.forms import DeliverForm, SigningForm, title_of
from gongkai.duties.applications.letters.keeping import kept
from gongkai.duties.applications.letters.permissions import READERS, require_writer


@powered(Power.KEEP_REGISTERS)
def deliver(request: HttpRequest, public_id: str) -> HttpResponse:
    """登记送达."""
    person = person_of(request)
    letter = queries.letter(person, public_id)
    require_writer(letter.application, by=person)
    form = DeliverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.deliver(letter, by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已登记送达。")
            return redirect("letters:letter", public_id=public_id)
    is_reply = letter.kind == "reply" and letter.event_id is None
    context = {
        "title": f"登记送达：{title_of(letter)}",
        "form": form,
        "submit_label": "登记",
        "consequence": (
            "答复之日按送达方式计算：邮寄为交邮之日，当面和委托送达为签收之日，电子邮件为发出之日，门户领取为放到门户上之日（待核）；登记后申请即办结。"
            if is_reply
            else "一次送达登记一条；未送达的登记原因后再登记下一次。"
        ),
        "back": reverse("letters:letter", args=[public_id]),
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)


@powered(Power.KEEP_REGISTERS)
def delivery(request: HttpRequest, public_id: str) -> HttpResponse:
    """签收、未送达、凭证."""
    person = person_of(request)
    found = queries.delivery(person, public_id)
    require_writer(found.letter.application, by=person)
    form = SigningForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if given["proof"]:
                if given["proof"].size > LARGEST_PROOF:
                    raise Refusal(f"凭证超过{LARGEST_PROOF // 1024 // 1024}MB，请压缩后再传。")
                actions.add_proof(found, name=given["proof"].name, data=given["proof"].read(), by=person)
            if given["on"]:
                actions.record_signing(found, on=given["on"], by=person)
            if given["failed_because"]:
                actions.record_failure(found, reason=given["failed_because"], by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已登记。")
            return redirect("letters:letter", public_id=found.letter.public_id)
    context = {
        "title": f"{found}：{title_of(found.letter)}",
        "form": form,
        "submit_label": "登记",
        "consequence": "当面和委托送达的答复以签收之日为准；邮寄的以交邮之日为准，签收日期只作凭证。",
        "back": reverse("letters:letter", args=[found.letter.public_id]),
    }
    return render(request, "desk/form.html", context, status=400 if form.errors else 200)


@powered(*READERS)
def proof(request: HttpRequest, public_id: str) -> HttpResponse:
    """凭证."""
    person = person_of(request)
    found = queries.delivery(person, public_id)
    if not found.proof:
        raise Http404
    actions.open_text(found.letter, by=person)
    return download(found.proof_name, kept(found, "proof"))
