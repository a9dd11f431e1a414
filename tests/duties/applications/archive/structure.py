"""PDF/A-3b的结构 (ISO 19005-3). What can be told of a file without a validator: every breach by name, [] for none."""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Name

_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_FORBIDDEN_ACTIONS = {Name.Launch, Name.JavaScript, Name.Movie, Name.Sound, Name.ImportData, Name.ResetForm}


def breaches(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [*_of_the_file(data), *_of_the_document(pdf), *_of_the_objects(pdf)]


def _of_the_file(data: bytes) -> Iterator[str]:
    second = data.split(b"\n", 2)[1]
    if not (second.startswith(b"%") and len(second) >= 5 and all(byte > 127 for byte in second[1:5])):
        yield "第二行没有标明是二进制文件"
    if not data.rstrip().endswith(b"%%EOF"):
        yield "结尾之后还有数据"


def _of_the_document(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if pdf.is_encrypted:
        yield "加密"
    if "/ID" not in pdf.trailer:
        yield "没有标识"
    if "/OpenAction" in root or "/AA" in root or "/JavaScript" in root.get("/Names", {}):
        yield "有动作"
    intents = list(root.get("/OutputIntents", []))
    if not intents:
        yield "没有输出意图"
    for intent in intents:
        profile = intent.get("/DestOutputProfile")
        if intent.get("/S") != Name.GTS_PDFA1 or profile is None or profile.read_bytes()[36:40] != b"acsp":
            yield "输出意图没有颜色特性文件"
    if len({each.objgen for each in root.get("/AF", [])}) < len(pdf.attachments):
        yield "附件没有都列为关联文件"


def _of_the_objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream):
            if "/F" in each or "LZW" in str(each.get("/Filter", "")):
                yield "数据在文件以外，或者用LZW压缩"
            if each.get("/Type") == Name.EmbeddedFile and not (
                "/Subtype" in each and "/ModDate" in each.get("/Params", {})
            ):
                yield "附件没有类型或者修改时间"
        elif isinstance(each, pikepdf.Dictionary):
            yield from _of_a_dictionary(each)


def _of_a_dictionary(each: pikepdf.Dictionary) -> Iterator[str]:
    kind = each.get("/Type")
    if kind == Name.Filespec and not all(key in each for key in ("/AFRelationship", "/F", "/UF")):
        yield "附件没有写明关系和名称"
    if kind == Name.Annot and not int(each.get("/F", 0)) & 4:
        yield "批注不打印"
    if each.get("/S") in _FORBIDDEN_ACTIONS:
        yield "有不许可的动作"
    if kind == Name.Font and each.get("/Subtype") != Name.Type3:
        font = each.DescendantFonts[0] if "/DescendantFonts" in each else each
        described = font.get("/FontDescriptor", {})
        if "/FontDescriptor" in font and not any(key in described for key in _FONT_FILES):
            yield f"字体没有嵌入：{each.get('/BaseFont')}"
        if "/FontDescriptor" not in font:
            yield f"字体没有描述：{each.get('/BaseFont')}"
