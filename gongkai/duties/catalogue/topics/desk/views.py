"""专题的页面: the list, one topic with its steps, the exact text under review, and its files."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.desk.downloads import as_download
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.catalogue.topics import actions, queries
from gongkai.duties.catalogue.topics.lifecycle import STEPS, Step
from gongkai.duties.catalogue.topics.models import Topic, TopicPage, TopicVersion
from gongkai.duties.catalogue.topics.rendering import desk_view, latest
from gongkai.gateways.files import desk_files
from gongkai.portal.addresses import public_address
from gongkai.virus_checks.queries import require_scanned

READERS = (Power.DRAFT_ITEMS, Power.REVIEW_CONFIDENTIALITY, Power.SIGN_ITEMS, Power.WITHDRAW_ITEMS)


@dataclass(frozen=True, slots=True)
class Line:
    """列表中的一行."""

    page: TopicPage
    state: str
    under_way: str


class WordsForm(DeskForm):
    """这一步要写的话."""

    words = forms.CharField(max_length=300)

    def __init__(self, step: Step, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["words"].label = step.asks.rstrip("*")
        self.fields["words"].required = step.asks.endswith("*")


@powered(*READERS)
def topics(request: HttpRequest) -> HttpResponse:
    """专题: all of the agency's, newest first."""
    person = person_of(request)
    lines = [_line(page) for page in queries.pages_of(person)]
    composes = _holds(person, Power.DRAFT_ITEMS)
    return render(request, "topics/list.html", {"title": "专题", "lines": lines, "composes": composes})


@powered(Power.DRAFT_ITEMS)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """新建专题: the editor opens below the agency's own index."""
    index = actions.open_index(by=person_of(request))
    return redirect("wagtailadmin_pages:add", "topics", "topicpage", index.pk)


@powered(*READERS)
def topic(request: HttpRequest, number: int) -> HttpResponse:
    """一个专题: where it stands, who did what, what may be done next."""
    person, page = _page(request, number)
    found = Topic.objects.filter(page=page).first()
    under_way = queries.version_under_way(page)
    faults = "" if under_way else _fault(page, person)
    context = {
        "title": page.title,
        "page": page,
        "topic": found,
        "public_address": public_address(found.receipt) if found else "",
        "under_way": under_way,
        "fault": faults,
        "versions": found.versions.select_related("author", "reviewer", "signatory") if found else (),
        "steps": [] if faults and not found else _steps(person, found, under_way),
        "composes": _holds(person, Power.DRAFT_ITEMS),
        "files": under_way.files if under_way else (),
    }
    return render(request, "topics/topic.html", context)


@powered(*READERS)
@xframe_options_sameorigin
def text(request: HttpRequest, number: int) -> HttpResponse:
    """送审的正文, or what was last saved when nothing is under review: exactly what would be published."""
    person, page = _page(request, number)
    under_way = queries.version_under_way(page)
    rendering = actions.kept(under_way) if under_way else latest(page, person.agency)
    return render(request, "topics/preview.html", {"rendering": rendering, "html": desk_view(rendering.html)})


@powered(*READERS)
def file(request: HttpRequest, key: str) -> HttpResponse:
    """素材 of one's own agency."""
    kept = queries.own_file(person_of(request), key)
    if kept is None:
        raise Http404
    require_scanned(kept.sha256)
    answer = HttpResponse(desk_files().read(kept.sha256), content_type=kept.media_type)
    if not kept.media_type.startswith("image/"):
        as_download(answer, kept.name)
    return answer


@powered(*READERS)
def step(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """办理一步, with the words it asks for."""
    person, page = _page(request, number)
    if name not in STEPS:
        raise Http404
    taken = STEPS[name]
    form = WordsForm(taken, request.POST or None) if taken.asks else None
    if request.method == "POST" and (form is None or form.is_valid()):
        words = form.cleaned_data["words"] if form else ""
        try:
            _take(name, page, person, words)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"已{taken.label}：《{page.title}》。")
        return redirect("topics:topic", number)
    context = {"title": taken.label, "step": taken, "page": page, "form": form}
    return render(request, "topics/step.html", context)


def _take(name: str, page: TopicPage, person: Person, words: str) -> None:
    if name == "submit":
        actions.submit(page, by=person, change_note=words)
        return
    of_topic: dict[str, Callable[[Topic], None]] = {
        "close": lambda topic: actions.close(topic, by=person),
        "archive": lambda topic: actions.archive(topic, by=person),
        "withdraw": lambda topic: actions.withdraw(topic, by=person, note=words),
    }
    of_version: dict[str, Callable[[TopicVersion], None]] = {
        "take_back": lambda version: actions.take_back(version, by=person),
        "pass": lambda version: actions.pass_review(version, by=person),
        "return": lambda version: actions.return_for_changes(version, by=person, opinion=words),
        "decline": lambda version: actions.decline(version, by=person, opinion=words),
        "sign": lambda version: actions.sign(version, by=person),
    }
    found = Topic.objects.filter(page=page).first()
    version = queries.version_under_way(page)
    if name in of_topic and found:
        of_topic[name](found)
    elif name in of_version and version:
        of_version[name](version)
    else:
        raise Refusal(
            f"不能{STEPS[name].label}：《{page.title}》没有可以{STEPS[name].label}的送审稿，请先送审。"
        )


def _steps(person: Person, found: Topic | None, under_way: TopicVersion | None) -> list[Step]:
    """What this person may do now."""
    state = found.state if found else Topic.State.DRAFT
    possible = []
    for each in STEPS.values():
        by_version = bool(under_way) and under_way.stage in each.from_stages if under_way else False
        by_state = state in each.from_states and not (each.name == "submit" and under_way)
        if (by_version or by_state) and _holds(person, each.power):
            possible.append(each)
    return possible


def _fault(page: TopicPage, person: Person) -> str:
    try:
        latest(page, person.agency)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _line(page: TopicPage) -> Line:
    found = Topic.objects.filter(page=page).first()
    under_way = queries.version_under_way(page)
    state = found.get_state_display() if found else Topic.State.DRAFT.label
    return Line(page, state, under_way.get_stage_display() if under_way else "")


def _page(request: HttpRequest, number: int) -> tuple[Person, TopicPage]:
    person = person_of(request)
    page = queries.own_page(person, number)
    if page is None:
        raise Http404
    return person, page


def _holds(person: Person, power: Power) -> bool:
    return bool(may(person, power, person.agency, on=timezone.localdate()))
