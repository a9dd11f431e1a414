"""文书的文件: templates are words and never programs; what is read back is what was written."""

import io
import zipfile
from dataclasses import replace

import pypdfium2
import pytest

from gongkai.duties.applications.letters.check import check
from gongkai.duties.applications.letters.documents import pdf
from gongkai.duties.applications.letters.documents.examination import (
    objections_to_letter,
    objections_to_template,
)
from gongkai.duties.applications.letters.documents.own_template import own_template
from gongkai.duties.applications.letters.documents.placeholders import filling, last_two
from gongkai.duties.applications.letters.documents.reading_back import read_back
from gongkai.duties.applications.letters.documents.word import lines, merge
from gongkai.rules.regulations_2019.letters import KIND_BY_KEY, KINDS
from gongkai.screening.archive import packed, parts_of
from tests.duties.applications.letters.faults import FAULTS, planted
from tests.duties.applications.letters.right import every, facts, issued, matter

REPLY = KIND_BY_KEY["reply"]


def changed(data: bytes, old: str, new: str, *, part: str = "word/document.xml") -> bytes:
    parts = parts_of(data)
    text = parts[part].decode()
    assert old in text
    parts[part] = text.replace(old, new).encode()
    return packed(parts)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    return packed({**parts_of(data), name: content})


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.key)
def test_the_systems_own_template_may_be_used(kind):
    assert objections_to_template(own_template(kind), kind) == []
    assert own_template(kind) == own_template(kind)


def test_what_is_merged_reads_back_the_same():
    for case in every(1):
        text, numbered = issued(case)
        document = merge(own_template(numbered.letter_kind), filling(text, numbered))
        assert read_back(document, title=numbered.title) == text


def test_number_and_day_are_filled_in_last():
    text, numbered = issued(facts("correction"))
    drafted = merge(
        own_template(KIND_BY_KEY["correction"]),
        filling(text, numbered) | last_two(number="{{文号}}", dated="{{成文日期}}"),
    )

    assert "{{文号}}" in lines(drafted)
    final = merge(drafted, last_two(number=text.number, dated=text.dated))
    assert read_back(final, title=numbered.title) == text


def test_faults_planted_in_the_document_are_found_there():
    """The check reads the file, not the values it was merged from."""
    made, through = 0, []
    for place, case in enumerate(every(1)):
        text, numbered = issued(case)
        for n in range(3):
            fault = FAULTS[(place * 3 + n) % len(FAULTS)]
            wrong = planted(text, numbered, fault, n + place)
            if wrong is None:
                continue
            made += 1
            document = merge(own_template(numbered.letter_kind), filling(wrong, numbered))
            found = check(read_back(document, title=numbered.title), numbered)
            if not any(each.stops for each in found):
                through.append(fault.name)

    assert through == []
    assert made >= 100


def test_a_placeholder_that_word_cut_into_runs_is_still_one():
    whole = '<w:t xml:space="preserve">{{主送}}</w:t>'
    cut = (
        '<w:t>{{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>主</w:t></w:r>'
        "<w:r><w:t>送</w:t></w:r><w:r><w:t>}}</w:t>"
    )
    template = changed(own_template(REPLY), whole, cut)
    text, numbered = issued(facts("reply", matters=(matter("provided", 1),)))

    assert objections_to_template(template, REPLY) == []
    assert read_back(merge(template, filling(text, numbered)), title=numbered.title) == text


def test_an_offices_own_words_and_values_stand_in_the_letter():
    template = changed(
        own_template(REPLY), "{{附注}}", "经办科室：公开科。申请编号{{登记编号}}，收到于{{ 收到日期 }}"
    )
    text, numbered = issued(facts("reply", matters=(matter("provided", 1),)))

    read = read_back(merge(template, filling(text, numbered)), title=numbered.title)

    assert read.notes == (f"经办科室：公开科。申请编号{numbered.register_number}，收到于2023年3月2日",)
    assert not any(each.stops for each in check(read, numbered))


def test_what_stands_in_a_value_is_text_and_nothing_else():
    """INP-04: an applicant's name cannot become markup, a placeholder or a program."""
    text, numbered = issued(facts("receipt"))
    nasty = replace(text, notes=("</w:t><w:t>{{申请人}}{% for x in y %} & <b>\x07",))
    read = read_back(
        merge(own_template(KIND_BY_KEY["receipt"]), filling(nasty, numbered)), title=numbered.title
    )

    assert read.notes == ("</w:t><w:t>{{申请人}}{% for x in y %} & <b>",)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{{附注}}", "{{申请者}}", "没有这样的占位：{{申请者}}"),
        ("{{主送}}", "敬启者", "缺少占位：{{主送}}"),
        ("{{救济告知}}", "不服的，依法维权", "缺少占位：{{救济告知}}"),
        ("{{附注}}", "{% for x in range(9) %}", "不能写程序语句"),
        ("{{附注}}", "{{ cycler.__init__.__globals__ }}", "没有这样的占位"),
        ("{{附注}}", "{{附注}", "括号不成对"),
        ("{{正文}}", "你好，{{正文}}", "要单独成段"),
        ("{{标题}}", "告知", "既没有占位{{标题}}"),
    ],
)
def test_a_template_is_refused_with_the_reason(old, new, said):
    refused = objections_to_template(changed(own_template(REPLY), old, new), REPLY)

    assert any(said in each for each in refused), refused


def _zip_around(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (with_part(own_template(REPLY), "word/vbaProject.bin", b"x"), "宏"),
        (with_part(own_template(REPLY), "word/embeddings/a.xlsx", b"x"), "嵌入"),
        (with_part(own_template(REPLY), "word/comments.xml", b"<w/>"), "批注"),
        (
            changed(
                own_template(REPLY),
                "</Relationships>",
                '<Relationship Id="r9" Type="t" Target="http://example.com/a.dotm" TargetMode="External"/></Relationships>',
                part="word/_rels/document.xml.rels",
            ),
            "外部",
        ),
        (
            changed(
                own_template(REPLY),
                "{{附注}}</w:t>",
                "{{附注}}</w:t></w:r><w:r><w:instrText>DDEAUTO c:\\x</w:instrText>",
            ),
            "域",
        ),
        (
            changed(own_template(REPLY), "<w:r><w:t", '<w:ins w:id="1"/><w:r><w:t'),
            "修订",
        ),
        (
            changed(own_template(REPLY), "<w:document", "<!DOCTYPE x [<!ENTITY a 'b'>]><w:document"),
            "实体声明",
        ),
        (_zip_around("a.txt", b"x"), "不是docx"),
        (b"%PDF-1.4", "损坏"),
        (b"x" * (3 * 1024 * 1024 + 1), "超过3MB"),
    ],
    ids=[
        "macros",
        "embedded",
        "comments",
        "external",
        "field",
        "tracked",
        "entity",
        "no word",
        "pdf",
        "large",
    ],
)
def test_what_could_act_is_not_taken(data, said):
    """FIL-04."""
    refused = objections_to_template(data, REPLY)
    assert any(said in each for each in refused), refused
    assert objections_to_letter(data)


def test_an_edited_letter_keeps_the_two_open_places():
    text, numbered = issued(facts("receipt"))

    [said] = objections_to_letter(merge(own_template(KIND_BY_KEY["receipt"]), filling(text, numbered)))

    assert "删去了{{成文日期}}、{{文号}}" in said


def test_the_pdf_holds_the_letter_on_pages_of_its_own():
    text, _ = issued(facts("reply", n=3, matters=(matter("internal", 1), matter("not_found", 1, number=2))))

    printed = pdf.render(text)

    assert printed.startswith(b"%PDF")
    document = pypdfium2.PdfDocument(printed)
    read = "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")
    for line in (text.number, text.title, text.remedy[:12], text.dated):
        assert line in read
    assert "草稿" in pdf.page(text, is_draft=True)
    # GB/T 9704-2012: A4, a type area of 156 mm whose left margin is 28 mm, third-size characters (16 pt), 28 a line.
    page, millimetre = document[0], 72 / 25.4
    assert [round(each / millimetre) for each in page.get_size()] == [210, 297]
    written = page.get_textpage()
    line, count = written.search(text.addressee).get_next()
    lefts = [written.get_charbox(n)[0] for n in range(line, line + count)]
    assert lefts[0] / millimetre == pytest.approx(28, abs=1)
    assert (lefts[-2] - lefts[0]) / (count - 2) == pytest.approx(16, abs=0.3)
    assert "草稿" not in pdf.page(text)


def test_what_a_name_holds_is_escaped_in_the_pdf():
    text, _ = issued(facts("receipt"))

    assert "&lt;b&gt;" in pdf.page(replace(text, addressee="<b>：", issuer="局"))


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_what_stands_beside_the_text_is_checked_too():
    """页眉、页脚、脚注 of a letter that was edited in Word leave with it."""
    text, numbered = issued(facts("reply", n=3, matters=(matter("secret", 3),)))
    document = merge(own_template(REPLY), filling(text, numbered))

    def found(name: str, words: str) -> set[str]:
        part = f"<w:x {WORD}><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:x>".encode()
        read = read_back(with_part(document, f"word/{name}.xml", part), title=numbered.title)
        return {each.code for each in check(read, numbered) if each.stops}

    assert found("header1", numbered.agency) == set()
    assert found("footer_first", "— 1 —") == set()
    assert "number" in found("header1", "登记编号：〔2026〕91号")
    assert "article" in found("footnotes", "《政府信息公开条例》第九十九条")
    assert "remedy_road" in found("footer2", "您也可以直接向人民法院提起行政诉讼")


@pytest.mark.parametrize("mark", ["vanish", "strike", "dstrike"])
def test_words_that_are_hidden_or_struck_through_are_not_said(mark):
    text, numbered = issued(facts("reply", n=3, matters=(matter("secret", 3),)))
    document = merge(own_template(REPLY), filling(text, numbered))
    words = "未经行政复议，不能直接提起行政诉讼。"

    def found(value: str) -> set[str]:
        run = f'</w:t></w:r><w:r><w:rPr><w:{mark}{value}/></w:rPr><w:t xml:space="preserve">{words}'
        read = read_back(changed(document, words, run), title=numbered.title)
        return {each.code for each in check(read, numbered) if each.stops}

    assert "remedy_road" in found("")
    assert found(' w:val="0"') == set()
