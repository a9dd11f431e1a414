"""The finished file is opened again: whatever could still hold what was covered is found (FIL-06)."""

import io
import zlib

import pikepdf
import pytest

from gongkai.redaction import files
from gongkai.redaction.box import Area, Box, Origin
from gongkai.redaction.files import Leaks
from gongkai.redaction.needles import Needles
from tests.redaction import making

SECRET = "张示例13800138000"
BOX = Box(Area(1, 60, 60, 400, 120), "THIRD_PARTY", Origin.HAND)


@pytest.fixture(scope="module")
def source() -> bytes:
    return making.chinese(f"<p>申请人{SECRET}。</p>")


@pytest.fixture(scope="module")
def output(source) -> bytes:
    return files.apply(source, [BOX])


def findings(output: bytes, boxes=(BOX,), pages: int = 1, covered=(SECRET,)) -> tuple[str, ...]:
    return files.prove(output, covered, boxes, pages).findings


def test_what_we_made_holds_nothing(output, source):
    proof = files.prove(output, [SECRET], [BOX], 1)

    assert proof.clean
    assert (proof.pages, proof.boxes, proof.searched, proof.letters) == (1, 1, 1, 0)
    assert (proof.objects, proof.streams, proof.size) == (5, 2, len(output))


def test_the_original_itself_does_not_pass(source):
    found = findings(source)

    assert any("可以复制的文字" in each for each in found)
    assert any("第1页的文字中有被遮盖的内容" in each for each in found)
    assert not any("张示例" in each or "138" in each for each in found)


def _info(pdf):
    pdf.docinfo["/Title"] = SECRET


def _xmp(pdf):
    pdf.Root.Metadata = pdf.make_stream(f"<x>{SECRET}</x>".encode())


def _attachment(pdf):
    pdf.attachments["底稿.txt"] = SECRET.encode("gb18030")


def _note(pdf):
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9])
    note.Contents = SECRET
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])


def _field(pdf):
    field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="a", V=pikepdf.String(SECRET))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.make_indirect(field)])


def _private(pdf):
    pdf.Root.PieceInfo = pikepdf.Dictionary(A=pikepdf.Dictionary(Private=SECRET))


def _unused_stream(pdf):
    pdf.pages[0].obj.Resources.XObject.Spare = pdf.make_stream(SECRET.encode("utf-16-be"))


def _hexadecimal(pdf):
    pdf.Root.Names = pikepdf.Dictionary(A=pdf.make_stream(SECRET.encode("utf-16-be").hex().upper().encode()))


def _drawn_words(pdf):
    page = pdf.pages[0]
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.obj.Resources.Font = pikepdf.Dictionary(F=font)
    page.contents_add(b"BT /F 12 Tf 3 Tr 50 50 Td (13800138000) Tj ET")


@pytest.mark.parametrize(
    "change",
    [_info, _xmp, _attachment, _note, _field, _private, _unused_stream, _hexadecimal, _drawn_words],
)
def test_a_remainder_is_found_wherever_it_is(output, change):
    spoilt = making.changed(output, change, fix_metadata_version=False)

    found = files.prove(spoilt, [SECRET, "13800138000"], [BOX], 1).findings

    assert any("被遮盖的内容" in each for each in found), found
    assert not any("张示例" in each or "138" in each for each in found)


def test_data_after_the_end_and_earlier_versions_are_found(output):
    assert any("结尾之后" in each for each in findings(output + b"\n" + SECRET.encode()))
    assert any("以前的版本" in each for each in findings(output + output))


def test_data_behind_the_dots_of_a_picture_are_found(output):
    def longer(pdf):
        picture = pdf.pages[0].obj.Resources.XObject.I
        raw = picture.read_raw_bytes() + SECRET.encode()
        parameters = picture.DecodeParms
        picture.write(raw, filter=pikepdf.Name.FlateDecode, decode_parms=parameters)

    found = findings(making.changed(output, longer))

    assert any("多余的数据" in each or "无法再打开" in each for each in found), found


def test_a_box_that_was_not_painted_is_found(source):
    beside = Box(Area(1, 60, 400, 400, 420), "THIRD_PARTY", Origin.HAND)
    unpainted = files.apply(source, [beside])

    assert findings(unpainted, boxes=[beside]) == ()
    assert findings(unpainted, boxes=[BOX]) == ("成品第1页有遮盖框没有涂实",)


def test_a_black_box_over_living_text_does_not_pass(source):
    """The usual mistake."""
    faked = making.changed(
        source, lambda pdf: pdf.pages[0].contents_add(b"q 0 g 40 700 500 100 re f Q", prepend=False)
    )

    found = findings(faked)

    assert any("被遮盖的内容" in each for each in found)


def test_a_missing_page_is_found(output):
    assert "成品有1页，原件有2页" in findings(output, pages=2)


def test_what_no_longer_opens_is_found():
    assert findings(b"%PDF-1.7\nnothing") != ()


def test_a_leak_gives_out_nothing(source, monkeypatch):
    real = files.document
    monkeypatch.setattr(files, "document", lambda pages: making.changed(real(pages), _info))

    with pytest.raises(Leaks) as refused:
        files.redact(source, [BOX], [])

    assert str(refused.value).startswith("成品没有通过检查，不能使用：")
    assert SECRET not in str(refused.value)


def test_redacting_searches_for_what_lay_under_the_boxes(source):
    output, proof = files.redact(source, [BOX], ["李示例"])

    assert proof.searched == 2
    assert proof.clean
    assert files.apply(source, [BOX]) == output


def test_short_words_are_not_taken_for_dots_of_a_picture(output):
    assert findings(output, covered=["ab", "12", "Page", "Image", "595"]) == ()


def test_needles_are_told_by_number_only():
    needles = Needles.of(["甲乙丙", "第一行\n第二行", "丁", " 甲 乙 丙 "])

    assert needles.words == ("甲乙丙", "第一行第二行", "第一行", "第二行")
    assert list(needles.in_text("又见甲 乙\n丙")) == [1]
    assert list(needles.in_bytes("第二行".encode("gb18030"))) == [4]


def test_output_is_the_bytes_of_pictures_and_has_no_date_no_name_no_identifier(output):
    with pikepdf.open(io.BytesIO(output)) as pdf:
        assert set(pdf.trailer.keys()) == {"/Size", "/Root"}
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        picture = pdf.pages[0].obj.Resources.XObject.I
        assert zlib.decompress(picture.read_raw_bytes())
    assert b"/Producer" not in output
