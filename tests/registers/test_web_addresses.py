"""网址栏. On the screen and from a file alike, only an address of the web with a host is accepted."""

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.register_books import REGISTERS
from gongkai.duties.channels.models import ChannelAccount
from gongkai.registers.desk.forms import EntryForm, entry_fields
from gongkai.spreadsheets.fields import Kind
from gongkai.spreadsheets.values import BadValue, value_of
from tests.factories.agencies import keeper
from tests.factories.people import enter

pytestmark = pytest.mark.django_db
WITH_ADDRESS = [
    (register, each) for register in REGISTERS for each in register.fields if each.name == "address"
]


def test_every_column_called_an_address_is_one_of_the_web():
    assert len(WITH_ADDRESS) >= 3
    assert {each.kind for _, each in WITH_ADDRESS} == {Kind.WEB_ADDRESS}


@pytest.mark.parametrize(("register", "column"), WITH_ADDRESS, ids=lambda each: getattr(each, "key", ""))
def test_a_form_says_why_a_text_is_no_address(register, column):
    fields = entry_fields(register, keeper().agency)

    form = EntryForm(fields, today=timezone.localdate(), data={"address": "见官网"})

    assert form.errors["address"] == [
        "不是网址：应以 http:// 或者 https:// 开头。请从浏览器地址栏复制完整的网址，如 https://www.example.gov.cn/。"
    ]


@pytest.mark.parametrize(("register", "column"), WITH_ADDRESS, ids=lambda each: getattr(each, "key", ""))
def test_a_cell_of_a_file_is_judged_like_the_form(register, column):
    today = timezone.localdate()

    with pytest.raises(BadValue, match="缺少主机名"):
        value_of("https://", column, unit="元", today=today)
    assert value_of("https://www.example.gov.cn/a", column, unit="元", today=today) == (
        "https://www.example.gov.cn/a"
    )


def test_the_home_page_of_an_account_is_an_address(client):
    enter(client, keeper())

    answer = client.post(
        reverse("channels:accounts"), {"name": "示例发布", "platform": "weibo", "address": "javascript:x"}
    )

    assert "应以 http:// 或者 https:// 开头" in answer.context["form"].errors["address"][0]
    assert not ChannelAccount.objects.exists()
