"""登记经过的页面."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Person
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.remedies import actions, presenters
from gongkai.duties.remedies.actions.steps import require_open
from gongkai.duties.remedies.desk.forms import StepForm, offered
from gongkai.duties.remedies.desk.shared import KEEPERS, address, answered, file_of, form_page
from gongkai.duties.remedies.models import CaseFile
from gongkai.rules.remedy_cases.events import Kind, Track


@powered(*KEEPERS)
def step(request: HttpRequest, public_id: str) -> HttpResponse:
    """登记经过: which step, then what that step asks for."""
    person, file = person_of(request), file_of(request, public_id)
    require_open(file, by=person)
    kind = _kind(request.GET.get("kind", ""), file)
    if kind is None:
        return _choose(request, file)
    form = StepForm(file, kind, request.POST or None)
    done = answered(
        request,
        form,
        lambda: _enter(file, kind, form, person),
        done="已登记，期限和状态已经重新算出。",
        to=address(file),
    )
    return done or form_page(
        request,
        form,
        title=f"{kind.name_on(Track(file.track))}：{file.entry.case_number}",
        submit="登记",
        consequence="状态、期限和结果由登记的经过算出；登记后不能直接修改，更正要由另一人复核。",
        back=address(file),
    )


def _enter(file: CaseFile, kind: Kind, form: StepForm, person: Person) -> None:
    given = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
    actions.enter_step(file, kind, by=person, **given)


def _choose(request: HttpRequest, file: CaseFile) -> HttpResponse:
    context = {
        "title": f"登记经过：{file}",
        "file": file,
        "acts": presenters.acts(file, today=timezone.localdate()),
        "back": address(file),
    }
    return render(request, "remedies/steps.html", context)


def _kind(key: str, file: CaseFile) -> Kind | None:
    if not key:
        return None
    found = next((kind for kind in offered(Track(file.track)) if kind.value == key), None)
    if found is None:
        raise Refusal("没有这一步，请从列表中选择。")
    return found
