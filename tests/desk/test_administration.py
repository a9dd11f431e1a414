"""三员的工作台. What each administrator can do, sees, and does not see (ACL-02, ACL-03, ACL-08, AUD-01, WEB-03)."""

import ast
import hashlib
import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, router, transaction
from django.db.backends.utils import CursorWrapper
from django.urls import reverse

import gongkai
from gongkai.agencies.access import Refusal
from gongkai.agencies.actions.holidays import enter_holidays
from gongkai.agencies.models import Delegation, HolidayNotice, OneTimeLink, Person, Post, Section, Tenure
from gongkai.agencies.powers import Power, held_by_post
from gongkai.agencies.working_days import calendar
from gongkai.annual_report.lifecycle import STEPS
from gongkai.audit.models import Entry
from gongkai.audit.record import record
from gongkai.desk.audit_words import action_words
from gongkai.desk.spreadsheet import harmless
from gongkai.outbox.models import OutboxItem
from tests.desk.addresses import every_address
from tests.factories.people import a_person, an_agency, enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return an_agency()


@pytest.fixture
def other_agency():
    return an_agency(name="示例市教育局", short_name="市教育局")


@pytest.fixture
def security(client, agency):
    administrator = a_person(agency, name="吴安全", administrator="security")
    enter(client, administrator)
    return administrator


def acts(action):
    return Entry.objects.filter(action=action)


def test_a_person_is_added_invited_and_appointed(client, security, agency):
    """AUD-01."""
    given = {"username": "linchengban", "name": "林承办", "section": "", "email": "", "administrator": ""}
    client.post(reverse("agencies:add_person"), given)
    person = Person.objects.get(username="linchengban")
    client.post(reverse("agencies:add_post"), {"name": "信息公开专员", "powers": ["read_registers"]})
    post = Post.objects.get()
    client.post(
        reverse("agencies:add_tenure", args=[person.public_id]), {"post": post.pk, "from_on": "2026-03-02"}
    )

    page = client.post(reverse("agencies:issue_link", args=[person.public_id, "invitation"]))

    assert (person.agency, person.has_usable_password()) == (agency, False)
    assert list(person.tenures.values_list("post__name", "from_on")) == [("信息公开专员", date(2026, 3, 2))]
    assert "http://127.0.0.1:8001/link/" in page.content.decode()
    for action in ("person.added", "post.saved", "tenure.began", "person.link_issued"):
        assert acts(action).get().actor == security.public_id


def test_a_log_in_name_is_given_once(client, security, agency):
    person = a_person(agency)
    given = {"username": person.username, "name": "王某", "administrator": ""}

    answer = client.post(reverse("agencies:add_person"), given)

    assert "已有人使用，请另取一个" in answer.content.decode()
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"username": "lin chengban"}, "登录名只能用字母、数字、点和横线，不能有空格。"),
        ({"username": "林<b>"}, "登录名只能用字母、数字、点和横线，不能有空格。"),
        ({"name": "林\u202e承办"}, "有看不见的字符，请删去后重新填写。"),
    ],
)
def test_inp_05_a_name_that_reads_as_another_is_refused(client, security, given, sentence):
    filled = {"username": "linchengban", "name": "林承办", "administrator": "", **given}

    answer = client.post(reverse("agencies:add_person"), filled)

    assert sentence in answer.content.decode()
    assert (Person.objects.count(), acts("person.added").count()) == (1, 0)


def test_an_administrator_cannot_disable_or_invite_himself(client, security):
    """AUTH-08: or an unlocked screen would be enough to bind another telephone."""
    client.post(reverse("agencies:account", args=[security.public_id, "disable"]), {"reason": "试试"})
    client.post(reverse("agencies:issue_link", args=[security.public_id, "second_factor"]))

    security.refresh_from_db()
    assert security.is_active
    assert OneTimeLink.objects.count() == 0


def test_another_agencys_people_and_posts_do_not_exist_here(client, security, other_agency):
    """ACL-02."""
    stranger = a_person(other_agency, Power.READ_REGISTERS, name="外单位人员")
    colleague = a_person(other_agency, name="外单位同事")
    tenure = stranger.tenures.get()
    section = Section.objects.create(agency=other_agency, name="外单位科室")
    lent = Delegation.objects.create(
        power=Power.READ_REGISTERS,
        holder=stranger,
        delegate=colleague,
        from_on=date(2026, 3, 2),
        to_on=date(2026, 3, 4),
        reason="出差",
    )
    addresses = [
        reverse("agencies:person", args=[stranger.public_id]),
        reverse("agencies:change_person", args=[stranger.public_id]),
        reverse("agencies:account", args=[stranger.public_id, "disable"]),
        reverse("agencies:issue_link", args=[stranger.public_id, "invitation"]),
        reverse("agencies:add_tenure", args=[stranger.public_id]),
        reverse("agencies:end_tenure", args=[tenure.public_id]),
        reverse("agencies:section", args=[section.public_id]),
        reverse("agencies:post", args=[tenure.post.public_id]),
        reverse("agencies:end_delegation", args=[lent.public_id]),
    ]
    entries = Entry.objects.count()

    for address in addresses:
        if address != addresses[0]:  # a page that is only read
            given = {"reason": "试试", "to_on": "2026-03-03"}
            assert client.post(address, given).status_code == 404, address
        if "/link/" not in address:
            assert client.get(address).status_code == 404, address

    assert Entry.objects.count() == entries
    assert OneTimeLink.objects.count() == 0


@pytest.mark.parametrize("name", ["people", "sections", "posts", "delegations", "add_delegation"])
def test_no_list_or_choice_shows_another_agencys_rows(client, security, other_agency, name):
    """ACL-08: a canary of the other agency in every column."""
    stranger = a_person(other_agency, Power.READ_REGISTERS, name="金丝雀")
    Section.objects.create(agency=other_agency, name="金丝雀科")
    Post.objects.filter(agency=other_agency).update(name="金丝雀岗")
    Delegation.objects.create(
        power=Power.READ_REGISTERS,
        holder=stranger,
        delegate=a_person(other_agency, name="金丝雀二"),
        from_on=date(2026, 3, 2),
        to_on=date(2026, 3, 4),
        reason="金丝雀",
    )

    assert "金丝雀" not in client.get(reverse(f"agencies:{name}")).content.decode()


def test_a_foreign_post_is_no_valid_choice(client, security, agency, other_agency):
    """ACL-02."""
    person = a_person(agency)
    foreign = Post.objects.create(agency=other_agency, name="外单位岗位")

    address = reverse("agencies:add_tenure", args=[person.public_id])
    answer = client.post(address, {"post": foreign.pk, "from_on": "2026-03-02"})

    assert answer.status_code == 200
    assert Tenure.objects.count() == 0


def test_the_audit_trail_is_narrowed_by_action_person_object_and_day(client, agency):
    auditor = enter(client, a_person(agency, name="郑审计", administrator="audit"))
    one, two = a_person(agency, name="甲某"), a_person(agency, name="乙某")
    with transaction.atomic():
        record("person.changed", by=one, subject=two)
        record("section.saved", by=two, subject="agencies.section:abc")

    def shown(**conditions):
        page = auditor.get(reverse("desk:audit_trail"), conditions).content.decode()
        return page.count("<tr>") - 1

    assert shown() == 2
    assert shown(action="person.") == 1
    assert shown(actor=two.public_id) == 1
    assert shown(subject="abc") == 1
    assert shown(from_on="2100-01-01") == -1
    assert shown(action="person.", actor=two.public_id) == -1
    assert shown(action="nonsense") == -1


@pytest.mark.parametrize("condition", [{"from_on": "0001-01-01"}, {"to_on": "9999-12-31"}])
def test_the_audit_trail_of_a_day_beyond_reckoning_is_empty(client, agency, condition):
    auditor = enter(client, a_person(agency, administrator="audit"))
    with transaction.atomic():
        record("section.saved", by=None, subject="agencies.section:0f1e2d3c")

    assert b"0f1e2d3c" in auditor.get(reverse("desk:audit_trail")).content
    for name in ("desk:audit_trail", "desk:audit_export"):
        answer = auditor.get(reverse(name), condition)
        assert answer.status_code == 200
        assert b"0f1e2d3c" not in b"".join(answer)


def test_the_audit_trail_pages_by_key_without_losing_or_repeating_an_entry(client, agency):
    enter(client, a_person(agency, name="郑审计", administrator="audit"))
    with transaction.atomic():
        for _ in range(120):
            record("section.saved", by=None)
    address, seen = reverse("desk:audit_trail"), []

    while address:
        context = client.get(address).context["register"]
        seen += [row[0].text for row in context.rows]
        address = context.next_address and reverse("desk:audit_trail") + context.next_address

    assert seen == [str(number) for number in range(120, 0, -1)]


def test_the_audit_administrator_of_one_agency_does_not_see_the_others(client, agency, other_agency):
    """ACL-08."""
    enter(client, a_person(agency, name="郑审计", administrator="audit"))
    stranger = a_person(other_agency, name="金丝雀")
    with transaction.atomic():
        record("person.changed", by=stranger, subject=stranger, reason="金丝雀")

    for address in (reverse("desk:audit_trail"), reverse("desk:audit_export")):
        answer = client.get(address)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert "金丝雀" not in text.decode()


def test_an_export_of_the_audit_trail_is_itself_an_entry(client, agency):
    """AUD-01."""
    auditor = a_person(agency, name="郑审计", administrator="audit")
    enter(client, auditor)
    with transaction.atomic():
        record("person.changed", by=auditor, subject=auditor, reason='=HYPERLINK("x")')

    text = b"".join(client.get(reverse("desk:audit_export")).streaming_content).decode()

    assert text.startswith("\ufeff序号,时间,操作人")
    assert "'=HYPERLINK" in text
    assert acts("audit.exported").get().actor == auditor.public_id


@pytest.mark.parametrize("cell", ["=1+1", " =1+1", "+1", "-1", "@x", "\tx", "＝1", "110101199003077758"])
def test_no_exported_cell_is_calculated_or_rounded(cell):
    """INP-03."""
    assert harmless(cell) == f"'{cell}"


def test_a_failed_item_is_tried_again_and_its_content_is_never_shown(client, agency):
    """ACL-03."""
    administrator = a_person(agency, name="周系统", administrator="system")
    enter(client, administrator)
    item = OutboxItem.objects.create(
        kind="portal.put_page", payload={"title": "金丝雀"}, status="shelved", attempts=5, failure="OSError"
    )

    page = client.get(reverse("desk:system")).content.decode()
    client.post(reverse("desk:retry", args=[item.pk]))

    assert "金丝雀" not in page
    item.refresh_from_db()
    assert (item.status, item.attempts) == ("waiting", 0)
    assert acts("outbox.tried_again").get().actor == administrator.public_id


def entered(first: str, last: str, *made_up: str):
    days = [date.fromisoformat(day) for day in (first, last, *made_up)]
    return [{"name": "元旦", "first": days[0], "last": days[1], "made_up": days[2:]}]


def test_a_year_entered_on_the_desk_counts_at_once(agency):
    administrator = a_person(agency, administrator="system")
    assert calendar().year(2027).provisional

    enter_holidays(
        2027,
        notice="示例发〔2026〕1号",
        holidays=entered("2027-01-01", "2027-01-03", "2027-01-09"),
        by=administrator,
    )

    assert not calendar().year(2027).provisional
    assert calendar().is_working_day(date(2027, 1, 9))
    assert not calendar().is_working_day(date(2027, 1, 1))
    assert acts("holidays.entered").count() == 1


def test_holidays_that_contradict_themselves_are_not_kept(agency):
    administrator = a_person(agency, administrator="system")

    with pytest.raises(Refusal, match="首日晚于末日"):
        enter_holidays(2027, notice="x", holidays=entered("2027-01-03", "2027-01-01"), by=administrator)

    assert HolidayNotice.objects.count() == 0


def test_the_form_for_a_year_enters_it(client, agency):
    enter(client, a_person(agency, administrator="system"))
    page = client.get(reverse("agencies:holiday_year", args=[2027]))
    lines = page.context["lines"]
    given = {f"form-{key}": value for key, value in lines.management_form.initial.items()}
    given |= {"notice": "示例发〔2026〕1号", "form-0-name": "元旦", "form-0-made_up": "2027-01-09"}
    given |= {"form-0-first": "2027-01-01", "form-0-last": "2027-01-03"}

    client.post(reverse("agencies:holiday_year", args=[2027]), given)

    row = HolidayNotice.objects.get().holidays
    assert row == [{"name": "元旦", "first": "2027-01-01", "last": "2027-01-03", "made_up": ["2027-01-09"]}]


def content_of_the_tables() -> dict[str, str]:
    """A digest of every table but the sessions, the audit trail and when a person was last seen."""
    digests = {}
    with (
        connection.cursor() as cursor
    ):  # hundreds of tests ask, and building a hundred queries takes longer than they do
        for label, query in _a_query_for_each_table():
            rows = sorted(json.dumps(row, default=str) for row in _rows(cursor, query))
            digests[label] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return digests


def _rows(cursor: CursorWrapper, query: str) -> list[tuple[object, ...]]:
    cursor.execute(query)
    return cursor.fetchall()


@cache
def _a_query_for_each_table() -> list[tuple[str, str]]:
    quoted = connection.ops.quote_name
    return [
        (
            model._meta.label,
            f"SELECT {', '.join(quoted(field.column) for field in model._meta.local_concrete_fields if field.name != 'last_seen_at')} "
            f"FROM {quoted(model._meta.db_table)}",
        )
        for model in apps.get_models()
        if model._meta.label not in ("sessions.Session", "audit.Entry", "audit.Head")
        and router.allow_migrate_model("default", model)
    ]


@pytest.mark.parametrize("kind", ["", "system", "security", "audit"])
def test_looking_at_every_page_changes_nothing(client, agency, kind):
    """WEB-03."""
    person = a_person(agency, administrator=kind) if kind else a_person(agency, *held_by_post())
    enter(client, person)
    client.raise_request_exception = False
    before = content_of_the_tables()

    for address in every_address():
        if not address.is_closed:
            client.get(address.path())

    assert content_of_the_tables() == before


def test_every_recorded_action_has_a_chinese_name():
    """AUD-01: what is written with record("…") on the desk's chain; the public side keeps its own."""
    root = Path(gongkai.__file__).parent
    nameless = {
        node.args[0].value
        for path in root.rglob("*.py")
        if "portal" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "record"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and action_words(node.args[0].value).startswith("其他")
    }

    assert nameless == set()


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("mailbox.letter.exported", "来信：导出"),
        ("applications.application.extended", "申请：延长答复期限"),
        ("annual_report.approve", f"年度报告：{STEPS['approve'].label}"),
        ("nothing.known", "其他（nothing.known）"),
    ],
)
def test_composed_actions_are_worded_from_the_record_and_the_verb(action, words):
    assert action_words(action) == words


def test_a_page_of_the_desk_asks_the_database_few_questions(client, security, django_assert_max_num_queries):
    for _ in range(60):
        a_person(security.agency, Power.READ_REGISTERS)

    with django_assert_max_num_queries(16):
        client.get(reverse("agencies:people"))
    with django_assert_max_num_queries(16):
        client.get(reverse("agencies:posts"))
