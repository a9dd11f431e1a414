"""FIL-01 to FIL-05 and FIL-09: what may not be taken is refused in one sentence, and no file stops the process."""

import io
import socket
import struct
import subprocess
import sys
import threading
import zipfile
import zlib
from functools import cache

import pytest

from gongkai.screening import files, parsing, pool
from gongkai.screening.child import answer
from gongkai.screening.inspection import CannotInspect
from tests.screening import making_office as office
from tests.screening import making_pages as pages

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(CannotInspect) as refused:
        parsing.inspect(name, data)
    return str(refused.value)


def zip_of(parts: dict[str, bytes], *, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.comment = comment
    return out.getvalue()


def document_with(part: str, content: bytes) -> bytes:
    return office.rezipped(office.docx_bytes(), lambda name, old: content if name == part else old)


MAKERS = {
    "pdf": pages.pdf_bytes,
    "docx": office.docx_bytes,
    "xlsx": office.xlsx_bytes,
    "pptx": office.pptx_bytes,
    "jpg": office.jpeg,
    "png": pages.png_bytes,
    "wps": lambda: OLE,
}


@pytest.mark.parametrize("ending", MAKERS)
@pytest.mark.parametrize("content", MAKERS)
def test_fil_01_the_name_must_say_what_the_content_is(ending, content):
    name, data = f"通知.{ending}", MAKERS[content]()
    also_new_format = ending == "wps" and content == "docx"

    if ending == content or also_new_format:
        assert parsing.inspect(name, data).kind is not None
    else:
        assert refusal(name, data).startswith(f"文件的扩展名是{ending}，内容却是")


@pytest.mark.parametrize(
    "ending",
    [
        "exe",
        "html",
        "svg",
        "zip",
        "docm",
        "xlsm",
        "js",
        "lnk",
        "bat",
        "gif",
        "rtf",
        "tiff",
        "mp3",
        "mp4",
        "PDF.exe",
        "",
    ],
)
def test_fil_01_other_endings_are_not_taken(ending):
    assert refusal(f"通知.{ending}", pages.pdf_bytes()).startswith("只能使用pdf、docx")


@pytest.mark.parametrize(
    "name",
    ["通知\u202efdp.docx", "通知\u200b.docx", "../通知.docx", "a\\b.docx", "通知\x00.docx", "\ud800.docx"],
)
def test_inp_05_a_name_with_unseen_characters_is_not_taken(name):
    assert refusal(name, office.docx_bytes()) == "文件名含有看不见的或者不允许的字符，请改名后重新上传。"


@cache
def polyglots() -> dict[str, bytes]:
    archive = zip_of({"a.txt": b"1"})
    pdf, jpg, png, docx = pages.pdf_bytes(), office.jpeg(), pages.png_bytes(), office.docx_bytes()
    html = b"<html><script>alert(1)</script></html>"
    return {
        "a1.pdf": pdf + archive,
        "a2.jpg": jpg + archive,
        "a3.png": png + archive,
        "a4.jpg": jpg + pdf,
        "a5.png": png + pdf,
        "a6.docx": docx + pdf,
        "a7.docx": archive[:-22] + docx,
        "a8.docx": zip_of(
            {"word/document.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}, comment=pdf[:60_000]
        ),
        "a9.docx": zip_of(
            {"word/document.xml": b"<a/>", "xl/workbook.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}
        ),
        "b1.jpg": jpg[:2] + struct.pack(">BBH", 0xFF, 0xFE, len(html) + 2) + html + jpg[2:],
        "b2.png": png[:33]
        + struct.pack(">I4s", len(html), b"tEXt")
        + html
        + struct.pack(">I", zlib.crc32(b"tEXt" + html))
        + png[33:],
        "b3.pdf": pdf.replace(b"%PDF-1.7\n", b"%PDF-1.7\n%" + html + b"\n", 1),
        "b4.pdf": b"MZ\x90\x00" + pdf,
        "b5.pdf": pdf + b"\n" + b"MZ\x90\x00" + b"\0" * 64,
        "b6.jpg": jpg + b"7z\xbc\xaf\x27\x1c" + b"\0" * 64,
        "b7.png": png + b"\x7fELF" + b"\0" * 64,
        "b8.jpg": jpg + b"Rar!\x1a\x07\x00" + b"\0" * 64,
    }


POLYGLOTS = [
    "a1.pdf",
    "a2.jpg",
    "a3.png",
    "a4.jpg",
    "a5.png",
    "a6.docx",
    "a7.docx",
    "a8.docx",
    "a9.docx",
    "b1.jpg",
    "b2.png",
    "b3.pdf",
    "b4.pdf",
    "b5.pdf",
    "b6.jpg",
    "b7.png",
    "b8.jpg",
]


@pytest.mark.parametrize("name", POLYGLOTS)
def test_fil_01_two_files_in_one_are_refused(name):
    assert refusal(name, polyglots()[name]).endswith("。")


def test_fil_02_a_file_over_twenty_megabytes_is_refused_before_it_is_opened():
    assert (
        refusal("a.pdf", b"%PDF-" + b"0" * (20 * 1024 * 1024)) == "文件超过20MB，请压缩图片或者分成几个文件。"
    )


@cache
def bombs() -> dict[str, tuple[bytes, str]]:
    ordinary = office.rezipped(office.docx_bytes(), lambda name, content: content)
    many = {f"word/{number}.xml": b"" for number in range(2_001)}
    return {
        "flat.docx": (
            office.rezipped(ordinary, lambda name, content: content, {"word/x.xml": b"0" * 60_000_000}),
            "压缩比超过100倍",
        ),
        "entries.docx": (office.rezipped(ordinary, lambda name, content: content, many), "超过上限2000个"),
        "escape.docx": (
            office.rezipped(ordinary, lambda name, content: content, {"../../a": b"1"}),
            "路径指向文件之外",
        ),
        "rooted.docx": (
            office.rezipped(ordinary, lambda name, content: content, {"/a": b"1"}),
            "路径指向文件之外",
        ),
        "halved.docx": (ordinary[: len(ordinary) // 2], "不完整或者已损坏"),
        "declared.docx": (_declaring_more(ordinary), "解开后超过200MB"),
    }


def _declaring_more(data: bytes) -> bytes:
    at = data.rfind(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", 250 * 1024 * 1024) + data[at + 28 :]


@pytest.mark.parametrize(
    "name", ["flat.docx", "entries.docx", "escape.docx", "rooted.docx", "halved.docx", "declared.docx"]
)
def test_fil_03_archives_beyond_the_limits_stay_closed(name):
    data, why = bombs()[name]

    assert why in refusal(name, data)


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>',
    b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]><a/>',
    b'<?xml version="1.0"?>' + b" " * 9000 + b"<!DOCTYPE a><a/>",
    '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY a "aaaa">]><a>&a;</a>'.encode("utf-16"),
    '<!DOCTYPE a [<!ENTITY a "aaaa">]><a>&a;</a>'.encode("utf-16-le"),
)


@pytest.mark.parametrize("content", ENTITIES)
@pytest.mark.parametrize("part", ["word/document.xml", "docProps/core.xml", "_rels/.rels"])
def test_fil_04_no_part_may_declare_a_document_type(part, content):
    told = refusal("a.docx", document_with(part, content))

    assert told in (
        "文件含有文档类型或者实体声明，可能是攻击，未打开。",
        "文件不完整或者已损坏，无法打开，请重新取得完整的文件。",
    )


def test_fil_04_a_tree_too_deep_is_refused():
    deep = b"<a>" * 5_000 + b"</a>" * 5_000

    assert (
        refusal("a.docx", document_with("word/document.xml", deep))
        == "文件不完整或者已损坏，无法打开，请重新取得完整的文件。"
    )


def png_claiming(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("width", "height"), [(8_000, 5_001), (40_000_001, 1), (100_000, 100_000)])
def test_fil_05_a_flood_of_pixels_is_refused_before_decoding(width, height):
    assert refusal("a.png", png_claiming(width, height)) == "图片超过4000万像素，请缩小后重新上传。"


def test_an_encrypted_pdf_is_refused():
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages.pdf_bytes())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))

    assert "已加密" in refusal("a.pdf", out.getvalue())


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx", "pptx", "jpg", "png"])
def test_fil_09_a_file_damaged_anywhere_is_inspected_or_refused_and_never_an_error(ending):
    """Every 1/40 of the file one byte is turned; each answer is a result or one Chinese sentence."""
    data = MAKERS[ending]()
    for step in range(40):
        at = len(data) * step // 40
        damaged = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        told, _ = answer({"do": "clean" if step % 2 else "inspect", "name": f"a.{ending}"}, damaged)
        assert told.get("refusal", "。").endswith("。") or told["kind"], (step, told)


def test_fil_09_the_child_has_neither_network_nor_files_to_write(tmp_path):
    script = (
        "import socket, sys\nfrom gongkai.screening import bounds\nbounds.apply()\n"
        "try:\n with open(sys.argv[1], 'w') as file:\n  file.write('x')\n print('wrote')\nexcept OSError:\n print('no file')\n"
        "s = socket.socket()\ns.settimeout(2)\n"
        "try:\n s.connect(('127.0.0.1', int(sys.argv[2])))\n print('connected')\nexcept OSError:\n print('no network')\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        told = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / "x"), str(server.getsockname()[1])],
            capture_output=True,
            text=True,
            check=True,
            cwd=pool._ROOT,
        ).stdout.splitlines()
    if told[1] == "connected":
        pytest.skip("这台机器的内核不允许普通用户建立网络命名空间")

    assert told == ["no file", "no network"]


def test_fil_09_memory_beyond_the_limit_ends_the_file_not_the_process():
    script = "from gongkai.screening import bounds\nbounds.apply()\ntry:\n b'x' * (600 * 1024 * 1024)\nexcept MemoryError:\n print('refused')\n"
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=pool._ROOT
    ).stdout

    assert told == "refused\n"


def test_fil_09_a_part_too_large_for_the_limit_is_not_called_damaged():
    script = (
        "from gongkai.screening import archive, bounds\nbounds.apply()\n"
        "try:\n archive.tree(b'<a>' + b'<b c=\"1\"/>' * 4_000_000 + b'</a>')\nexcept MemoryError:\n print('refused')\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=pool._ROOT
    ).stdout

    assert told == "refused\n"


@pytest.fixture
def own_pool():
    made = pool.Pool(most=1)
    yield made
    made.close()


def test_fil_09_a_child_that_takes_too_long_is_one_sentence(own_pool):
    told, _ = own_pool.ask("inspect", "a.docx", office.docx_bytes(), patience=0.0)

    assert told == {"refusal": "检查这个文件用时过长，已停止。请核对文件是否完整，或者分成几个文件。"}
    assert own_pool.ask("inspect", "a.docx", office.docx_bytes())[0]["hidden"] == []


def test_fil_09_a_child_that_dies_is_one_sentence_and_the_next_file_is_read(own_pool):
    own_pool.ask("inspect", "a.docx", office.docx_bytes())
    child = own_pool._idle[0]
    child._process.terminate()
    child._process.wait()

    told, _ = own_pool.ask("inspect", "a.docx", office.docx_bytes())

    assert told == {
        "refusal": "检查这个文件时解析程序异常退出，文件可能已损坏。请用WPS或者Word另存一次后重新上传。"
    }
    assert own_pool.ask("inspect", "a.docx", office.docx_bytes())[0]["hidden"] == []


def test_a_child_is_kept_for_many_files_and_renewed_in_time(own_pool, monkeypatch):
    monkeypatch.setattr(pool, "FILES_PER_CHILD", 3)
    numbers = []
    for _ in range(4):
        own_pool.ask("inspect", "a.jpg", office.jpeg())
        numbers.append(own_pool._idle[0]._process.pid if own_pool._idle else None)

    assert numbers[0] == numbers[1]
    assert numbers[2] is None
    assert numbers[3] not in (None, numbers[0])


def test_two_threads_wait_for_one_child(own_pool):
    told: list[str] = []
    threads = [
        threading.Thread(
            target=lambda: told.append(own_pool.ask("inspect", "a.jpg", office.jpeg())[0]["kind"])
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told == ["jpg"] * 4
    assert len(own_pool._idle) == 1


def test_the_parent_gets_the_same_answer_as_the_parser_gave():
    data = office.docx_comment("内部意见")

    assert files.inspect("a.docx", data) == parsing.inspect("a.docx", data)
    assert files.clean("a.docx", data) == parsing.clean("a.docx", data)
    assert files.inspect("a.exe", data).refusal.startswith("只能使用pdf")
    with pytest.raises(CannotInspect, match="只能使用pdf"):
        files.clean("a.exe", data)
