"""安全管理：人员. The list of people, one person's page, and what can be done with an account."""

from axes.conf import settings as axes_settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies import queries, second_factor
from gongkai.agencies.access import Refusal
from gongkai.agencies.actions.one_time_links import issue_one_time_link
from gongkai.agencies.actions.people import (
    add_person,
    change_person,
    disable_person,
    enable_person,
    unlock_person,
)
from gongkai.agencies.actions.posts import appoint, end_tenure
from gongkai.agencies.desk.security_forms import LastDay, PersonForm, Reason, TenureForm
from gongkai.agencies.models import OneTimeLink, Person
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Chip, Column, Register

# 账号的三种办理：做什么、按钮上的字、办了以后会怎样。
_ACCOUNT_ACTS = {
    "disable": (disable_person, "停用账号", "停用后立即退出，不能再登录；经办的记录不受影响。"),
    "enable": (enable_person, "启用账号", "启用后可以用原来的口令和验证器登录。"),
    "unlock": (unlock_person, "解除登录锁定", "清除登录失败记录，可以立即重新登录。"),
}
_LINKS = {
    OneTimeLink.Purpose.INVITATION: "首次登录链接",
    OneTimeLink.Purpose.PASSWORD: "重设口令链接",
    OneTimeLink.Purpose.SECOND_FACTOR: "重新绑定验证器链接",
}


@powered(Power.MANAGE_SECURITY)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """人员."""
    by = person_of(request)
    locked = queries.locked_names(visible_to=by, limit=axes_settings.AXES_FAILURE_LIMIT)
    register = Register(
        title="人员",
        records=queries.people(visible_to=by),
        columns=(
            Column("姓名", "name", link=_page_of),
            Column("登录名", "username"),
            Column("科室", "section.name"),
            Column("管理员身份", "get_administrator_display"),
            Column(
                "状态",
                lambda person: (
                    "锁定" if person.username in locked else "启用" if person.is_active else "停用"
                ),
            ),
            Column("最近使用", "last_seen_at"),
        ),
        order=("name", "pk"),
        chips=(
            Chip("active", "启用", Q(is_active=True)),
            Chip("disabled", "停用", Q(is_active=False)),
            Chip("locked", "登录锁定", Q(username__in=locked)),
            Chip("administrators", "管理员", ~Q(administrator="")),
        ),
        search=queries.people_like,
        search_hint="姓名或者登录名的开头",
        add_url=reverse("agencies:add_person"),
        add_label="新增人员",
        empty="还没有人员。新增后，把首次登录链接交给本人。",
    )
    return render(request, "desk/register.html", {"register": register.page(request.GET)})


@powered(Power.MANAGE_SECURITY)
@require_GET
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """一名人员."""
    by = person_of(request)
    whose = get_object_or_404(queries.people(visible_to=by), public_id=public_id)
    locked = whose.username in queries.locked_names(visible_to=by, limit=axes_settings.AXES_FAILURE_LIMIT)
    context = {
        "title": whose.name,
        "whose": whose,
        "locked": locked,
        "bound": second_factor.is_bound(whose),
        "tenures": queries.tenures(visible_to=by).filter(person=whose),
        "links": [(purpose.value, label) for purpose, label in _LINKS.items()],
        "today": timezone.localdate(),
    }
    return render(request, "agencies/person.html", context)


@powered(Power.MANAGE_SECURITY, fresh=True)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """新增人员."""
    by = person_of(request)
    form = PersonForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        try:
            added = add_person(**form.cleaned_data, by=by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已新增{added.name}。请签发首次登录链接，交给本人。")
            return redirect("agencies:person", added.public_id)
    return _form(request, "新增人员", form, back=reverse("agencies:people"))


@powered(Power.MANAGE_SECURITY, fresh=True)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """修改人员资料."""
    by = person_of(request)
    whose = get_object_or_404(queries.people(visible_to=by), public_id=public_id)
    initial = {"name": whose.name, "section": whose.section, "email": whose.email}
    form = PersonForm(request.POST or None, by=by, person=whose, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_person(whose, **form.cleaned_data, by=by)
        messages.success(request, "已保存。")
        return redirect("agencies:person", public_id)
    return _form(request, f"修改资料：{whose.name}", form, back=_page_of(whose))


@powered(Power.MANAGE_SECURITY, fresh=True)
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """停用、启用、解除锁定, each with a reason."""
    by = person_of(request)
    whose = get_object_or_404(queries.people(visible_to=by), public_id=public_id)
    do, label, consequence = _ACCOUNT_ACTS[act]
    form = Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            do(whose, reason=form.cleaned_data["reason"], by=by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已办理：{label}（{whose.name}）。")
            return redirect("agencies:person", public_id)
    context = {
        "title": f"{label}：{whose.name}",
        "consequences": [consequence],
        "form": form,
        "submit_label": label,
        "danger": act == "disable",
        "back": _page_of(whose),
    }
    return render(request, "desk/confirm.html", context)


@powered(Power.MANAGE_SECURITY, fresh=True)
@require_POST
def issue_link(request: HttpRequest, public_id: str, purpose: str) -> HttpResponse:
    """签发一次性链接. Shown once, on the answer itself: it is in no list and in no log."""
    by = person_of(request)
    whose = get_object_or_404(queries.people(visible_to=by), public_id=public_id)
    chosen = OneTimeLink.Purpose(purpose)
    address = issue_one_time_link(whose, purpose=chosen, by=by)
    context = {"title": f"{_LINKS[chosen]}：{whose.name}", "address": address, "whose": whose}
    return render(request, "agencies/issued_link.html", context)


@powered(Power.MANAGE_SECURITY, fresh=True)
@require_http_methods(["GET", "POST"])
def add_tenure(request: HttpRequest, public_id: str) -> HttpResponse:
    """任职."""
    by = person_of(request)
    whose = get_object_or_404(queries.people(visible_to=by), public_id=public_id)
    form = TenureForm(request.POST or None, by=by, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            appoint(whose, **form.cleaned_data, by=by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{whose.name}的任职已登记，下一次操作起生效。")
            return redirect("agencies:person", public_id)
    return _form(request, f"任职：{whose.name}", form, back=_page_of(whose))


@powered(Power.MANAGE_SECURITY, fresh=True)
@require_http_methods(["GET", "POST"])
def finish_tenure(request: HttpRequest, public_id: str) -> HttpResponse:
    """免去任职."""
    by = person_of(request)
    tenure = get_object_or_404(queries.tenures(visible_to=by), public_id=public_id)
    form = LastDay(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_tenure(tenure, to_on=form.cleaned_data["to_on"], by=by)
        except Refusal as refusal:
            form.add_error("to_on", str(refusal))
        else:
            messages.success(request, f"{tenure.person.name}的任职已登记止日。")
            return redirect("agencies:person", tenure.person.public_id)
    title = f"免去任职：{tenure.person.name}，{tenure.post.name}"
    return _form(
        request, title, form, back=_page_of(tenure.person), consequence="过了最后一天，职权自动失去。"
    )


def _form(
    request: HttpRequest, title: str, form: object, *, back: str, consequence: str = ""
) -> HttpResponse:
    return render(
        request, "desk/form.html", {"title": title, "form": form, "back": back, "consequence": consequence}
    )


def _page_of(whose: Person) -> str:
    return reverse("agencies:person", args=[whose.public_id])
