"""归档、取出、暂缓销毁的页面."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.desk.downloads import download
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.applications.archive import actions, retention
from gongkai.duties.applications.archive.models import Bundle, Disposal, Hold
from gongkai.duties.applications.desk.case import case_of
from gongkai.duties.applications.models import Application
from gongkai.registers.desk.forms import ReasonForm
from gongkai.rules.personal_information.retention import IDENTITY_PROOF


@powered(Power.READ_REGISTERS, Power.KEEP_REGISTERS)
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    """一件申请的案卷."""
    found = case_of(person_of(request), public_id)
    bundles = list(found.bundles.select_related("by"))
    context = {
        "title": f"归档：申请{found.register_number}",
        "case": found,
        "bundles": bundles,
        "holds": found.holds.select_related("by", "lifted_by"),
        "held": any(each.lifted_at is None and not each.source for each in found.holds.all()),
        "disposals": Disposal.objects.filter(application=found),
        "rule": IDENTITY_PROOF,
        "is_closed": found.status == Application.Status.CLOSED,
        "may_put_together": found.status == Application.Status.CLOSED
        and not any(
            each.case_version == found.version and each.state != Bundle.State.FAILED for each in bundles
        ),
    }
    return render(request, "application_archive/case.html", context)


@require_POST
@powered(Power.KEEP_REGISTERS)
def put_together(request: HttpRequest, public_id: str) -> HttpResponse:
    """归档."""
    found = case_of(person_of(request), public_id)
    actions.put_together(found, by=person_of(request))
    messages.success(request, "已交后台制作案卷，过一会儿刷新本页查看。")
    return redirect(_back(found))


@powered(Power.KEEP_REGISTERS)
def hold(request: HttpRequest, public_id: str) -> HttpResponse:
    """暂缓销毁."""
    found = case_of(person_of(request), public_id)
    return _with_reason(
        request,
        found,
        title=f"暂缓销毁：申请{found.register_number}",
        consequences=["在解除以前，这件申请的任何材料都不销毁。"],
        label="暂缓销毁",
        act=lambda reason: retention.hold(found, reason=reason, by=person_of(request)),
    )


@powered(Power.KEEP_REGISTERS)
def lift(request: HttpRequest, public_id: str) -> HttpResponse:
    """解除暂缓销毁."""
    standing = get_object_or_404(
        Hold.objects.select_related("application"), agency=person_of(request).agency, public_id=public_id
    )
    return _with_reason(
        request,
        standing.application,
        title=f"解除暂缓销毁：申请{standing.application.register_number}",
        consequences=["解除以后，到期的身份证明当晚销毁，不能恢复。"],
        label="解除",
        act=lambda reason: retention.lift(standing, reason=reason, by=person_of(request)),
    )


@powered(Power.READ_APPLICANTS)
def read(request: HttpRequest, public_id: str) -> HttpResponse:
    """写明原因，取出案卷."""
    bundle = get_object_or_404(
        Bundle.objects.select_related("application"), agency=person_of(request).agency, public_id=public_id
    )
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = "写明办理什么事项要用，如“行政复议举证，核对经过”。"
    if request.method == "POST" and form.is_valid():
        try:
            content = actions.read(bundle, reason=form.cleaned_data["reason"], by=person_of(request))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return download(f"案卷{bundle.application.register_number}.pdf", content, "application/pdf")
    context = {
        "title": f"取出案卷：申请{bundle.application.register_number}",
        "form": form,
        "consequences": ["案卷里有申请人的个人信息。取出人、时间、原因记入审计记录，不能删除。"],
        "submit_label": "取出",
        "back": _back(bundle.application),
    }
    return render(request, "desk/confirm.html", context)


def _with_reason(
    request: HttpRequest,
    found: Application,
    *,
    title: str,
    consequences: list[str],
    label: str,
    act: Callable[[str], object],
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = "写明依据，如“审计调阅这份案卷”。"
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已{label}。")
            return redirect(_back(found))
    context = {
        "title": title,
        "form": form,
        "consequences": consequences,
        "submit_label": label,
        "back": _back(found),
    }
    return render(request, "desk/confirm.html", context)


def _back(found: Application) -> str:
    return reverse("application_archive:case", args=[found.public_id])
