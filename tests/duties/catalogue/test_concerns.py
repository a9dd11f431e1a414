"""发布前检查 at the gate: hidden content, personal numbers, classification marks, and what people may answer."""

from io import BytesIO

import docx
import pytest

from gongkai.agencies.access import Refusal
from gongkai.duties.catalogue import actions, release_gate
from gongkai.duties.catalogue.concerns import concerns
from gongkai.gateways.files import desk_files

pytestmark = pytest.mark.django_db(databases=["default", "public"])
ID_NUMBER = "11010519491231002X"  # the example of GB 11643


def a_letter(author: str = "内部起草人") -> bytes:
    document, file = docx.Document(), BytesIO()
    document.add_paragraph("试鸣安排。")
    document.core_properties.author = author
    document.save(file)
    return file.getvalue()


def unmet(version) -> list[str]:
    return [each.label for each in release_gate.before_review(version) if not each.is_met]


def test_pii_04_a_personal_number_in_the_text_must_be_answered(office):
    version = office.draft(body=f"<p>公示对象身份证号{ID_NUMBER}。</p>")
    assert unmet(version) == ["个人信息和表述"]
    with pytest.raises(Refusal, match="正文：身份证号码"):
        actions.submit(version, by=office.clerk)

    (concern,) = concerns(version)
    given = actions.answer(
        version, fingerprint=concern.fingerprint, reason="经本人书面同意公示", by=office.clerk
    )

    assert unmet(version) == []
    assert ID_NUMBER not in given.shown  # PII-05
    assert actions.submit(version, by=office.clerk).stage == "section_review"


def test_pii_04_a_number_broken_by_tags_and_spaces_is_found_too(office):
    version = office.draft(
        body=f"<p>身份证{ID_NUMBER[:6]}<strong>{ID_NUMBER[6:14]}</strong> {ID_NUMBER[14:]}</p>"
    )

    assert [concern.found.what for concern in concerns(version)] == ["身份证号码"]


def test_a_new_version_keeps_the_reasons_that_were_given(office):
    version = office.draft(body="<p>联系人手机13800138000。</p>")
    [concern] = concerns(version)
    given = actions.answer(version, fingerprint=concern.fingerprint, reason="办公用手机", by=office.clerk)

    again = actions.revise(office.published(version).item, by=office.clerk)

    [kept] = concerns(again)
    assert (kept.answer.reason, kept.answer.by) == (given.reason, office.clerk)


def test_an_answer_needs_a_reason(office):
    version = office.draft(body=f"<p>{ID_NUMBER}</p>")
    (concern,) = concerns(version)

    with pytest.raises(Refusal, match="请写明为什么可以公开"):
        actions.answer(version, fingerprint=concern.fingerprint, reason="  ", by=office.clerk)

    assert version.answers.count() == 0


def test_pub_09_a_classification_mark_stops_everything_and_cannot_be_answered(office):
    version = office.draft(body="<p>机密★5年</p><p>关于工程布局的报告。</p>")
    assert unmet(version) == ["不得发布的内容"]
    concern = next(each for each in concerns(version) if each.is_open)

    with pytest.raises(Refusal, match="不能这样处理"):
        actions.answer(version, fingerprint=concern.fingerprint, reason="已解密", by=office.clerk)
    with pytest.raises(Refusal, match="国家秘密标志"):
        actions.submit(version, by=office.clerk)

    version.refresh_from_db()
    assert (version.stage, version.answers.count()) == ("drafting", 0)


def test_fil_06_what_an_attachment_hides_is_cleaned_on_one_click_and_the_original_kept(office):
    version = office.draft()
    written = a_letter()
    file = actions.attach(version, name="方案.docx", content=written, by=office.clerk)
    assert "文件属性" in {each["trace"] for each in file.hidden}
    assert unmet(version) == ["隐藏内容"]

    cleaned = actions.clean_attachment(version, sha256=file.sha256, by=office.clerk)

    assert (cleaned.hidden, cleaned.original, unmet(version)) == ([], file.sha256, [])
    assert "试鸣安排" in cleaned.text
    assert desk_files().read(file.sha256) == written
    assert (
        "内部起草人" not in docx.Document(BytesIO(desk_files().read(cleaned.sha256))).core_properties.author
    )


def test_the_text_of_an_attachment_is_screened_like_the_body(office):
    document, file = docx.Document(), BytesIO()
    document.add_paragraph(f"联系人身份证号{ID_NUMBER}")
    document.save(file)
    version = office.draft()
    actions.attach(version, name="名单.docx", content=file.getvalue(), by=office.clerk)

    assert "附件“名单.docx”" in {concern.where for concern in concerns(version)}


def test_fil_01_a_file_that_is_not_what_its_name_says_is_refused(office):
    version = office.draft()

    with pytest.raises(Refusal, match="不能上传"):
        actions.attach(version, name="方案.docx", content=b"MZ\x90\x00 not a document", by=office.clerk)

    assert version.attachments.count() == 0
