"""坏文件. One clear Chinese sentence each, bounded memory and time, never a traceback (FIL-03, FIL-04, FIL-09)."""

import io
import random
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.report.model import Form, NoteKind
from gongkai.report.read import CannotRead, read, read_many
from tests.report.read.printing import docx_of

LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def zip_of(*parts: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()


def small_docx() -> bytes:
    return docx_of("<w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p>")


def locked_zip() -> bytes:
    """A DOCX whose entries say they are encrypted."""
    data = bytearray(small_docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset] |= 0x1
            place = data.find(signature, place + 4)
    return bytes(data)


def locked_pdf() -> bytes:
    """A PDF whose password we do not have."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <"
        + b"11" * 32
        + b"> /U <"
        + b"22" * 32
        + b"> >>",
    ]
    return pdf_of(objects, trailer=b"/Encrypt 3 0 R /ID [<33> <33>]")


def pdf_of(objects: list[bytes], *, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first being its catalog."""
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    return b"%sxref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        body, count, table, count, trailer, len(body),
    )  # fmt: skip


def noise(size: int) -> bytes:
    return b"\x01" + random.Random(20230101).randbytes(size)


def compound(*names: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\x00" * 504
        + b"".join(name.encode("utf-16-le") for name in names)
    )


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "空的"),
    "white space": (lambda: b"\xef\xbb\xbf \r\n\t ", "空的"),
    "noise": (lambda: noise(50_000), "不是能识别的文字"),
    "truncated docx": (lambda: small_docx()[:-60], "不完整"),
    "docx with a broken part": (lambda: docx_of("<w:p><w:r>"), "已损坏"),
    "docx without text": (lambda: zip_of(("word/document.xml", b"<w/>")), "没有正文"),
    "truncated pdf": (lambda: b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", "PDF"),
    "pdf in name only": (lambda: b"%PDF-1.7\n" + noise(20_000), "PDF"),
    "pdf without pages": (lambda: pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]), "没有页面"),
    "locked docx": (lambda: compound("EncryptedPackage", "EncryptionInfo"), "已加密"),
    "locked zip": (locked_zip, "已加密"),
    "locked pdf": (locked_pdf, "已加密"),
    "excel of before 2007": (lambda: compound("Workbook"), "Excel"),
    "excel": (lambda: zip_of(("xl/workbook.xml", b"<x")), "Excel"),
    "other archive": (lambda: zip_of(("a.txt", b"a")), "压缩包"),
    "rar": (lambda: b"Rar!\x1a\x07\x00" + b"\x00" * 100, "RAR"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "图片"),
    "zip bomb": (lambda: zip_of(("word/document.xml", b"0" * 30_000_000)), "压缩比"),
    "too much unpacked": (lambda: zip_of(*((f"word/{n}", random.Random(n).randbytes(4096) * 8_000) for n in range(7))), "超过"),
    "too many entries": (lambda: zip_of(*((f"word/{n}.xml", b"") for n in range(2_001))), "2000"),
    "billion laughs in html": (lambda: f"{LAUGHS}<html><p>&b;</p></html>".encode(), "实体"),
    "billion laughs in utf-16": (lambda: f"{LAUGHS}<html><p>&b;</p></html>".encode("utf-16"), "实体"),
    "billion laughs in docx": (lambda: zip_of(("word/document.xml", f"{LAUGHS}<w>&b;</w>".encode())), "实体"),
    "ten thousand tables": (lambda: b"<html><body>" + b"<table><tr><td>0</td></tr></table>" * 10_000, "10000个表格"),
    "ten thousand tables in docx": (lambda: docx_of("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 10_000), "10000个表格"),
    "deep docx": (lambda: docx_of("<w:p>" * 5_000 + "</w:p>" * 5_000), "Word"),
    "deep json": (lambda: b'{"a":' * 200_000, "JSON"),
    "other json": (lambda: b'{"a": 1}', "JSON Schema"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_one_chinese_sentence(name: str) -> None:
    make, expected = BAD[name]
    data = make()
    began = time.monotonic()

    with pytest.raises(CannotRead) as refusal:
        read(data)

    sentence = str(refusal.value)
    assert expected in sentence
    assert sentence.endswith("。")
    assert sentence.count("。") == 1
    assert "Traceback" not in sentence
    assert time.monotonic() - began < 30


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "large.html"
    with large.open("wb") as file:
        file.truncate(100 * 1024 * 1024)

    with pytest.raises(CannotRead, match="100MB，超过上限"):
        read(large)


@pytest.mark.parametrize(("make", "expected"), [("missing", "不存在"), ("folder", "不是一个文件")])
def test_a_path_that_is_no_file_is_refused(tmp_path: Path, make: str, expected: str) -> None:
    path = tmp_path / make
    if make == "folder":
        path.mkdir()

    with pytest.raises(CannotRead, match=expected):
        read(path)


@pytest.mark.parametrize(
    "data",
    [
        b"<html>" + b"<div>" * 100_000 + "政府信息公开".encode(),
        ("字" * 3_000_000).encode(),
        ("|" * 2_000_000).encode(),
        ("第二十条第（一）项\n规章\n" + "0\n" * 300_000).encode(),
        ("一、本年新收政府信息公开申请数量 " + "0 " * 300_000).encode(),
        ("年度报告" * 200_000).encode(),
        ("<table><tr>" + "<td colspan=99 rowspan=99>0</td>" * 2_000 + "</tr></table>").encode(),
        b"<html><table><tr><td rowspan=99999999 colspan=99999999>1</td></tr></table></html>",
        struct.pack("<I", 0) * 100_000 + "政府".encode(),
    ],
    ids=[
        "deep html",
        "long line",
        "pipes",
        "many figures",
        "one line of figures",
        "repeats",
        "spans",
        "huge span",
        "zeros",
    ],
)
def test_large_nonsense_ends_in_time(data: bytes) -> None:
    began = time.monotonic()

    assert read_or_refused(data).endswith(("。", *Form))
    assert time.monotonic() - began < 20


def read_or_refused(data: bytes) -> str:
    """The form that was read, or the sentence of the refusal."""
    try:
        return str(read(data).form)
    except CannotRead as refusal:
        return str(refusal)


def test_a_wrong_extension_still_reads_and_is_noted(tmp_path: Path) -> None:
    """FIL-01: the kind of a file is what it holds, not what it is called."""
    named_html = tmp_path / "report.html"
    named_html.write_bytes(
        docx_of("<w:p><w:r><w:t>示例市水利局2023年政府信息公开工作年度报告</w:t></w:r></w:p>")
    )

    report = read(named_html)

    assert report.source_format == "docx"
    assert [note.kind for note in report.notes] == [NoteKind.WRONG_EXTENSION]


def test_many_files_come_back_in_order_and_a_bad_one_stops_nothing(tmp_path: Path) -> None:
    sources = []
    for number in range(12):
        path = tmp_path / f"{number}.docx"
        words = f"示例市水利局{2012 + number}年政府信息公开工作年度报告"
        path.write_bytes(
            b"PK\x03\x04broken" if number == 5 else docx_of(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
        )
        sources.append(path)
    told: list[Path] = []

    outcomes = list(read_many(sources, workers=2, progress=told.append))

    assert [outcome.source for outcome in outcomes] == sources
    assert told == sources
    assert [outcome.source for outcome in outcomes if outcome.report is None] == [sources[5]]
    assert outcomes[5].refusal.startswith("文件不完整")
