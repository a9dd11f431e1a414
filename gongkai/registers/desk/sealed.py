"""查看加密内容. One sealed field of one record, shown once to whoever may read it and says why."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.registers import actions
from gongkai.registers.description import Register
from gongkai.registers.desk.forms import ReasonForm
from gongkai.registers.desk.screens import address, entry_of
from gongkai.sealing.fields import SealedRecord, SealedText


@powered(Power.READ_APPLICANTS)
def reveal(request: HttpRequest, public_id: str, name: str, *, register: Register) -> HttpResponse:
    """一栏登记."""
    entry = entry_of(request, register, public_id)
    if name not in sealed_names(register) or not isinstance(entry, SealedRecord):
        raise Http404
    back = address(register, "record", public_id)
    return show_once(request, entry, name, of=entry, label=register.label_of(name), back=back)


def show_once(
    request: HttpRequest, record: SealedRecord, name: str, *, of: object, label: str, back: str
) -> HttpResponse:
    """写明原因，查看一次. The text stands on the answer to the form alone: it is at no address and in no cache."""
    if not getattr(record, name):
        raise Refusal(f"没有可查看的内容：登记时没有填写“{label}”。")
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = "写明办理什么事项要用，如“制作答复书，核对收件人”。"
    context: dict[str, Any] = {"title": f"查看{label}：{of}", "back": back}
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            plain = actions.reveal(record, name, reason=reason, by=person_of(request))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            context |= {"label": label, "plain": plain, "reason": reason}
            return render(request, "registers/revealed.html", context)
    context |= {
        "form": form,
        "consequences": [
            f"“{label}”只显示这一次；离开后再看，要重新写明原因。",
            "查看人、时间、记录、栏目和原因记入审计记录，不能删除。",
        ],
        "submit_label": "查看",
    }
    return render(request, "desk/confirm.html", context, status=400 if form.errors else 200)


def sealed_names(register: Register) -> frozenset[str]:
    """The columns of this register that are kept sealed."""
    return frozenset(
        each.name for each in register.model._meta.concrete_fields if isinstance(each, SealedText)
    )
