"""立卷、分办、更正登记事项、作废、重新办理的页面."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.remedies import actions
from gongkai.duties.remedies.actions.case_files import require_handled_again
from gongkai.duties.remedies.actions.steps import require_file_keeper
from gongkai.duties.remedies.desk.forms import (
    AssignForm,
    LitigationForm,
    ParticularsForm,
    ReconsiderationForm,
    TakeOverForm,
)
from gongkai.duties.remedies.desk.shared import (
    KEEPERS,
    address,
    answered,
    confirm_page,
    file_of,
    form_page,
)
from gongkai.duties.remedies.models import CaseFile, Litigation, Reconsideration
from gongkai.registers.actions import require_standing
from gongkai.registers.desk.forms import ReasonForm
from gongkai.rules.explanation import day_text

_CONSEQUENCE = "同时登入台账，按受理（立案）日期计入年报表四；日期和结果以后由案卷的经过算出。"
_TRACKS: dict[str, type[Reconsideration] | type[Litigation]] = {
    "reconsideration": Reconsideration,
    "litigation": Litigation,
}


@powered(*KEEPERS)
def open_reconsideration(request: HttpRequest) -> HttpResponse:
    """立复议案卷."""
    person = person_of(request)
    form = ReconsiderationForm(person.agency, request.POST or None)
    opened: list[CaseFile] = []
    done = answered(
        request,
        form,
        lambda: opened.append(actions.open_reconsideration(by=person, **form.cleaned_data)),
        done="已立卷。收到申请书副本的，接着登记收到的日期。",
        to=lambda: address(opened[0]),
    )
    return done or form_page(
        request,
        form,
        title="立复议案卷",
        submit="立卷",
        consequence=_CONSEQUENCE,
        back=reverse("remedies:files"),
    )


@powered(*KEEPERS)
def open_litigation(request: HttpRequest) -> HttpResponse:
    """立诉讼案卷."""
    person = person_of(request)
    form = LitigationForm(person.agency, request.POST or None)
    opened: list[CaseFile] = []
    done = answered(
        request,
        form,
        lambda: opened.append(actions.open_litigation(by=person, **form.cleaned_data)),
        done="已立卷。收到起诉状副本的，接着登记收到的日期。",
        to=lambda: address(opened[0]),
    )
    return done or form_page(
        request,
        form,
        title="立诉讼案卷",
        submit="立卷",
        consequence=_CONSEQUENCE,
        back=reverse("remedies:files"),
    )


@powered(*KEEPERS)
def take_over(request: HttpRequest, track: str, public_id: str) -> HttpResponse:
    """为台账里的一件立卷."""
    person = person_of(request)
    entry = _entry(request, track, public_id)
    require_standing(entry, by=person, to_do="立卷")
    form = TakeOverForm(entry, request.POST if request.method == "POST" else None)
    opened: list[CaseFile] = []
    done = answered(
        request,
        form,
        lambda: opened.append(actions.take_over(entry, by=person, **form.cleaned_data)),
        done="已立卷，计入年报的数字没有变化。",
        to=lambda: address(opened[0]),
    )
    book = "reconsiderations" if track == "reconsideration" else "litigation"
    return done or confirm_page(
        request,
        form,
        title=f"立卷：{entry}",
        submit="立卷",
        consequences=[
            "台账里的日期和结果成为案卷最初的经过，计入年报的数字不变。",
            "立卷以后，日期和结果在案卷里登记和更正，台账里不能直接改。",
        ],
        back=reverse("registers:record", args=[book, public_id]),
    )


@powered(*KEEPERS)
def of_reconsideration(request: HttpRequest, public_id: str) -> HttpResponse:
    """台账里的一件复议: to its file, or to opening one."""
    return _to_file(request, "reconsideration", public_id)


@powered(*KEEPERS)
def of_litigation(request: HttpRequest, public_id: str) -> HttpResponse:
    """台账里的一件诉讼: to its file, or to opening one."""
    return _to_file(request, "litigation", public_id)


def _to_file(request: HttpRequest, track: str, public_id: str) -> HttpResponse:
    entry = _entry(request, track, public_id)
    file = CaseFile.objects.filter(**{track: entry}).first()
    return redirect(address(file) if file else reverse("remedies:take_over", args=[track, public_id]))


def _entry(request: HttpRequest, track: str, public_id: str) -> Reconsideration | Litigation:
    """The register's record, if it is of the person's agency."""
    if track not in _TRACKS:
        raise Http404
    found: Any = get_object_or_404(
        _TRACKS[track].objects.select_related("agency", "section"),
        agency=person_of(request).agency,
        public_id=public_id,
    )
    return found  # type: ignore[no-any-return]


@powered(*KEEPERS)
def assign(request: HttpRequest, public_id: str) -> HttpResponse:
    """分办."""
    person, file = person_of(request), file_of(request, public_id)
    require_file_keeper(file, by=person)
    form = AssignForm(file.agency, request.POST or None, initial={"handler": file.handler_id})
    done = answered(
        request,
        form,
        lambda: actions.assign(file, to=form.cleaned_data["handler"], by=person),
        done="已分办。",
        to=address(file),
    )
    return done or form_page(
        request,
        form,
        title=f"分办：{file}",
        submit="分办",
        consequence="期限到期前提醒承办人，也列在他的待办里。",
        back=address(file),
    )


@powered(*KEEPERS)
def particulars(request: HttpRequest, public_id: str) -> HttpResponse:
    """更正登记事项."""
    person, file = person_of(request), file_of(request, public_id)
    require_file_keeper(file, by=person)
    form = ParticularsForm(file, request.POST or None)

    def act() -> None:
        given = dict(form.cleaned_data)
        reason, place = given.pop("reason"), given.pop("place")
        given["body" if file.track == "reconsideration" else "court"] = place
        actions.change_particulars(file, changes=given, reason=reason, by=person)

    done = answered(request, form, act, done="已更正。", to=address(file))
    return done or form_page(
        request,
        form,
        title=f"更正登记事项：{file}",
        submit="更正",
        consequence="原来的内容、原因和办理人都会留下。日期和结果有误的，更正相应的经过。",
        back=address(file),
    )


@powered(*KEEPERS)
def void(request: HttpRequest, public_id: str) -> HttpResponse:
    """作废案卷."""
    person, file = person_of(request), file_of(request, public_id)
    require_file_keeper(file, by=person)
    form = ReasonForm(request.POST or None)
    done = answered(
        request,
        form,
        lambda: actions.void_file(file, reason=form.cleaned_data["reason"], by=person),
        done="已作废。",
        to=address(file),
    )
    return done or confirm_page(
        request,
        form,
        title=f"作废：{file}",
        submit="作废",
        consequences=["案卷和台账里的这一条一起作废，不再计入年报。", "仍然可以查到，不能恢复。"],
        back=address(file),
        danger=True,
    )


@powered(*KEEPERS)
def handle_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """重新办理."""
    person, file = person_of(request), file_of(request, public_id)
    require_handled_again(file, by=person)
    form = AssignForm(file.agency, request.POST if request.method == "POST" else None)
    del form.fields["handler"]
    done = answered(
        request,
        form,
        lambda: actions.handle_again(file, by=person),
        done="已重新办理：新的申请已经登记，期限从决定、裁判生效之日起算。",
        to=address(file),
    )
    entry = file.entry
    assert entry.application is not None  # noqa: S101 — require_handled_again
    assert file.effective_on is not None  # noqa: S101 — require_handled_again
    return done or confirm_page(
        request,
        form,
        title=f"重新办理：申请{entry.application.register_number}",
        submit="重新办理",
        consequences=[
            f"登记一件新的申请，申请人和申请内容照原申请，收到日期为{day_text(file.effective_on)}（决定、裁判生效之日）。",
            "原申请保持已办结，原来的结果不变；新的申请计入收到年份的年报表三（待核）。",
            "决定、裁判写明了履行期限的，以案卷里的履行期限为准。",
        ],
        back=address(file),
    )
