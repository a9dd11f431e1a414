"""登录. Password, second factor, then the desk; one answer for every failure (AUTH-03)."""

from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies import second_factor
from gongkai.agencies.access import Refusal
from gongkai.agencies.actions.one_time_links import open_link, use_one_time_link
from gongkai.agencies.actions.passwords import has_expired, set_password
from gongkai.agencies.actions.sign_in import disable_if_unused, leave, note_failure
from gongkai.agencies.desk import pending
from gongkai.agencies.desk.forms import Code, Enrol, LogIn, NewPassword
from gongkai.agencies.desk.qr import qr_address
from gongkai.agencies.models import OneTimeLink, Person
from gongkai.desk import sessions
from gongkai.desk.gatekeeping import for_anyone, for_staff

# The same words for an unknown name, a wrong password, a locked and a disabled account.
WRONG = (
    "登录名或者口令不对，或者登录失败次数过多暂时不能登录。请核对后再试；15分钟后仍不行，请联系安全管理员。"
)
_WRONG_CODE = "验证码不对、已经用过，或者失败次数过多。请等验证器换一个新的数字再填。"
_STEPS_OF = {
    OneTimeLink.Purpose.INVITATION: (pending.PASSWORD, pending.ENROL),
    OneTimeLink.Purpose.PASSWORD: (pending.PASSWORD,),
    OneTimeLink.Purpose.SECOND_FACTOR: (pending.ENROL,),
}


@for_anyone
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """登录第一步：登录名和口令."""
    if isinstance(request.user, Person):
        return redirect("desk:home")
    form = LogIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = _checked(request, form.cleaned_data)
        if person:
            return _after_password(request, person)
        form.add_error(None, WRONG)
    return _page(request, "登录", form, submit="下一步")


@for_anyone
@require_http_methods(["GET", "POST"])
def factor(request: HttpRequest) -> HttpResponse:
    """登录第二步：验证码."""
    stage = pending.read(request, step=pending.FACTOR)
    person = stage.who() if stage else None
    if not stage or not person:
        return redirect("agencies:log_in")
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        how = _accepted(request, person, form.cleaned_data["code"])
        if how:
            return _next(request, person, pending.step_done(request, stage, how=how))
        form.add_error("code", _WRONG_CODE)
    return _page(request, "验证身份", form, submit="登录")


@for_staff
@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """再次验证: before an account, a role or a factor is changed (AUTH-10). Wrong codes count as at log-in."""
    if not isinstance(request.user, Person):
        return redirect("agencies:log_in")
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _accepted(request, request.user, form.cleaned_data["code"]):
            sessions.prove(request)
            address = request.GET.get("next", "")
            safe = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
            return redirect(address if safe else reverse("desk:home"))
        form.add_error("code", _WRONG_CODE)
    return _page(request, "再次验证身份", form, submit="继续")


@for_anyone
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """设置新口令: after an invitation or a reset link, or because the old one has expired."""
    stage = pending.read(request, step=pending.PASSWORD)
    person = stage.who() if stage else None
    if not stage or not person:
        return redirect("agencies:log_in")
    form = NewPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_password(person, form.cleaned_data["password"], by=person)
        except ValidationError as error:
            form.add_error("password", error)
        else:
            return _next(request, person, pending.step_done(request, stage))
    return _page(request, "设置口令", form, submit="保存口令")


@for_anyone
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """绑定验证器: the secret as a picture and in letters, then a code to show that it arrived."""
    stage = pending.read(request, step=pending.ENROL)
    person = stage.who() if stage else None
    if not stage or not person:
        return redirect("agencies:log_in")
    secret = request.session.get("enrolling") or second_factor.Enrolment.new().secret
    request.session["enrolling"] = secret
    enrolment = second_factor.Enrolment(secret)
    form = Enrol(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = second_factor.bind(person, enrolment, form.cleaned_data["code"], by=person)
        if codes:
            sessions.begin(request, person, how="enrolled")
            return render(request, "desk/log_in/recovery_codes.html", {"title": "恢复码", "codes": codes})
        form.add_error("code", "数字不对。请确认手机时间准确，等换一个新的数字再填。")
    address = enrolment.address(person)
    return _page(
        request,
        "绑定验证器",
        form,
        submit="绑定",
        template="enrol.html",
        secret=secret,
        qr=qr_address(address),
    )


@for_anyone
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """一次性链接. Opening it only shows what it is for; the button uses it (WEB-03)."""
    try:
        found = open_link(token) if request.method == "GET" else use_one_time_link(token)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("agencies:log_in")
    if request.method == "GET":
        words = {"title": found.get_purpose_display(), "whose": found.person, "purpose": found.purpose}
        return render(request, "desk/log_in/link.html", words)
    if found.purpose == OneTimeLink.Purpose.DEMO:
        # AUTH-05's one exception: in demo mode, on loopback only, the link is both factors.
        sessions.begin(request, found.person, how="demo_link")
        return redirect("desk:home")
    if found.purpose == OneTimeLink.Purpose.SECOND_FACTOR:
        request.session.flush()
        request.session["may_enrol"] = found.person.public_id
        messages.info(request, "请先用登录名和口令登录，然后绑定新的验证器。")
        return redirect("agencies:log_in")
    opens_desk = found.purpose == OneTimeLink.Purpose.INVITATION
    steps = _STEPS_OF[OneTimeLink.Purpose(found.purpose)]
    stage = pending.begin(request, found.person, steps=steps, how="link", opens_desk=opens_desk)
    return _next(request, found.person, stage)


@for_staff
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """退出. The server forgets the session, the browser is told to forget the pages (SES-03, SES-06)."""
    if isinstance(request.user, Person):
        leave(request.user)
    logout(request)
    messages.success(request, "已经退出。")
    response = redirect("agencies:log_in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@for_staff
@require_GET
def own_account(request: HttpRequest) -> HttpResponse:
    """我的账号: what the system keeps about the person who looks."""
    return render(request, "desk/log_in/own_account.html", {"title": "我的账号"})


def _checked(request: HttpRequest, given: dict[str, str]) -> Person | None:
    """The person of this name and password, or None; every way to None takes one hashing (AUTH-03)."""
    person = authenticate(request, username=given["username"], password=given["password"])
    if person is None and getattr(request, "axes_locked_out", False):
        make_password(given["password"])
    if isinstance(person, Person) and not disable_if_unused(person):
        return person
    note_failure(given["username"], at="password")
    return None


def _accepted(request: HttpRequest, person: Person, code: str) -> str:
    """Wrong codes count towards the same lock-out as wrong passwords."""
    credentials = {"username": person.username}
    if AxesProxyHandler.is_allowed(request, credentials):
        how = second_factor.accept(person, code)
        if how:
            return how
    AxesProxyHandler.user_login_failed(sender=__name__, credentials=credentials, request=request)
    note_failure(person.username, at="second_factor")
    return ""


def _after_password(request: HttpRequest, person: Person) -> HttpResponse:
    renewing = (pending.PASSWORD,) if has_expired(person, at=timezone.now()) else ()
    if request.session.get("may_enrol") == person.public_id:
        return _next(
            request, person, pending.begin(request, person, steps=(*renewing, pending.ENROL), how="link")
        )
    if not second_factor.is_bound(person):
        messages.error(request, "账号还没有绑定验证器，不能登录。请向安全管理员领取一次性链接。")
        return redirect("agencies:log_in")
    address = request.GET.get("next", "")
    stage = pending.begin(request, person, steps=(pending.FACTOR, *renewing), how="totp")
    request.session["next"] = address
    return _next(request, person, stage)


def _next(request: HttpRequest, person: Person, stage: pending.Pending) -> HttpResponse:
    if stage.steps:
        return redirect(pending.ADDRESSES[stage.steps[0]])
    if not stage.opens_desk:
        request.session.flush()
        messages.success(request, "口令已经更换，请用新口令登录。")
        return redirect("agencies:log_in")
    address = request.session.pop("next", "")
    sessions.begin(request, person, how=stage.how)
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return redirect(address if safe else reverse("desk:home"))


def _page(
    request: HttpRequest,
    title: str,
    form: LogIn | Code | NewPassword | Enrol,
    *,
    submit: str,
    template: str = "form.html",
    **more: object,
) -> HttpResponse:
    return render(
        request, f"desk/log_in/{template}", {"title": title, "form": form, "submit": submit, **more}
    )
