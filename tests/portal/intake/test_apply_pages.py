"""在线申请的页面. Without scripts, without sessions: nothing typed is lost, nothing personal stands in an address."""

import re
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from gongkai.agencies.models import Agency
from gongkai.audit.models import Entry
from gongkai.duties.applications.intake import pulling
from gongkai.duties.applications.intake.models import ReceivedSubmission
from gongkai.portal import queries
from gongkai.portal.intake import human_check, limits
from gongkai.portal.intake.models import Avoided, Submission, SubmissionStatus
from gongkai.portal.intake.particulars import NOTICE_VERSION, PARTICULARS
from gongkai.portal.pages.apply import uploads, views
from gongkai.portal.pages.apply.forms import ApplicationForm, plain
from tests.portal.intake.handing_in import (
    JPEG,
    MATTER,
    NAME,
    NUMBER,
    PERSONAL,
    code_on,
    fresh_token,
    picture,
    send,
    typed,
)
from tests.portal.items import item, released

pytestmark = pytest.mark.django_db(databases=["default", "public"])
FORMS = ("/apply/search/", "/apply/found/", "/apply/form/", "/apply/send/", "/apply/status/")


def review(client, **changes):
    return client.post("/apply/form/", typed(token=fresh_token(client), to="review", **changes))


def errors_of(response):
    page = html.fromstring(response.content.decode())
    return {
        found.get("id").removesuffix("-error"): found.text_content()
        for found in page.xpath("//p[@class='error']")
    }


def kept_in(response):
    """What the page would send back: every field with its value."""
    page = html.fromstring(response.content.decode())
    form = page.xpath("//form[contains(@class, 'application')]")[0]
    return [(name, value) for name, value in form.form_values() if name not in ("token", "to")]


# 申请表 -----------------------------------------------------------------------------------


def test_an_application_is_typed_looked_over_and_sent(readers):
    begun = readers.get("/apply/").content.decode()
    assert "20个工作日内答复" in begun
    assert "双方确认之日为收到申请之日" in begun

    looked_over = review(readers)
    assert looked_over.status_code == 200
    assert "核对并提交" in looked_over.content.decode()
    data = dict(typed(), token=fresh_token(readers), to="send", identity_file=picture())
    sent = readers.post("/apply/send/", data)

    page = sent.content.decode()
    assert sent.status_code == 200
    assert re.fullmatch(r"(?:[A-Z0-9]{4}-){4}[A-Z0-9]{4}", code_on(sent))
    assert "它还不是法律上的“收到申请”" in page
    assert "附文件1个" in page
    assert "<svg" in page  # the code and where to ask, to scan from the printed slip
    assert Submission.objects.get().files.count() == 1


def test_the_confirmation_carries_everything_that_was_typed(readers):
    kept = kept_in(review(readers))

    expected = typed()
    matters = expected.pop("matter")
    assert sorted(kept) == sorted([*expected.items(), *(("matter", text) for text in matters)])


@pytest.mark.parametrize("address", ["/apply/form/", "/apply/send/"])
def test_what_was_typed_comes_back_when_it_is_to_be_changed(readers, address):
    response = readers.post(address, typed(token=fresh_token(readers), to="edit"))

    assert response.status_code == 200
    assert errors_of(response) == {}
    assert {(name, value) for name, value in typed().items() if isinstance(value, str)} <= set(
        kept_in(response)
    )
    assert ("matter", MATTER) in kept_in(response)


def test_one_more_matter_is_a_button_and_loses_nothing(readers):
    response = readers.post("/apply/form/", typed(token=fresh_token(readers), to="more", name=NAME))

    boxes = [value for name, value in kept_in(response) if name == "matter"]
    assert boxes == [MATTER, "第二项所需信息", ""]
    assert errors_of(response) == {}


WRONG = [
    ("applicant_kind", "", "请选择申请人类型。"),
    ("name", "", "请填写姓名或者名称。"),
    ("name", "长" * 101, "姓名或者名称最多100字，现在有101字。"),
    ("certificate_kind", "", "请选择证件种类。"),
    ("certificate_kind", "made_up", "请选择证件种类。"),
    ("certificate_number", "", "请填写证件号码。"),
    ("certificate_number", "110101199001010016", "居民身份证号码应为18位，请对照证件核对每一位。"),
    ("certificate_number", "110101199013010015", "居民身份证号码应为18位，请对照证件核对每一位。"),
    ("phone", "12", "联系电话填写数字，固定电话请加区号，例如0000-0000000。"),
    ("email", "没有", "电子邮箱的写法不对，请核对，例如name@example.cn。"),
    ("email", "a@b.cn\nBcc: c@d.cn", "电子邮箱的写法不对，请核对，例如name@example.cn。"),
    ("postcode", "12345", "邮政编码是6位数字。"),
    ("postal_address", "", "选择邮寄的，请填写通信地址。"),
    ("access_form", "", "请选择获取信息的方式。"),
    ("access_means", "pigeon", "请选择获取信息的途径。"),
    ("notice", "", "请阅读个人信息处理说明，并勾选这一项。"),
    ("sensitive", "", "请阅读敏感个人信息的说明，并勾选这一项。"),
]


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_is_kept(readers, name, value, words):
    """INP-06; A11-01: in the summary and at the place, joined for a screen reader; nothing is taken in."""
    response = review(readers, **{name: value})

    assert response.status_code == 422
    assert errors_of(response) == {name: words}
    page = html.fromstring(response.content.decode())
    assert page.xpath(f"//div[@class='problems']//a[@href='#{name}']/text()") == [words]
    assert page.xpath(f"//*[@id='{name}']") != []
    assert page.xpath(f"//*[contains(@aria-describedby, '{name}-error')]") != []
    kept = dict(kept_in(response))
    assert all(kept[other] == typed()[other] for other in ("phone", "name", "email") if other != name)
    assert Submission.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"phone": "", "email": "", "access_means": "post"}, "phone", "联系电话和电子邮箱至少填写一项"),
        ({"email": "", "access_means": "email"}, "email", "选择用电子邮件获取的，请填写电子邮箱。"),
        ({"access_form": "inspection"}, "access_means", "当场查阅、抄录的，途径请选择当面领取。"),
        ({"applicant_kind": "company"}, "certificate_kind", "法人或者其他组织的证件请从这几种中选择"),
        ({"matter": [""]}, "matter-1", "请写明所需信息的名称、文号"),
        ({"matter": ["预算"]}, "matter-1", "写得太短"),
        ({"matter": ["好" * 1001]}, "matter-1", "每一项最多1000字，现在有1001字"),
        ({"matter": ["第几项信息"] * 11}, "matter-10", "一次最多申请10项"),
    ],
)
def test_what_does_not_go_together_is_said(readers, changes, place, words):
    assert words in errors_of(review(readers, **changes))[place]


@pytest.mark.parametrize(
    "kind", ["company", "research", "social_welfare", "legal_service", "other_organisation"]
)
def test_an_organisation_applies_with_its_code_and_somebody_to_speak_to(readers, kind):
    values = {
        "applicant_kind": kind,
        "name": "示例市示例有限公司",
        "certificate_kind": "credit_code",
        "certificate_number": "91350100M000100Y43",
    }

    assert errors_of(review(readers, **values)) == {
        "representative": "法人或者其他组织申请的，请填写联系人姓名。"
    }
    assert review(readers, **values, representative="乙示例").status_code == 200
    wrong = review(readers, **{**values, "certificate_number": "91350100M000100Y44"}, representative="乙示例")
    assert errors_of(wrong) == {"certificate_number": "统一社会信用代码应为18位，请对照证照核对每一位。"}


def test_a_number_is_read_in_any_width_and_case(readers):
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in NUMBER)

    response = send(readers, certificate_number=f" {full_width[:6]} {full_width[6:]} ")

    assert code_on(response)
    found = readers.post("/apply/status/", {"code": code_on(response), "second": NUMBER[-4:]})
    assert found.status_code == 200


HOSTILE = ["\x00", "甲\x00乙", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "\u202egpj.文件", "\U00020000𠮷",
           "甲\u200b\u200d乙", "<script>alert(1)</script>", "{{ 7*7 }}", "' OR 1=1 --", "=cmd|' /C calc'!A0", "\r\nSet-Cookie: a=b"]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_strange_characters_are_kept_or_dropped_and_never_a_fault(readers, text):
    """INP-05: on both databases; INP-01."""
    for name in ("name", "representative", "postal_address", "certificate_number", "code"):
        response = review(readers, **{name: text})
        assert response.status_code in (200, 422)
        assert "<script>alert" not in response.content.decode()
    assert send(readers, matter=[f"请公开{text}相关文件"]).status_code in (200, 422)
    assert readers.post("/apply/status/", {"code": text, "second": text}).status_code == 404
    assert readers.post("/apply/search/", {"words": text}).status_code == 200


def test_what_turns_the_direction_of_writing_is_taken_out():
    assert plain("甲\u202e乙\u2066丙\x00丁\r\n戊") == "甲乙丙丁\n戊"


def test_every_field_has_its_purpose_and_ground():
    """PII-01: a field of the form without a written purpose fails here."""
    described = {each.name for each in PARTICULARS}

    asked_for = {*ApplicationForm().fields, "matter", "identity_file", "attachment_file"}
    assert asked_for - {"notice", "sensitive"} == described
    assert all(each.purpose and str(each.basis) for each in PARTICULARS)


def test_the_notice_says_what_each_field_is_for_and_its_version_is_kept(readers):
    """PII-02."""
    page = readers.get("/apply/form/").content.decode()

    for each in PARTICULARS:
        assert each.purpose in page
    assert "个人信息处理说明（第1版）" in page
    assert "敏感个人信息" in page


def test_a_changed_notice_needs_a_new_version(readers):
    """PII-02: what a version said stays known, and it is kept with each application. Change the text, raise the version."""
    said = [(each.name, each.label, each.purpose, str(each.basis), each.sensitive) for each in PARTICULARS]
    send(readers)
    Agency.objects.create(public_id=queries.site().agency, name="示例市国防动员办公室", short_name="市国动办")
    pulling.pull()

    assert (NOTICE_VERSION, sha256(repr(said).encode()).hexdigest()[:16]) == (1, "7c70506541041c49")
    assert ReceivedSubmission.objects.get().notice_version == NOTICE_VERSION


# 提交 -------------------------------------------------------------------------------------


def test_the_same_form_sent_again_shows_the_same_receipt(readers):
    """REL-02: double click, back button, a proxy that tries again."""
    token = fresh_token(readers)
    first = send(readers, token=token)

    again = send(readers, token=token)

    assert code_on(again) == code_on(first)
    assert "没有重复登记" in again.content.decode()
    assert Submission.objects.count() == 1


def test_a_changed_form_sent_again_says_that_the_change_was_not_taken(readers):
    token = fresh_token(readers)
    send(readers, token=token)

    again = send(readers, token=token, name="乙示例")

    assert "这一次改动的内容没有提交" in again.content.decode()


@pytest.mark.parametrize("token", ["", "x", "made.up:token", "\x00", "甲" * 500])
def test_a_token_that_is_none_of_ours_takes_nothing_in(readers, token):
    """WEB-02."""
    response = send(readers, token=token or " ")

    assert response.status_code == 422
    assert "请核对后重新提交" in response.content.decode()
    assert Submission.objects.count() == 0
    assert ("name", NAME) in kept_in(response)


@pytest.mark.parametrize("path", FORMS)
def test_a_form_of_another_site_is_refused(readers, path):
    """WEB-02."""
    before = Submission.objects.count(), SubmissionStatus.objects.count(), Avoided.objects.count()

    response = readers.post(path, typed(), HTTP_ORIGIN="https://evil.example")

    assert response.status_code == 403
    assert (Submission.objects.count(), SubmissionStatus.objects.count(), Avoided.objects.count()) == before


REFUSED = [
    ("证件.exe", JPEG, "类型不能接收"),
    ("证件", JPEG, "类型不能接收"),
    ("证件.jpg", b"MZ not a picture", "内容与类型不符"),
    ("证件.pdf", JPEG, "内容与类型不符"),
    ("证件.docx", b"PK\x03\x04 broken", "内容与类型不符"),
    ("证件.jpg", b"", "空文件"),
]


@pytest.mark.parametrize(("name", "content", "words"), REFUSED)
def test_a_file_that_is_not_what_it_says_is_refused_and_the_form_is_kept(readers, name, content, words):
    """FIL-01."""
    data = dict(
        typed(), token=fresh_token(readers), to="send", identity_file=SimpleUploadedFile(name, content)
    )

    response = readers.post("/apply/send/", data)

    assert response.status_code == 422
    assert words in response.content.decode() if content else True
    assert "需要重新选择" in response.content.decode() or not content
    assert ("name", NAME) in kept_in(response)
    assert Submission.objects.count() == (0 if response.status_code == 422 else 1)


def test_more_files_than_allowed_are_refused(readers):
    """FIL-02."""
    data = dict(typed(), token=fresh_token(readers), to="send")
    data["attachment_file"] = [picture(f"{number}.jpg") for number in range(11)]

    response = readers.post("/apply/send/", data)

    assert "一次最多附10个文件，现在选了11个" in response.content.decode()
    assert Submission.objects.count() == 0


def test_a_body_said_to_be_too_large_is_not_read(readers):
    """FIL-02: 413 before anything is kept in memory."""

    response = readers.post(
        "/apply/send/",
        dict(typed(), token=fresh_token(readers), to="send", identity_file=picture()),
        CONTENT_LENGTH=str(uploads.LARGEST_BODY + 1),
    )

    assert response.status_code == 413
    assert Submission.objects.count() == 0


def test_files_that_are_too_much_together_are_not_read_to_the_end(readers, monkeypatch):
    """FIL-02: whatever length was claimed."""
    monkeypatch.setattr(uploads, "LARGEST_TOGETHER", 10_000)
    data = dict(typed(), token=fresh_token(readers), to="send", identity_file=picture(content=JPEG * 50))

    response = readers.post("/apply/send/", data)

    assert response.status_code == 413
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("path", ["/apply/form/", "/apply/status/", "/apply/search/"])
def test_too_much_text_is_a_413(readers, path):
    response = readers.post(path, {"words": "长" * 2_000_000})

    assert response.status_code == 413


def test_without_the_key_nothing_is_taken_in_and_the_reason_is_said(readers, settings, tmp_path):
    """CRY-07: what cannot be sealed is not kept plainly instead."""
    token = fresh_token(readers)
    settings.KEYS_FOLDER = tmp_path

    response = send(readers, token=token)

    assert response.status_code == 422
    assert "暂时不能在线提交" in response.content.decode()
    assert Submission.objects.count() == 0


# 限制 -------------------------------------------------------------------------------------


def question_of(response):
    page = response.content.decode()
    signed = re.search(r'name="question" value="([^"]+)"', page)
    words = re.search(r'<label for="answer">([^<]+)</label>', page)
    return (signed[1], words[1]) if signed and words else (None, None)


def right_answer(words):
    numerals = "零一二三四五六七八九十"

    def value(text):
        return 10 + numerals.index(text[1]) if len(text) == 2 else numerals.index(text)

    first, second = (
        value(found) for found in re.findall(r"(?:有|拿来|拿走)([一二三四五六七八九十]{1,2})", words)
    )
    return first - second if "还剩" in words else first + second


def test_above_the_limit_a_question_is_asked_and_whoever_answers_goes_on(readers):
    """ABU-01: never a silent drop; A11-04: a question in words, without a picture and without a script."""
    for _ in range(limits.APPLICATIONS_OF_ADDRESS.most):
        assert code_on(send(readers))
    token = fresh_token(readers)

    asked = send(readers, token=token)
    signed, words = question_of(asked)

    assert asked.status_code == 422
    assert Submission.objects.count() == limits.APPLICATIONS_OF_ADDRESS.most
    wrong = send(readers, token=token, question=signed, answer="99")
    assert "答案不对" in wrong.content.decode()
    signed, words = question_of(wrong)
    assert code_on(send(readers, token=token, question=signed, answer=str(right_answer(words))))
    assert Submission.objects.count() == limits.APPLICATIONS_OF_ADDRESS.most + 1


def test_the_last_form_below_the_limit_sent_twice_is_asked_nothing(readers):
    """REL-02: who pressed twice is told the same receipt, not asked whether a person is there."""
    for _ in range(limits.APPLICATIONS_OF_ADDRESS.most - 1):
        send(readers)
    token = fresh_token(readers)
    first = send(readers, token=token)

    again = send(readers, token=token)

    assert (again.status_code, code_on(again)) == (200, code_on(first))
    assert Submission.objects.count() == limits.APPLICATIONS_OF_ADDRESS.most


def test_an_answer_serves_one_form_only(readers):
    for _ in range(limits.APPLICATIONS_OF_ADDRESS.most):
        send(readers)
    token = fresh_token(readers)
    signed, words = question_of(send(readers, token=token))
    answer = str(right_answer(words))
    assert code_on(send(readers, token=token, question=signed, answer=answer))

    assert code_on(send(readers, question=signed, answer=answer)) is None


def test_one_person_with_many_addresses_is_asked_too(readers):
    """ABU-01: ten a day of one certificate; ABU-05: asked, never refused."""
    for number in range(limits.APPLICATIONS_OF_IDENTITY.most):
        data = dict(typed(), token=fresh_token(readers), to="send")
        assert code_on(readers.post("/apply/send/", data, REMOTE_ADDR=f"203.0.113.{number}"))

    asked = readers.post(
        "/apply/send/", dict(typed(), token=fresh_token(readers), to="send"), REMOTE_ADDR="203.0.113.200"
    )

    assert question_of(asked)[0]


def test_a_spoofed_address_does_not_escape_the_limit(readers):
    """WEB-06."""
    for number in range(limits.APPLICATIONS_OF_ADDRESS.most):
        data = dict(typed(), token=fresh_token(readers), to="send")
        readers.post("/apply/send/", data, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")

    asked = readers.post(
        "/apply/send/",
        dict(typed(), token=fresh_token(readers), to="send"),
        HTTP_X_FORWARDED_FOR="198.51.100.200",
    )

    assert question_of(asked)[0]


@pytest.mark.parametrize("answer", ["", "十九", "-1", "1e3", "\x00", "９" * 50])
def test_a_wrong_answer_of_any_kind_is_wrong(answer):
    question = human_check.ask("token")

    assert not human_check.answered(question.signed, answer, "token")
    assert not human_check.answered("made up", "5", "token")


def test_an_answer_may_be_written_in_chinese_numerals_or_wide_digits():
    for _ in range(50):
        question = human_check.ask("token")
        right = right_answer(question.words)
        spoken = "零一二三四五六七八九十"[right] if right <= 10 else f"十{'零一二三四五六七八九'[right - 10]}"
        for answer in (str(right), spoken, "".join(chr(ord(d) + 0xFEE0) for d in str(right))):
            assert human_check.answered(question.signed, answer, "token")


# 查询 -------------------------------------------------------------------------------------


def test_the_status_shows_words_and_days_and_nobody(readers):
    """PII-09: neither the person nor what was asked."""
    code = code_on(send(readers))

    response = readers.post("/apply/status/", {"code": code, "second": NUMBER[-4:]})

    page = response.content.decode()
    assert "已提交，等候本机关接收" in page
    assert not [word for word in PERSONAL if word in page]


def test_a_wrong_code_an_absent_one_and_a_wrong_second_item_look_alike(readers):
    """ABU-02: the same bytes but for what was typed."""
    code = code_on(send(readers))
    answers = []
    for typed_code, second in ((code, "0000"), ("HRT9-PDJM-3RHF-WF44-7X3F", NUMBER[-4:]), ("no code", "")):
        response = readers.post("/apply/status/", {"code": typed_code, "second": second})
        answers.append((response.status_code, response.content.decode().replace(typed_code, "")))

    assert len(set(answers)) == 1
    assert answers[0][0] == 404


def test_above_the_limit_a_status_is_asked_for_with_a_question(readers):
    """ABU-01."""
    code = code_on(send(readers))
    for _ in range(limits.QUERIES_OF_ADDRESS.most):
        readers.post("/apply/status/", {"code": code, "second": "0000"})

    asked = readers.post("/apply/status/", {"code": code, "second": NUMBER[-4:]})
    signed, words = question_of(asked)

    assert asked.status_code == 429
    assert "已提交" not in asked.content.decode()
    answered = {"code": code, "second": NUMBER[-4:], "question": signed, "answer": right_answer(words)}
    assert readers.post("/apply/status/", answered).status_code == 200
    other = {**answered, "code": "HRT9-PDJM-3RHF-WF44-7X3F"}
    assert readers.post("/apply/status/", other).status_code == 429


# 已经公开的 -------------------------------------------------------------------------------


def test_what_is_published_already_is_shown_before_anything_is_typed(readers):
    released(item(1, title="示例市2023年防空警报试鸣公告"), item(2, title="示例市人防工程维护办法"))

    page = readers.post("/apply/search/", {"words": "申请公开关于防空警报试鸣的相关信息"}).content.decode()

    assert "您要的可能已经公开" in page
    assert "示例市2023年防空警报试鸣公告" in page
    assert "人防工程" not in page


def test_whoever_found_it_is_counted_and_nothing_else_is_kept(readers):
    before = Entry.objects.using("public").count()

    assert readers.post("/apply/found/").status_code == 200
    assert readers.post("/apply/found/").status_code == 200

    assert [row.count for row in Avoided.objects.all()] == [2]
    assert Entry.objects.using("public").count() == before
    assert Submission.objects.count() == 0


def test_one_source_does_not_count_without_end(readers):
    for _ in range(limits.AVOIDED_OF_ADDRESS.most + 5):
        assert readers.post("/apply/found/").status_code == 200

    assert Avoided.objects.get().count == limits.AVOIDED_OF_ADDRESS.most


def test_the_script_gets_a_piece_of_a_page(readers):
    released(item(1, title="示例市2023年防空警报试鸣公告"))

    piece = readers.post(
        "/apply/search/", {"words": "防空警报试鸣"}, HTTP_X_REQUESTED_WITH="fetch"
    ).content.decode()

    assert "<html" not in piece
    assert "防空警报试鸣公告" in piece
    assert (
        readers.post("/apply/search/", {"words": "没有这个"}, HTTP_X_REQUESTED_WITH="fetch").content.strip()
        == b""
    )


# 外表 -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FORMS[:2] + FORMS[3:4])
def test_what_only_takes_a_form_is_not_read(readers, path):
    """WEB-03."""
    response = readers.get(path)

    assert (response.status_code, response["Allow"]) == (405, "POST")


def every_page(readers):
    token = fresh_token(readers)
    sent = send(readers, token=token)
    return {
        "form": readers.get("/apply/form/"),
        "wrong": review(readers, name=""),
        "confirm": review(readers),
        "receipt": sent,
        "search": readers.post("/apply/search/", {"words": "预算"}),
        "found": readers.post("/apply/found/"),
        "status": readers.get("/apply/status/"),
        "standing": readers.post("/apply/status/", {"code": code_on(sent), "second": NUMBER[-4:]}),
        "unknown": readers.post("/apply/status/", {"code": "x", "second": "0000"}),
    }


def test_pages_of_applying_are_kept_nowhere_and_set_no_cookie(readers):
    """SES-06; WEB-01: and the one script that may run is a file of ours."""
    for name, response in every_page(readers).items():
        assert response["Cache-Control"] == "no-store", name
        assert response["X-Accel-Expires"] == "0", name
        assert "ETag" not in response, name
        assert not response.cookies, name
        policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
        assert policy["script-src"] == policy["default-src"] == policy["form-action"] == "'self'", name
        assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'", name
        page = html.fromstring(response.content.decode())
        assert page.xpath("//script[not(@src='/static/portal/apply.js')] | //*[@style] | //style") == [], name
        assert page.xpath("//*[starts-with(name(@*), 'on')]") == [], name


def test_nothing_personal_stands_in_an_address(readers):
    """PII-09: neither in the addresses of the pages nor in where their forms send; the code in none of them."""
    for name, response in every_page(readers).items():
        page = html.fromstring(response.content.decode())
        addresses = page.xpath("//@href | //@action | //@formaction | //@src")
        assert not [a for a in addresses for word in PERSONAL if word in a], name
        assert {form.get("method", "get").lower() for form in page.xpath("//form[not(@role='search')]")} <= {
            "post"
        }, name


def test_nothing_personal_stands_in_a_log_or_an_audit_line(readers, caplog):
    """PII-09."""
    caplog.set_level("DEBUG")
    every_page(readers)
    send(readers, name="\x00" + NAME)

    lines = "".join(
        f"{line.detail}{line.subject}{line.reason}" for line in Entry.objects.using("public").all()
    )
    assert "submission:" in lines
    logged = "".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("django.db")
    )
    assert not [word for word in PERSONAL if word in lines or word in logged]


def test_a_fault_while_sending_shows_an_id_and_nothing_typed(readers, monkeypatch, caplog):
    """WEB-04; PII-09."""
    monkeypatch.setattr(views, "accept", lambda **values: 1 / 0)

    response = send(readers)

    assert response.status_code == 500
    said = response.content.decode() + "".join(record.getMessage() for record in caplog.records)
    assert not [word for word in PERSONAL if word in said]


def test_the_way_in_is_shown_where_people_look_for_it(readers):
    for path in ("/disclosure/application/", "/search/?q=没有这样的东西"):
        page = html.fromstring(readers.get(path).content.decode())
        assert page.xpath("//main//a[@href='/apply/']") != [], path
