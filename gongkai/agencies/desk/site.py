"""系统管理：网站信息. What stands at the head and foot of every page of the public side."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongkai.agencies.access import Refusal
from gongkai.agencies.actions.site import save_site
from gongkai.agencies.models import Agency
from gongkai.agencies.powers import Power
from gongkai.agencies.site import REQUIRED, SiteFacts, facts_of, faults
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.outbox import queries

# In the order in which they are asked for, with what to write.
_FIELDS: tuple[tuple[str, str], ...] = (
    ("site_name", "显示在每一页的顶部，如“示例市某某局”。"),
    ("site_domain", "只写域名，如 www.example.gov.cn。"),
    ("site_id_code", "10位；国务院部门以 bm 开头。"),
    ("site_organiser", "不填就是本机关的全称。"),
    ("site_operator", ""),
    ("telephone", "公开工作机构的电话，几个号码用顿号隔开。"),
    ("address", ""),
    ("postcode", ""),
    ("office_hours", "如“工作日上午9:00—12:00，下午13:30—17:30”。"),
    ("fax", ""),
    ("email", ""),
    ("icp_number", "照备案证书写全，如“示ICP备00000000号-1”。"),
    ("police_number", "照备案证书写全，如“示公网安备00000000000000号”。页脚自动链接到公安机关的查询页。"),
    ("identity_url", "党政机关网站标识（红色图标）指向的网址。"),
    ("error_report_url", "“我为政府网站找错”入口的网址。"),
    ("copyright_line", "如“版权所有：示例市某某局”。不填就不显示。"),
)


class SiteForm(DeskForm):
    """网站信息."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, help_text in _FIELDS:
            label = str(Agency._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            # What is wrong with a text is said by ``faults``, for the form and the action alike.
            self.fields[name] = forms.CharField(
                label=label,
                help_text=help_text,
                required=name in REQUIRED,
            )
            self.word(name)

    def clean(self) -> dict[str, Any]:
        given = {name: self.cleaned_data.get(name, "") for name, _ in _FIELDS}
        for name, fault in faults(SiteFacts(**given)).items():
            if name not in self.errors:
                self.add_error(name, fault)
        return given


@powered(Power.MANAGE_SYSTEM)
@require_http_methods(["GET", "POST"])
def site(request: HttpRequest) -> HttpResponse:
    """网站信息."""
    by = person_of(request)
    initial = {name: getattr(facts_of(by.agency), name) for name, _ in _FIELDS}
    form = SiteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_site(SiteFacts(**form.cleaned_data), by=by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存，正在发往公众侧，一般一分钟内更新。")
            return redirect("agencies:site")
    context = {
        "title": "网站信息",
        "form": form,
        "sent": queries.newest("portal.put_site"),
        "submit_label": "保存并发布",
        "consequence": "公众侧每一页的页头、页脚和“联系我们”等说明页随即更新；"
        "公开指南、依申请公开中的联系方式，由公开工作机构负责人重新发布专栏后更新。",
    }
    return render(request, "agencies/site.html", context)
