"""查询办理状态, by receipt code and the last four places of the certificate. Both come in the body, never in an address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from gongkai.portal import queries
from gongkai.portal.intake import accepting, collecting, human_check, limits, rights
from gongkai.portal.intake.particulars import PARTICULARS
from gongkai.portal.pages import errors
from gongkai.portal.pages.apply.answering import around, private
from gongkai.portal.pages.apply.forms import last_four, plain
from gongkai.portal.pages.apply.words import NUMBERS
from gongkai.rules.personal_information.retention import IDENTITY_PROOF
from gongkai.rules.personal_information.rights import ANSWER_DAYS, Right

_LONGEST = 100
RIGHTS = {
    "rights": [(each.value, each.label) for each in Right],
    "answer_days": ANSWER_DAYS,
    "held": PARTICULARS,
    "retention": IDENTITY_PROOF.days,
}


@private
def status(request: HttpRequest) -> HttpResponse:
    """The same answer for a wrong code, an absent one and a wrong second item (ABU-02)."""
    context = {**around("查询办理状态"), "code": "", "standing": None, "problem": "", "question": None}
    if request.method != "POST":
        return render(request, "portal/apply/status.html", context)
    code, second = request.POST.get("code", "")[:_LONGEST], request.POST.get("second", "")[:_LONGEST]
    source = limits.source_of_address(request.META.get("REMOTE_ADDR", ""))
    signed, answer = request.POST.get("question", ""), request.POST.get("answer", "")
    answered = bool(signed) and human_check.answered(signed, answer, code)
    with limits.counted(limits.QUERIES_OF_ADDRESS, source) as over:
        if over and not answered:
            words = "查询较多，请回答下面的问题后再查询。" if not signed else "答案不对，请再答一次。"
            context |= {"code": code, "second": second, "problem": words, "question": human_check.ask(code)}
            return render(request, "portal/apply/status.html", context, status=429)
    found = accepting.look_up(code, last_four(second))
    if found is None:
        context |= {"code": code, "problem": "没有查到。请核对查询码和证件号码后四位，两项都要与提交时一致。"}
        return render(request, "portal/apply/status.html", context, status=404)
    shown = {
        **RIGHTS,
        **NUMBERS,
        "standing": found.standing,
        "offered": collecting.offered(found),
        "code": code,
        "second": second,
    }
    return render(request, "portal/apply/status.html", context | shown)


@private
def ask_right(request: HttpRequest) -> HttpResponse:
    """查阅复制、更正、删除个人信息 (PII-07). The same answer for a wrong code and an absent one."""
    if request.method != "POST":
        return errors.not_allowed(["POST"])
    code, second = request.POST.get("code", "")[:_LONGEST], request.POST.get("second", "")[:_LONGEST]
    text = plain(request.POST.get("text", ""))
    context = {**around("个人信息权利"), **RIGHTS, "code": code, "second": second, "text": text}
    source = limits.source_of_address(request.META.get("REMOTE_ADDR", ""))
    signed, answer = request.POST.get("question", ""), request.POST.get("answer", "")
    answered = bool(signed) and human_check.answered(signed, answer, code)
    with limits.counted(limits.QUERIES_OF_ADDRESS, source) as over:
        if over and not answered:
            context |= {"right": request.POST.get("right", ""), "question": human_check.ask(code)}
            return render(request, "portal/apply/rights.html", context, status=429)
    found = accepting.look_up(code, last_four(second))
    if found is None:
        context |= {"problem": "没有查到。请核对查询码和证件号码后四位，两项都要与提交时一致。"}
        return render(request, "portal/apply/rights.html", context, status=404)
    try:
        right = Right(request.POST.get("right", ""))
    except ValueError:
        context |= {"problem": "请选择要提出的请求。"}
        return render(request, "portal/apply/rights.html", context, status=422)
    if len(text) > rights.LONGEST or (right is not Right.COPY and not text):
        words = f"请写明要更正或者删除什么，最多{rights.LONGEST}字。"
        return render(request, "portal/apply/rights.html", context | {"problem": words}, status=422)
    asked = rights.ask(found, right=right, text=text, agency=queries.site().agency)
    return render(request, "portal/apply/rights.html", context | {"asked": asked.value, "right": right.label})


@private
def collect(request: HttpRequest) -> HttpResponse:
    """领取一个文件, by the code and the second item that came with the page. A download, never shown in our pages (FIL-08)."""
    if request.method != "POST":
        return errors.not_allowed(["POST"])
    code, second = request.POST.get("code", "")[:_LONGEST], request.POST.get("second", "")[:_LONGEST]
    offer, position = request.POST.get("offer", "")[:_LONGEST], request.POST.get("position", "")
    source = limits.source_of_address(request.META.get("REMOTE_ADDR", ""))
    signed, answer = request.POST.get("question", ""), request.POST.get("answer", "")
    answered = bool(signed) and human_check.answered(signed, answer, code)
    context = {**around("领取文书"), "code": code, "second": second, "offer": offer, "position": position}
    with limits.counted(limits.COLLECTIONS_OF_ADDRESS, source) as over:
        if over and not answered:
            context |= {"question": human_check.ask(code)}
            return render(request, "portal/apply/collect.html", context, status=429)
    found = accepting.look_up(code, last_four(second))
    place = int(position) if position.isascii() and position.isdigit() and len(position) < 4 else -1
    taken = collecting.collect(found, offer=offer, position=place) if found else None
    if taken is None:
        return render(request, "portal/apply/collect.html", context, status=404)
    response = HttpResponse(taken.content, content_type=taken.media_type)
    response["Content-Disposition"] = content_disposition_header(True, taken.name) or ""
    return response
