"""安全管理：科室、岗位、授权. Who may do what is decided here and nowhere else."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies import queries
from gongkai.agencies.access import Refusal
from gongkai.agencies.actions.posts import delegate, end_delegation, save_post, save_section
from gongkai.agencies.desk.security_forms import DelegationForm, LastDay, PostForm, SectionForm
from gongkai.agencies.models import Post
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.desk.register import Chip, Column, Register


@powered(Power.MANAGE_SECURITY)
@require_GET
def sections(request: HttpRequest) -> HttpResponse:
    """科室."""
    register = Register(
        title="科室",
        records=queries.sections(visible_to=person_of(request)),
        columns=(
            Column("次序", "position", numeric=True),
            Column(
                "名称", "name", link=lambda section: reverse("agencies:section", args=[section.public_id])
            ),
            Column("分工", "duties"),
        ),
        order=("position", "pk"),
        add_url=reverse("agencies:add_section"),
        add_label="新增科室",
        empty="还没有科室。先新增科室，再把人员和岗位归进来。",
    )
    return render(request, "desk/register.html", {"register": register.page(request.GET)})


@powered(Power.MANAGE_SECURITY)
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """新增或修改科室."""
    by = person_of(request)
    found = get_object_or_404(queries.sections(visible_to=by), public_id=public_id) if public_id else None
    initial = {"name": found.name, "duties": found.duties, "position": found.position} if found else None
    form = SectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_section(found, **form.cleaned_data, by=by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{saved.name}”已保存。")
            return redirect("agencies:sections")
    title = f"修改科室：{found.name}" if found else "新增科室"
    context = {"title": title, "form": form, "back": reverse("agencies:sections")}
    return render(request, "desk/form.html", context)


@powered(Power.MANAGE_SECURITY)
@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """岗位."""
    register = Register(
        title="岗位",
        records=queries.posts(visible_to=person_of(request), on=timezone.localdate()),
        columns=(
            Column("名称", "name", link=lambda post: reverse("agencies:post", args=[post.public_id])),
            Column("科室", "section.name"),
            Column("职权", _powers_of),
            Column("现任", lambda post: "、".join(tenure.person.name for tenure in post.held_now)),
        ),
        order=("name", "pk"),
        add_url=reverse("agencies:add_post"),
        add_label="新增岗位",
        empty="还没有岗位。职权配给岗位，人员任职后才有职权。",
    )
    return render(request, "desk/register.html", {"register": register.page(request.GET)})


@powered(Power.MANAGE_SECURITY, fresh=True)
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """新增或修改岗位."""
    by = person_of(request)
    every = queries.posts(visible_to=by, on=timezone.localdate())
    found = get_object_or_404(every, public_id=public_id) if public_id else None
    initial = (
        {"name": found.name, "section": found.section, "powers": [each.power for each in found.powers.all()]}
        if found
        else None
    )
    form = PostForm(request.POST or None, by=by, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            saved = save_post(
                found, name=given["name"], section=given["section"], powers=form.chosen(), by=by
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{saved.name}”已保存，任职人员下一次操作起按新的职权。")
            return redirect("agencies:posts")
    title = f"修改岗位：{found.name}" if found else "新增岗位"
    return render(
        request, "desk/form.html", {"title": title, "form": form, "back": reverse("agencies:posts")}
    )


@powered(Power.MANAGE_SECURITY)
@require_GET
def delegations(request: HttpRequest) -> HttpResponse:
    """授权."""
    today = timezone.localdate()
    register = Register(
        title="授权",
        records=queries.delegations(visible_to=person_of(request)),
        columns=(
            Column("授权人", "holder.name"),
            Column("职权", "get_power_display"),
            Column("被授权人", "delegate.name"),
            Column("起", "from_on"),
            Column(
                "止", "to_on", link=lambda lent: reverse("agencies:end_delegation", args=[lent.public_id])
            ),
            Column("事由", "reason"),
        ),
        order=("-from_on", "-pk"),
        chips=(
            Chip("now", "今天有效", Q(from_on__lte=today, to_on__gte=today)),
            Chip("past", "已经结束", Q(to_on__lt=today)),
        ),
        add_url=reverse("agencies:add_delegation"),
        add_label="新增授权",
        empty="还没有授权。有人出差、请假时，可以把他的一项职权授给同事一段时间。",
    )
    return render(request, "desk/register.html", {"register": register.page(request.GET)})


@powered(Power.MANAGE_SECURITY, fresh=True)
@require_http_methods(["GET", "POST"])
def add_delegation(request: HttpRequest) -> HttpResponse:
    """新增授权."""
    by = person_of(request)
    form = DelegationForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data}
        try:
            delegate(Power(given.pop("power")), **given, by=by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "授权已登记。")
            return redirect("agencies:delegations")
    context = {
        "title": "新增授权",
        "form": form,
        "back": reverse("agencies:delegations"),
        "consequence": "只在起止日之间有效；授权人当天没有这项岗位职权时，授权也随之无效。",
    }
    return render(request, "desk/form.html", context)


@powered(Power.MANAGE_SECURITY, fresh=True)
@require_http_methods(["GET", "POST"])
def finish_delegation(request: HttpRequest, public_id: str) -> HttpResponse:
    """提前结束授权."""
    by = person_of(request)
    lent = get_object_or_404(queries.delegations(visible_to=by), public_id=public_id)
    form = LastDay(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_delegation(lent, to_on=form.cleaned_data["to_on"], by=by)
        except Refusal as refusal:
            form.add_error("to_on", str(refusal))
        else:
            messages.success(request, "授权已登记结束。")
            return redirect("agencies:delegations")
    title = f"结束授权：{lent.holder.name}授给{lent.delegate.name}的“{lent.get_power_display()}”"
    return render(
        request, "desk/form.html", {"title": title, "form": form, "back": reverse("agencies:delegations")}
    )


def _powers_of(post: Post) -> str:
    return "、".join(sorted(each.get_power_display() for each in post.powers.all()))
