"""审查流程的页面."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.agencies.access import Refusal
from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.catalogue import actions
from gongkai.duties.catalogue.desk.forms import RouteForm
from gongkai.duties.catalogue.models import ReviewRoute


@powered(Power.MANAGE_COLUMNS)
def routes(request: HttpRequest) -> HttpResponse:
    """审查流程: those the office has set, and setting one. Setting the same column and kind again replaces it."""
    person = person_of(request)
    form = RouteForm(person.agency, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_route(by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存审查流程。办理中的信息从下一次送审起适用。")
            return redirect("catalogue:routes")
    found = ReviewRoute.objects.filter(agency=person.agency).select_related("column").order_by("pk")
    rows = [
        (
            each.column or "全部栏目",
            each.get_kind_display() or "全部种类",
            " → ".join(
                filter(
                    None,
                    (
                        "起草",
                        "科室审核" if each.section_review else "",
                        "合法性审核" if each.legality_review else "",
                        "保密审查",
                        "签发",
                        "公开",
                    ),
                )
            ),
        )
        for each in found
    ]
    usual = ("没有设置的", "政策文件、行政规范性文件加合法性审核", "起草 → 科室审核 → 保密审查 → 签发 → 公开")
    context = {
        "title": "审查流程",
        "form": form,
        "heads": ("栏目", "信息种类", "流程"),
        "rows": [usual, *rows],
        "submit_label": "保存流程",
        "consequence": "保密审查和签发每条信息都要经过（条例第十七条），不能去掉。",
    }
    return render(request, "registers/short_list.html", context, status=400 if form.errors else 200)
