"""台账的页面. List, enter, correct, void, import and export, as an officer goes through them, for every register."""

import base64
import io
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from gongkai.agencies.models import Person
from gongkai.agencies.powers import Power
from gongkai.audit.models import Entry
from gongkai.desk.register_books import REGISTERS
from gongkai.duties.administrative_acts.models import Licence
from gongkai.duties.applications.clocks import rectifying
from gongkai.duties.applications.clocks.models import Rectification
from gongkai.duties.applications.models import Application
from gongkai.registers.desk.screens import page_of
from gongkai.registers.models import Change, ImportRun
from tests.factories import registers as factories
from tests.factories.agencies import AgencyFactory, SectionFactory, keeper
from tests.factories.applications import application, replied
from tests.factories.people import a_person, enter
from tests.registers.workbooks import xlsx

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15
FACTORIES = {
    "items": factories.InformationItemFactory,
    "normative-documents": factories.NormativeDocumentFactory,
    "topics": factories.SpecialTopicFactory,
    "guide": factories.GuideEditionFactory,
    "reconsiderations": factories.ReconsiderationFactory,
    "litigation": factories.LitigationFactory,
    "incoming-mail": factories.IncomingMailFactory,
    "legal-office-cases": factories.LegalOfficeCaseFactory,
    "licences": factories.LicenceFactory,
    "penalties": factories.PenaltyFactory,
    "compulsion": factories.CompulsionFactory,
    "charges": factories.ChargeFactory,
    "power-items": factories.PowerItemFactory,
    "letters": factories.LetterFactory,
    "surveys": factories.SurveyFactory,
    "calls-for-comments": factories.CallForCommentsFactory,
    "posts": factories.PostFactory,
    "faults": factories.FaultFactory,
    "assessments": factories.SecurityAssessmentFactory,
    "operator-checks": factories.OperatorCheckFactory,
    "training": factories.TrainingSessionFactory,
    "wording": factories.WordingEntryFactory,
}
LICENCE = {
    "number": "示许〔2023〕1号",
    "name": "防空地下室审批",
    "decided_on": "2023-06-01",
    "counterpart": "示例置业有限公司",
}


def address(key, name="list", *arguments):
    return reverse(f"registers:{name}", args=[key, *arguments])


def a_record(register, clerk):
    if register.key == "applications":
        return replied(clerk)
    return FACTORIES[register.key](agency=clerk.agency)


@pytest.fixture
def clerk():
    return keeper()


@pytest.fixture
def officer(client, clerk):
    return enter(client, clerk)


def text_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.key)
def test_every_register_lists_shows_exports_and_offers_a_template(officer, clerk, register):
    entry = a_record(register, clerk)

    with CaptureQueriesContext(connection) as queries:
        listed = officer.get(address(register.key))
    shown = officer.get(address(register.key, "record", entry.public_id))
    exported = officer.get(address(register.key, "export"))

    assert len(queries) <= MOST_QUERIES
    assert page_of(register, entry) in text_of(listed)
    assert register.title in text_of(listed)
    assert (shown.status_code, exported.status_code) == (200, 200)
    assert load_workbook(io.BytesIO(exported.content)).active.max_row == 2
    for name in ("add", "import", "imports", "template"):
        assert officer.get(address(register.key, name)).status_code == 200
    for name in ("rectify", "void"):
        assert officer.get(address(register.key, name, entry.public_id)).status_code == 200


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.key)
def test_acl_02_another_agencys_record_is_not_there(officer, register):
    entry = a_record(register, keeper())

    for name in ("record", "rectify", "void"):
        assert officer.get(address(register.key, name, entry.public_id)).status_code == 404
    assert entry.public_id not in text_of(officer.get(address(register.key)))
    assert load_workbook(io.BytesIO(officer.get(address(register.key, "export")).content)).active.max_row == 1


def test_a_register_that_does_not_exist_is_not_there(officer):
    assert officer.get(address("nothing")).status_code == 404


def test_an_officer_enters_a_licence(officer, clerk):
    answer = officer.post(address("licences", "add"), LICENCE)

    licence = Licence.objects.get()
    assert answer.url == address("licences", "record", licence.public_id)
    assert (licence.decided_on, licence.recorded_by) == (date(2023, 6, 1), clerk)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"decided_on": "2023-02-30"}, "没有这一天，请核对。"),
        ({"decided_on": "2999-01-01"}, "日期在今天之后，请核对。"),
        ({"decided_on": "፩"}, "不是日期，请写成2023-03-02或者2023年3月2日。"),
        ({"decided_on": "9" * 5000}, "不是日期，请写成2023-03-02或者2023年3月2日。"),
        ({"name": "人防\x00工程"}, "有看不见的字符，请删去后重新填写。"),
        ({"counterpart_code": "9" * 19}, "有19个字，最多18个字，请写得简短一些。"),
        ({"name": ""}, "没有填，请填写。"),
        ({"published_on": "2023-05-01"}, "公示日期早于决定日期，请核对。"),
        ({"is_natural_person": "是", "counterpart_code": "91510100MA6EXAMPLE"}, "自然人的不登记证件号码"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_form_and_nothing_is_kept(officer, changed, sentence):
    answer = officer.post(address("licences", "add"), {**LICENCE, **changed})

    assert (answer.status_code, Licence.objects.count(), Entry.objects.count()) == (200, 0, 0)
    assert sentence in text_of(answer)


def test_the_same_number_twice_is_refused(officer):
    officer.post(address("licences", "add"), LICENCE)

    answer = officer.post(address("licences", "add"), LICENCE)

    assert "与台账中已有的一条重复" in text_of(answer)
    assert Licence.objects.count() == 1


def test_a_correction_keeps_what_stood_there_before(officer, clerk):
    licence = factories.LicenceFactory(agency=clerk.agency, section=None)
    form = {
        "number": licence.number,
        "name": licence.name,
        "decided_on": "2023-06-02",
        "counterpart": licence.counterpart,
        "is_natural_person": "否",
        "approval_kind": "普通",
        "reason": "原件为6月2日",
    }

    answer = officer.post(address("licences", "rectify", licence.public_id), form, follow=True)

    licence.refresh_from_db()
    assert licence.decided_on == date(2023, 6, 2)
    assert Change.objects.get().fields == [{"label": "决定日期", "from": "2023-06-01", "to": "2023-06-02"}]
    assert "<del>2023-06-01</del> → <ins>2023-06-02</ins>" in text_of(answer)
    assert "原件为6月2日" in text_of(answer)


def test_a_correction_without_a_reason_changes_nothing(officer, clerk):
    licence = factories.LicenceFactory(agency=clerk.agency)

    answer = officer.post(
        address("licences", "rectify", licence.public_id), {**LICENCE, "number": licence.number}
    )

    licence.refresh_from_db()
    assert (answer.status_code, licence.name, Change.objects.count()) == (200, "结建防空地下室审批", 0)


def test_a_voided_record_leaves_the_list_and_can_still_be_read(officer, clerk):
    licence = factories.LicenceFactory(agency=clerk.agency)

    officer.post(address("licences", "void", licence.public_id), {"reason": "重复登记"})

    record = address("licences", "record", licence.public_id)
    assert record not in text_of(officer.get(address("licences")))
    assert record in text_of(officer.get(address("licences") + "?voided=1"))
    assert "重复登记" in text_of(officer.get(record))


def test_a_voided_record_is_neither_corrected_nor_voided_again(officer, clerk):
    licence = factories.LicenceFactory(agency=clerk.agency)
    void = address("licences", "void", licence.public_id)
    officer.post(void, {"reason": "重复登记"})

    answer = officer.post(void, {"reason": "再次"})

    assert answer.status_code == 403
    assert "不能作废：这一条已于" in text_of(answer)
    assert Change.objects.count() == 1


@pytest.mark.parametrize(("name", "verb"), [("rectify", "更正"), ("void", "作废")])
def test_the_form_of_a_voided_record_does_not_open(officer, clerk, name, verb):
    licence = factories.LicenceFactory(agency=clerk.agency)
    officer.post(address("licences", "void", licence.public_id), {"reason": "重复登记"})

    answer = officer.get(address("licences", name, licence.public_id))

    assert answer.status_code == 403
    assert f"不能{verb}：这一条已于" in text_of(answer)
    assert "如需恢复，请重新登记一条。" in text_of(answer)
    assert "<form class=" not in text_of(answer)


@pytest.mark.parametrize("name", ["rectify", "void"])
def test_the_form_of_another_sections_record_does_not_open_and_names_who_can(client, name):
    clerk = keeper(name="甲示例")
    theirs = SectionFactory(agency=clerk.agency, name="规划科")
    Person.objects.filter(pk=clerk.pk).update(section=theirs)
    licence = factories.LicenceFactory(agency=clerk.agency, section=theirs)
    stranger = keeper(agency=clerk.agency, section=SectionFactory(agency=clerk.agency))
    officer = enter(client, stranger)

    answer = officer.get(address("licences", name, licence.public_id))
    record = text_of(officer.get(address("licences", "record", licence.public_id)))

    words = "这是规划科的台账，只能登记本科室的。请由规划科登记。可以办理的：甲示例。"
    assert (answer.status_code, words in text_of(answer)) == (403, True)
    assert words in record
    assert address("licences", name, licence.public_id) not in record


def test_the_form_of_steps_does_not_open_for_a_closed_application(officer, clerk):
    answer = officer.get(reverse("applications:step", args=[replied(clerk).public_id]))

    assert answer.status_code == 403
    assert "不能办理：这件申请已经办结。原登记有误的，请更正相应的经过。" in text_of(answer)


def test_the_form_of_an_entry_rectified_before_does_not_open(officer, clerk):
    case = application(clerk)
    received = case.events.get()
    at = reverse("applications:rectify_event", args=[received.public_id])
    officer.post(at, {"on": "2023-03-01", "reason": "签收单为3月1日"})
    rectifying.agree(Rectification.objects.get(), by=keeper(agency=clerk.agency))

    answer = officer.get(at)

    assert answer.status_code == 403
    assert "这一条已经被更正过，请更正最新的一条。" in text_of(answer)


def upload(officer, key, data, name="台账.xlsx"):
    return officer.post(address(key, "import"), {"file": SimpleUploadedFile(name, data)})


def test_a_file_is_tried_read_and_confirmed(officer):
    data = xlsx(
        ("决定书文号", "事项名称", "决定日期", "相对人名称"),
        tuple(LICENCE.values()),
        ("示许〔2023〕2号", "", "x", "甲"),
    )
    tried = upload(officer, "licences", data)
    page = text_of(officer.get(tried.url))
    assert "不是日期，请写成2023-03-02或者2023年3月2日" in page
    assert Licence.objects.count() == 0

    refused = officer.post(tried.url, {"confirm": "1"}, follow=True)
    assert "有1行不能导入" in text_of(refused)
    assert Licence.objects.count() == 0

    officer.post(tried.url, {"confirm": "1", "skip": "1"})
    assert Licence.objects.count() == 1
    assert "已导入" in text_of(officer.get(address("licences", "imports")))


def test_a_file_of_refused_rows_alone_offers_nothing_to_import(officer):
    refused = xlsx(
        ("决定书文号", "事项名称", "决定日期", "相对人名称"),
        ("示许〔2023〕1号", "审批", "2023-02-30", "示例公司"),
    )

    page = text_of(officer.get(upload(officer, "licences", refused).url))

    assert "没有这一天，请核对" in page
    assert "确认导入" not in page
    assert "跳过不能导入的" not in page


def test_giving_up_leaves_the_register_as_it_was(officer):
    tried = upload(
        officer,
        "licences",
        xlsx(("决定书文号", "事项名称", "决定日期", "相对人名称"), tuple(LICENCE.values())),
    )

    officer.post(tried.url, {"discard": "1"})

    run = ImportRun.objects.get()
    assert (run.status, bytes(run.content), Licence.objects.count()) == ("discarded", b"", 0)


def test_a_file_that_is_no_register_is_refused_beside_the_form(officer):
    answer = upload(officer, "licences", b"%PDF-1.7")

    assert "文件内容不是电子表格" in text_of(answer)
    assert ImportRun.objects.count() == 0


def test_pii_03_neither_list_nor_export_shows_an_applicant(officer, clerk):
    case = application(clerk, applicant_name="示例甲", applicant_contact="示例电话", description="示例内容")

    for name in ("list", "export"):
        assert "示例甲" not in text_of_any(officer.get(address("applications", name)))
    page = text_of(officer.get(address("applications", "record", case.public_id)))
    assert "示例甲" not in page
    assert "已加密保存" in page


def text_of_any(answer):
    if answer["Content-Type"].startswith("text/html"):
        return text_of(answer)
    sheet = load_workbook(io.BytesIO(answer.content)).active
    return "".join(str(cell.value) for row in sheet for cell in row)


def test_pub_11_an_export_is_logged_with_its_number_of_rows(officer, clerk):
    factories.LicenceFactory.create_batch(3, agency=clerk.agency)
    factories.LicenceFactory(agency=AgencyFactory())

    answer = officer.get(address("licences", "export") + "?format=csv")

    entry = Entry.objects.get(action="administrative_acts.licence.exported")
    assert '"rows":3' in entry.detail
    assert answer.content.startswith(b"\xef\xbb\xbf")


def test_pub_11_what_one_person_exports_in_a_day_adds_up(officer, clerk):
    """Of every register together, and of this person alone."""
    factories.LicenceFactory.create_batch(3, agency=clerk.agency)
    factories.PenaltyFactory.create_batch(2, agency=clerk.agency)
    for register in ("licences", "penalties", "licences"):
        officer.get(address(register, "export") + "?format=csv")
    enter(officer, keeper(agency=clerk.agency))
    officer.get(address("penalties", "export") + "?format=csv")

    told = Entry.objects.filter(action__endswith=".exported").order_by("sequence")
    assert [json.loads(each.detail)["rows_today"] for each in told] == [3, 5, 8, 2]


def test_an_application_is_answered_on_its_page(officer, clerk):
    case = application(clerk)

    answer = officer.post(
        reverse("applications:step", args=[case.public_id]),
        {"kind": "replied", "on": "2023-03-20", "outcome": "granted"},
        follow=True,
    )

    case.refresh_from_db()
    assert (case.status, case.outcome) == ("closed", "granted")
    assert "答复：" in text_of(answer)
    assert "补录于" in text_of(answer)


def test_a_step_the_law_does_not_allow_is_refused_beside_the_form(officer, clerk):
    case = application(clerk)

    answer = officer.post(
        reverse("applications:step", args=[case.public_id]),
        {"kind": "extended", "on": "2023-03-20", "working_days": 30},
    )

    assert "合计最多20个工作日" in text_of(answer)
    assert case.events.count() == 1


def test_a_step_says_what_it_cannot_do_without(officer, clerk):
    case = application(clerk)

    answer = officer.post(
        reverse("applications:step", args=[case.public_id]), {"kind": "replied", "on": "2023-03-20"}
    )

    assert "登记“答复”要填这一项。" in text_of(answer)
    assert Application.objects.get().status == "handling"


def test_working_days_beyond_a_year_are_refused_beside_the_form(officer, clerk):
    case = application(clerk)

    answer = officer.post(
        reverse("applications:step", args=[case.public_id]),
        {"kind": "correction_asked", "on": "2023-03-03", "working_days": "9" * 20},
    )

    assert "最多250个工作日，请核对。" in text_of(answer)
    assert case.events.count() == 1


def test_a_wrong_reply_is_corrected_on_its_page(officer, clerk):
    case = replied(clerk)
    event = case.events.get(kind="replied")

    officer.post(
        reverse("applications:rectify_event", args=[event.public_id]),
        {"on": "2023-03-21", "outcome": "granted_in_part", "reason": "区分处理"},
    )
    case.refresh_from_db()
    assert (case.closed_on, case.outcome) == (date(2023, 3, 20), "granted")
    rectifying.agree(Rectification.objects.get(), by=keeper(agency=clerk.agency))

    case.refresh_from_db()
    assert (case.closed_on, case.outcome) == (date(2023, 3, 21), "granted_in_part")


def test_a_search_finds_by_the_beginning_of_a_number_and_within_a_name(officer, clerk):
    wanted = factories.LicenceFactory(agency=clerk.agency, number="甲〔2023〕7号", name="人防工程竣工备案")
    factories.LicenceFactory(agency=clerk.agency)

    for words in ("甲〔2023", "竣工"):
        page = text_of(officer.get(address("licences"), {"q": words}))
        assert wanted.number in page
        assert page.count("/record/") == 0
        assert "示决〔" not in page


@pytest.mark.parametrize("words", ["%", "_", "'", '"', "〔〕", "\x00", "字" * 60_000])
def test_a_search_for_anything_is_answered(officer, clerk, words):
    kept = factories.LicenceFactory(agency=clerk.agency, number="甲〔2023〕7号", name="人防工程竣工备案")

    answer = officer.get(address("licences"), {"q": words})

    # What cannot be seen is not searched for; the rest stands in no number and no name.
    assert (answer.status_code, kept.number in text_of(answer)) == (200, words == "\x00")


def test_an_export_of_columns_that_are_not_there_is_of_all(officer, clerk):
    kept = factories.LicenceFactory(agency=clerk.agency)

    answer = officer.get(address("licences", "export"), {"format": "csv", "column": "99"})

    assert kept.number in answer.content.decode("utf-8-sig")


@pytest.mark.parametrize("values", [[5, 5], [{}, []], ["2023-06-01", 10**30], float("inf"), "示例"])
def test_inp_05_a_damaged_mark_of_a_page_is_not_an_error(officer, clerk, values):
    factories.LicenceFactory(agency=clerk.agency)
    mark = base64.urlsafe_b64encode(json.dumps(values).encode()).decode()

    for name in ("after", "before"):
        assert officer.get(address("licences"), {name: mark}).status_code == 200


def test_a_column_is_opened_and_an_account_registered_before_their_records(officer, clerk):
    officer.post(reverse("catalogue:columns"), {"name": "通知公告", "column_class": "notices", "position": 1})
    officer.post(reverse("channels:accounts"), {"name": "示例国动", "platform": "weibo"})

    assert "通知公告" in text_of(officer.get(reverse("catalogue:columns")))
    assert "示例国动" in text_of(officer.get(reverse("channels:accounts")))
    assert "通知公告" in text_of(officer.get(address("items", "add")))
    assert "示例国动" in text_of(officer.get(address("posts", "add")))


def test_whoever_manages_columns_opens_one_and_a_reader_is_offered_no_form(client, clerk):
    manager = a_person(clerk.agency, Power.MANAGE_COLUMNS, Power.READ_REGISTERS, name="戊示例")
    reader = a_person(clerk.agency, Power.READ_REGISTERS, name="乙示例")

    enter(client, manager).post(reverse("catalogue:columns"), {"name": "办事指南", "position": 1})

    seen = text_of(enter(client, reader).get(reverse("catalogue:columns")))
    assert "办事指南" in seen
    assert "开设栏目" not in seen
    assert "登记账号" not in text_of(client.get(reverse("channels:accounts")))


def test_the_same_column_twice_is_refused_beside_the_form(officer):
    for _ in range(2):
        answer = officer.post(reverse("catalogue:columns"), {"name": "通知公告", "position": 1})

    assert "已有栏目“通知公告”" in text_of(answer)


def test_acl_08_columns_and_accounts_of_another_agency_do_not_show(officer):
    factories.ColumnFactory(name="别的栏目")
    factories.ChannelAccountFactory(name="别的账号")

    assert "别的栏目" not in text_of(officer.get(reverse("catalogue:columns")))
    assert "别的账号" not in text_of(officer.get(reverse("channels:accounts")))
