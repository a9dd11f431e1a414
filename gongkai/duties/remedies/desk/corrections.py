"""更正经过的页面: one proposes, another looks at it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.agencies.access import Refusal
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.remedies import actions, presenters, queries
from gongkai.duties.remedies.actions.corrections import AGREEING, require_correctable, require_second_person
from gongkai.duties.remedies.desk.forms import CorrectionForm, OpinionForm
from gongkai.duties.remedies.desk.shared import KEEPERS, READERS, address, answered, form_page
from gongkai.duties.remedies.models import CaseEvent, ProposedCorrection


@powered(*KEEPERS)
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """提出更正."""
    person = person_of(request)
    event: CaseEvent = get_object_or_404(queries.events(person), public_id=public_id)
    require_correctable(event, event.file, by=person)
    form = CorrectionForm(event, request.POST or None)
    done = answered(
        request,
        form,
        lambda: actions.propose(event, by=person, **form.cleaned_data),
        done="已提出，等另一人复核；复核以前什么都不改。",
        to=address(event.file),
    )
    return done or form_page(
        request,
        form,
        title=f"更正：{event}",
        submit="提出更正",
        consequence="由另一人复核同意以后才更正；原来的登记、原因和两个人的姓名都会留下。",
        back=address(event.file),
    )


@powered(*READERS, *AGREEING, write=AGREEING)
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """复核更正."""
    person = person_of(request)
    proposal: ProposedCorrection = get_object_or_404(queries.corrections(person), public_id=public_id)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if "agree" in request.POST:
                actions.agree(proposal, by=person)
            else:
                actions.decline(proposal, opinion=form.cleaned_data["opinion"], by=person)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, "已更正，期限和结果已经重新算出。" if "agree" in request.POST else "没有更正。"
            )
            return redirect(address(proposal.event.file))
    context = {
        "title": f"复核更正：{proposal.event}",
        "proposal": proposal,
        "changes": _changes(proposal),
        "form": form,
        "closed": presenters.refusal_of(lambda: require_second_person(proposal, by=person)),
        "back": address(proposal.event.file),
    }
    return render(request, "remedies/correction.html", context, status=400 if form.errors else 200)


def _changes(proposal: ProposedCorrection) -> list[tuple[str, str, str]]:
    """改动: label, as it is, as it would be."""
    if proposal.is_cancellation:
        return [("这一条", str(proposal.event), "撤销")]
    event = proposal.event
    after = CaseEvent(file=event.file, kind=event.kind, decision=proposal.decision)
    found = [("结果", event.decision_label, after.decision_label)]
    for name in ("happened_on", "served_on", "until", "working_days"):
        label = str(ProposedCorrection._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        found.append((label, str(getattr(event, name) or ""), str(getattr(proposal, name) or "")))
    return [each for each in found if each[1] != each[2]]
