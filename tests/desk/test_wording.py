"""表单的话. No form of the desk answers in the framework's words: which field, what is wrong, what to do (INP-05)."""

import re

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse
from django.utils import timezone

from gongkai.agencies.actions.posts import save_section
from gongkai.agencies.powers import held_by_post
from gongkai.desk.forms import DeskForm
from gongkai.desk.register_books import REGISTERS
from gongkai.registers.desk.forms import EntryForm, entry_fields
from tests.desk.addresses import every_address
from tests.factories.agencies import PersonFactory, holding
from tests.factories.applications import application
from tests.factories.people import an_agency, enter

pytestmark = pytest.mark.django_db
FRAMEWORK = (
    "这个字段",
    "必填项",
    "必需",
    "请确保",
    "确认总共",
    "确保该",
    "输入一个",
    "输入整数",
    "有效的",
    "选择一个有效",
    "字符串",
    "This ",
    "Enter ",
    "Ensure ",
    "Select ",
)
BAD = {
    "empty": "",
    "over-long": "字" * 5000,
    "no date": "2026-02-30",
    "no number": "一二三",
    "huge number": "9" * 40,
    "fractions": "1.23456",
    "negative": "-1",
    "NUL": "示例\x00",
    "bell": "示例\x07",
    "turned round": "示例\u202e例示",
    "zero width": "\u200b\u200b",
    "emoji": "😀" * 400,
    "year 0": "0000-01-01",
    "year 99999": "99999-01-01",
}


def desk_forms():
    get_resolver("gongkai.config.urls_desk").url_patterns  # noqa: B018 — imports every screen
    found, waiting = set(), [forms.Form]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.startswith("gongkai.") and ".portal." not in each.__module__:
                found.add(each)
    return found


def test_every_form_of_the_desk_speaks_our_words():
    list(every_address())

    others = {
        each.__qualname__
        for each in desk_forms()
        if not issubclass(each, DeskForm)
        and not each.__module__.endswith("topics.choosers")  # the editor's windows
    }

    assert len(desk_forms()) > 20
    assert others == set()


@pytest.fixture
def office(client):
    agency = an_agency()
    person = PersonFactory(agency=agency)
    enter(client, holding(person, *held_by_post()))
    return person


def check(errors, typed):
    """Every message is a sentence of ours."""
    for name, messages in errors.items():
        for message in messages:
            assert message.endswith("。"), (name, typed, message)
            assert not any(words in message for words in FRAMEWORK), (name, typed, message)
            assert not re.search(
                "[a-z]{4,}",
                message.replace("gongkai@example.gov.cn", "")
                .replace("www.example.gov.cn", "")
                .replace("http", ""),
            ), (name, message)


@pytest.mark.parametrize("typed", BAD.values(), ids=BAD)
@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.key)
def test_a_register_answers_whatever_is_typed_in_its_own_words(office, register, typed):
    fields = entry_fields(register, office.agency)
    form = EntryForm(fields, today=timezone.localdate(), data={each.name: typed for each in fields})

    form.is_valid()

    check(form.errors, typed)


@pytest.mark.parametrize("typed", BAD.values(), ids=BAD)
def test_the_steps_of_an_application_answer_in_their_own_words(client, office, typed):
    case = application(office)
    at = reverse("applications:step", args=[case.public_id])
    names = ("kind", "on", "outcome", "working_days", "until", "amount", "consultation_key", "note")

    answer = client.post(at, dict.fromkeys(names, typed))

    assert answer.status_code == 200
    assert answer.context["form"].errors
    check(answer.context["form"].errors, typed)


@pytest.mark.parametrize("typed", BAD.values(), ids=BAD)
@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("add_person", ("username", "name", "email", "section", "administrator")),
        ("add_section", ("name", "duties", "position")),
        ("add_post", ("name", "section", "powers")),
        ("add_delegation", ("holder", "power", "delegate", "from_on", "to_on", "reason")),
    ],
)
def test_the_security_administrators_forms_answer_in_their_own_words(client, name, fields, typed):
    security = PersonFactory(agency=an_agency(), administrator="security")
    enter(client, security)

    answer = client.post(reverse(f"agencies:{name}"), dict.fromkeys(fields, typed))

    assert answer.status_code == 200
    assert answer.context["form"].errors
    check(answer.context["form"].errors, typed)


@pytest.mark.parametrize("typed", BAD.values(), ids=BAD)
@pytest.mark.parametrize("name", ["catalogue:columns", "channels:accounts"])
def test_short_lists_answer_in_their_own_words(client, office, name, typed):
    fields = ("name", "column_class", "parent", "owner_section", "position", "platform", "address")

    answer = client.post(reverse(name), dict.fromkeys(fields, typed))

    assert answer.status_code == 200
    assert answer.context["form"].errors
    check(answer.context["form"].errors, typed)


def test_a_sentence_names_the_field_and_says_what_to_do(client):
    security = PersonFactory(agency=an_agency(), administrator="security")
    enter(client, security)

    answer = client.post(reverse("agencies:add_section"), {"name": "字" * 51, "position": "一"})

    assert answer.context["form"].errors == {
        "name": ["“名称”有51个字，最多50个字，请写得简短一些。"],
        "position": ["“次序”应当是整数，如10，不写单位。请改正。"],
    }


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (None, "“文件”没有选择，请选择一个文件。"),
        (SimpleUploadedFile("a.xlsx", b""), "“文件”里没有内容，请检查后重新选择。"),
    ],
    ids=["none", "empty"],
)
def test_an_upload_says_what_is_missing(client, office, file, words):
    at = reverse("registers:import", args=["letters"])

    answer = client.post(at, {"file": file} if file else {"csrfmiddlewaretoken": "x"})

    assert answer.context["form"].errors == {"file": [words]}


def test_a_field_keeps_the_message_it_was_declared_with():
    class Own(DeskForm):
        days = forms.IntegerField(label="天数", max_value=5, error_messages={"max_value": "最多5天。"})

    assert Own({"days": "6"}).errors == {"days": ["最多5天。"]}
    assert Own({"days": "x"}).errors == {"days": ["“天数”应当是整数，如10，不写单位。请改正。"]}


def test_a_validators_own_sentence_is_kept():
    def refuse(_):
        raise ValidationError("不行。", code="own")

    class Own(DeskForm):
        name = forms.CharField(label="名称", validators=[refuse])

    assert Own({"name": "x"}).errors == {"name": ["不行。"]}


def test_lines_and_emoji_are_text_like_any_other(client):
    security = PersonFactory(agency=an_agency(), administrator="security")

    section = save_section(None, name="综合科", duties="受理😀", position=0, by=security)

    assert section.duties == "受理😀"


def test_a_holiday_form_sent_in_part_is_refused_in_words(client):
    system = PersonFactory(agency=an_agency(), administrator="system")
    enter(client, system)
    at = reverse("agencies:holiday_year", args=[timezone.localdate().year + 1])

    answer = client.post(at, {"notice": "国办发明电〔2026〕1号"})

    assert answer.status_code == 200
    assert "表单没有传全，没有保存。请刷新后重新填写。" in answer.content.decode()
