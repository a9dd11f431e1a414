"""收费的表单."""

from typing import Any

from django import forms

from gongkai.desk.forms import DeskForm
from gongkai.duties.applications.fees.actions import MOST_UNITS
from gongkai.duties.applications.fees.computing import Computed
from gongkai.duties.applications.fees.models import WAYS, FeeProposal
from gongkai.duties.applications.handling.desk.steps import DAY
from gongkai.rules.processing_fee_2020.fee import Way
from gongkai.rules.processing_fee_2020.local import FREE_ITEMS, FREE_PAGES, Practice

_WORDS = forms.Textarea(attrs={"rows": 3})


class ProposeForm(DeskForm):
    """提出收费."""

    way = forms.ChoiceField(label="计收方式", choices=WAYS, help_text="一件申请只选一种，不能两种都收。")
    units = forms.IntegerField(
        label="本次件数或者页数",
        min_value=1,
        max_value=MOST_UNITS,
        help_text="按件的填件数，按量的填A4纸单面页数。",
    )
    earlier_items = forms.IntegerField(
        label="同一申请人本月此前件数",
        min_value=0,
        max_value=MOST_UNITS,
        help_text="按件计收用。按姓名查到的可能有同名的人，请核对后填写。",
    )
    amount = forms.DecimalField(
        label="拟收（元）",
        min_value=0,
        max_digits=11,
        decimal_places=2,
        required=False,
        help_text="不填的按规定算；可以少收，不能多收。",
    )
    relief = forms.CharField(
        label="减免的理由",
        max_length=2000,
        required=False,
        widget=_WORDS,
        help_text="少收、不收的写明。加密保存。",
    )

    def __init__(self, found: Computed, data: Any = None) -> None:
        ways = [fee.way for fee in found.fees]
        by_page = found.pages and Way.BY_PAGE in ways and (Way.BY_ITEM not in ways or found.items == 1)
        way = Way.BY_PAGE if by_page else ways[0]
        units = found.pages if way is Way.BY_PAGE else found.items
        initial = {"way": way.value, "units": units or None, "earlier_items": found.earlier_items}
        super().__init__(data, initial=initial)
        self.fields["way"].choices = [(each.value, each.label) for each in ways]  # type: ignore[attr-defined]


class DecideForm(DeskForm):
    """决定."""

    amount = forms.DecimalField(
        label="收取（元）",
        min_value=0,
        max_digits=11,
        decimal_places=2,
        help_text="填0为不收费；与拟收金额不同的，写明理由。",
    )
    opinion = forms.CharField(label="说明", max_length=200, required=False, widget=_WORDS)

    def __init__(self, proposal: FeeProposal, data: Any = None) -> None:
        super().__init__(data, initial={"amount": proposal.proposed})


class NoticeForm(DeskForm):
    """登记收费通知."""

    on = forms.DateField(label="申请人收到的日期", widget=DAY)
    sent_on = forms.DateField(
        label="交邮（发出）日期",
        widget=DAY,
        required=False,
        help_text="邮寄的填交邮之日：通知在答复期限内发出就是按期。当面送达的不填。",
    )


class PayForm(DeskForm):
    """登记缴费."""

    on = forms.DateField(label="缴费日期", widget=DAY)
    voucher = forms.CharField(label="财政票据号", max_length=60)


class PracticeForm(DeskForm):
    """收费做法."""

    way = forms.ChoiceField(label="计收方式", choices=[("", "逐件决定"), *WAYS], required=False)
    free_items = forms.IntegerField(
        label="每月免收件数",
        min_value=FREE_ITEMS,
        max_value=MOST_UNITS,
        help_text=f"办法规定{FREE_ITEMS}件，可以更多。",
    )
    free_pages = forms.IntegerField(
        label="每件免收页数",
        min_value=FREE_PAGES,
        max_value=MOST_UNITS,
        help_text=f"办法规定{FREE_PAGES}页，可以更多。",
    )

    def __init__(self, standing: Practice, data: Any = None) -> None:
        initial = {
            "way": standing.way.value if standing.way else "",
            "free_items": standing.free_items,
            "free_pages": standing.free_pages,
        }
        super().__init__(data, initial=initial)
