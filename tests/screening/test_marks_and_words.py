"""PUB-09: marks of classification are refused, texts about secrecy pass. Wordings, names and stray characters (INP-05)."""

import pytest

from gongkai.screening import parsing, wording
from gongkai.screening.characters import without_stray
from gongkai.screening.found import Level, What
from gongkai.screening.text import look
from gongkai.screening.wording import Wording, WordingList
from tests.screening import making_office as office
from tests.screening import making_pages as pages
from tests.screening.secrecy_texts import about, marked


def is_marked(text: str) -> bool:
    return any(each.what is What.CLASSIFICATION and each.level is Level.REFUSE for each in look(text))


def test_pub_09_two_hundred_marked_texts_are_all_refused():
    assert [text for text in marked() if not is_marked(text)] == []


def test_pub_09_of_five_hundred_texts_about_secrecy_at_most_two_in_a_hundred_are_refused():
    refused = [text for text in about() if is_marked(text)]

    assert len(refused) <= 10


@pytest.mark.prove
def test_pub_09_two_hundred_marked_files_are_all_refused():
    """In the body, the header, a text box, a sheet or a slide: the mark is read where it stands."""
    passed = [name for name, data in marked_files() if not is_marked(parsing.inspect(name, data).everything)]

    assert passed == []


def marked_files():
    for number, text in enumerate(marked(seed=9, count=200)):
        lines = text.split("\n")
        words = "\n".join(lines)
        if number % 5 == 0:
            yield (
                "a.docx",
                office.docx_bytes(
                    lambda made, lines=lines: [made.add_paragraph(line) for line in lines] and None
                ),
            )
        elif number % 5 == 1:
            yield (
                "a.docx",
                office.docx_bytes(
                    lambda made, lines=lines: (
                        [made.sections[0].header.add_paragraph(line) for line in lines] and None
                    )
                ),
            )
        elif number % 5 == 2:
            yield (
                "a.xlsx",
                office.xlsx_bytes(
                    lambda made, lines=lines: (
                        [made.active.append(line.split("\t")) for line in lines] and None
                    )
                ),
            )
        elif number % 5 == 3:
            yield "a.pdf", pages.pdf_bytes("".join(f"<p>{line}</p>" for line in lines))
        else:
            yield "a.jpg", office.jpeg(comment=words.encode())


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("机密★20年", "机密★20年"),
        ("绝　密", "绝密"),
        ("密级：机密\n保密期限：10年", "密级:机密"),
        ("机\n密\n★\n二十年", "机密★二十年"),
        ("机 密 ☆ 长 期", "机密☆长期"),
        ("秘密★６个月", "秘密★6个月"),
    ],
)
def test_pub_09_a_mark_is_told_as_it_is_read(text, mark):
    assert [each.shown for each in look(text)] == [mark]


def test_pub_09_a_mark_in_quotation_marks_without_an_explanation_is_still_a_mark():
    assert is_marked("“机密★20年”\n示例市文件")


def test_pub_09_the_mark_of_a_header_is_read():
    def fill(made):
        made.sections[0].header.paragraphs[0].text = "机密★10年"

    assert is_marked(parsing.inspect("a.docx", office.docx_bytes(fill)).text)


@pytest.mark.parametrize(
    "text",
    [
        "内部资料 注意保存",
        "内部资料，免费交流",
        "内部文件，不得外传",
        "此件不公开",
        "（此件依申请公开）",
        "信息公开选项：不予公开",
        "公开属性：依申请公开",
        "密级：内部",
        "请勿外传",
        "只限内部使用",
        "普通商密★3年",
        "发至县团级",
        "会后收回",
        "CONFIDENTIAL",
        "示例市养犬管理办法（送审稿）",
    ],
)
def test_a_mark_of_internal_papers_is_a_hint(text):
    [found] = look(f"{text}\n示例市工作要点")

    assert (found.what, found.level) == (What.INTERNAL_MARK, Level.HINT)


@pytest.mark.parametrize(
    "text",
    [
        "依申请公开",
        "依申请公开目录",
        "公开方式：主动公开",
        "（此件公开发布）",
        "密级：公开",
        "会议审议了《示例办法（送审稿）》和其他事项",
        "示例办法（征求意见稿）",
    ],
)
def test_what_is_meant_for_the_public_is_no_such_mark(text):
    assert look(f"{text}\n示例市工作要点") == ()


def test_pub_09_a_term_in_brackets_is_a_mark():
    assert is_marked("机密（一年）\n示例市文件")


def test_a_wrong_word_is_told_with_the_right_one():
    [found] = look("市政府布署今年工作")

    assert (found.what, found.start, found.shown, found.advice) == (What.WORDING, 3, "布署", "应为“部署”。")


def test_a_wrong_word_inside_a_right_longer_one_is_left_alone():
    assert look("请交付主任签字，并发布署名文章") == ()


def test_the_office_s_own_list_is_used_beside_the_typical_one_and_before_it():
    own = WordingList(
        (
            Wording("布署", "部署", Level.HINT, "本办用语"),
            Wording("人防办", "国防动员办公室", Level.ANSWER, "机构名称已变更"),
            Wording("领导讲话", ""),
        )
    )

    assert [(each.level, each.advice) for each in look("人防办布署，见领导讲话", wordings=own)] == [
        (Level.ANSWER, "应为“国防动员办公室”（机构名称已变更）。"),
        (Level.HINT, "应为“部署”（本办用语）。"),
        (Level.ANSWER, "请改写。"),
    ]


def test_a_name_with_one_wrong_character_is_told():
    own = WordingList(names=("示例市国防动员办公室", "主任张示例"))
    found = look("示例市国防动圆办公室主任张示列出席，示例市国防动员办公室主任张示例讲话", wordings=own)

    assert [(each.shown, each.advice) for each in found if each.what is What.NAME] == [
        ("示例市国防动圆办公室", "应为“示例市国防动员办公室”（与名称表中的写法相差一个字）。"),
        ("主任张示列", "应为“主任张示例”（与名称表中的写法相差一个字）。"),
    ]


def test_the_typical_list_holds_no_entry_that_corrects_nothing():
    entries = wording.typical().entries

    assert len(entries) > 120
    assert [each for each in entries if not each.wrong or not each.right or each.wrong == each.right] == []
    assert [each for each in entries if each.wrong in each.right] == []
    assert len({each.wrong for each in entries}) == len(entries)
    assert all(not look(each.right) for each in entries)


def test_a_list_is_read_from_lines():
    [entry] = wording.parse_list(["# 本单位", "付局长→副局长|支付局长 交付局长", ""])

    assert entry == Wording("付局长", "副局长", unless=("支付局长", "交付局长"))


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("通知\u202efdp", "改变文字方向的字符（U+202E）", Level.REFUSE),
        ("甲\x00乙", "空字符（U+0000）", Level.REFUSE),
        ("甲\ud800乙", "半个字符（U+D800）", Level.REFUSE),
        ("甲\x08乙", "控制字符（U+0008）", Level.REFUSE),
        ("甲\u200b乙", "零宽字符（U+200B）", Level.ANSWER),
    ],
)
def test_inp_05_characters_that_cannot_be_seen_are_told(text, name, level):
    [found] = look(text)

    assert (found.what, found.shown, found.level) == (What.CONTROL, name, level)
    assert text[found.start] not in without_stray(text)


def test_inp_05_rare_characters_of_names_are_no_stray_characters():
    assert look("𠮷野家在㙍村，䶮、镕、喆、𫖯、𬱖，葛\U000e0100城") == ()


def test_a_picture_s_first_page_is_for_a_person_to_look_at_for_marks():
    inspection = parsing.inspect("a.pdf", pages.scanned_pdf())

    assert "密级标志请人工查看" in inspection.for_a_person[0]
