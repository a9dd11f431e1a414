"""新媒体账号的页面."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.agencies.access import Refusal, may
from gongkai.agencies.powers import Power
from gongkai.desk.forms import DeskForm
from gongkai.desk.gatekeeping import person_of, powered
from gongkai.duties.channels import actions
from gongkai.duties.channels.models import ChannelAccount
from gongkai.gateways.web_address import fault_of


class AccountForm(DeskForm):
    """登记账号."""

    name = forms.CharField(label="名称", max_length=50)
    platform = forms.ChoiceField(label="平台", choices=ChannelAccount.Platform.choices)
    address = forms.CharField(label="主页网址", max_length=300, required=False)

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if address and (fault := fault_of(address)):
            raise forms.ValidationError(fault)
        return address


@powered(Power.READ_REGISTERS, Power.KEEP_REGISTERS, write=Power.KEEP_REGISTERS)
def accounts(request: HttpRequest) -> HttpResponse:
    """账号: those there are, and registering one."""
    person = person_of(request)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.open_account(by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已登记账号“{account.name}”。")
            return redirect("channels:accounts")
    found = ChannelAccount.objects.filter(agency=person.agency)
    rows = [(each.name, each.get_platform_display(), each.address) for each in found]
    may_register = may(person, Power.KEEP_REGISTERS, person.agency, on=timezone.localdate())
    context = {
        "title": "新媒体账号",
        "form": form if may_register else None,
        "heads": ("名称", "平台", "主页网址"),
        "rows": rows,
        "submit_label": "登记账号",
    }
    return render(request, "registers/short_list.html", context)
