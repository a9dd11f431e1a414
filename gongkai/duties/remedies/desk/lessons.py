"""经验教训的页面."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Chip, Column, Register
from gongkai.duties.remedies import actions, queries
from gongkai.duties.remedies.actions.steps import require_file_keeper
from gongkai.duties.remedies.desk.forms import LessonForm
from gongkai.duties.remedies.desk.shared import (
    KEEPERS,
    READERS,
    address,
    answered,
    confirm_page,
    file_of,
    form_page,
)
from gongkai.duties.remedies.models import Lesson
from gongkai.registers.desk.forms import ReasonForm


@powered(*READERS)
def listing(request: HttpRequest) -> HttpResponse:
    """经验教训."""
    screen = Register(
        title="经验教训",
        records=queries.lessons(person_of(request)),
        columns=[
            Column("类别", "get_category_display"),
            Column("教训", "text"),
            Column("改了什么", "changed"),
            Column("案件", lambda lesson: str(lesson.file), link=lambda lesson: address(lesson.file)),
            Column("填写人", "by.name"),
            Column("填写日期", lambda lesson: timezone.localdate(lesson.recorded_at)),
        ],
        order=("-pk",),
        chips=[
            Chip("open", "还没有改", Q(changed="")),
            *(Chip(value, label, Q(category=value)) for value, label in Lesson.Category.choices),
        ],
        search=_search,
        search_hint="教训、改了什么",
        empty="还没有经验教训。结果为纠正的案件，在案卷里写。",
    )
    context = {"register": screen.page(request.GET), "keeps": False}
    return render(request, "remedies/files.html", context)


def _search(found: QuerySet[Any], words: str) -> QuerySet[Any]:
    return found.filter(Q(text__contains=words) | Q(changed__contains=words))


@powered(*KEEPERS)
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """写一条."""
    person, file = person_of(request), file_of(request, public_id)
    require_file_keeper(file, by=person)
    form = LessonForm(request.POST or None)
    done = answered(
        request,
        form,
        lambda: actions.add_lesson(file, by=person, **form.cleaned_data),
        done="已写入。",
        to=address(file),
    )
    return done or form_page(
        request,
        form,
        title=f"经验教训：{file}",
        submit="写入",
        consequence="在案卷、所涉申请和经验教训清单里显示。",
        back=address(file),
    )


@powered(*KEEPERS)
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """撤回一条."""
    person = person_of(request)
    lesson: Lesson = get_object_or_404(queries.lessons(person), public_id=public_id)
    require_file_keeper(lesson.file, by=person)
    form = ReasonForm(request.POST or None)
    done = answered(
        request,
        form,
        lambda: actions.take_back_lesson(lesson, reason=form.cleaned_data["reason"], by=person),
        done="已撤回。",
        to=reverse("remedies:lessons"),
    )
    return done or confirm_page(
        request,
        form,
        title="撤回经验教训",
        submit="撤回",
        consequences=["不再显示；内容和原因保留。"],
        back=address(lesson.file),
        danger=True,
    )
