"""收不收这个文件. An office's template or an edited letter: a plain Word document, and nothing in it that could act."""

import re
from collections.abc import Callable, Iterable, Iterator

from gongkai.duties.applications.letters.documents.placeholders import CODE, KNOWN, PLACEHOLDER, required
from gongkai.duties.applications.letters.documents.word import MAIN, all_lines
from gongkai.rules.regulations_2019.letters import LetterKind
from gongkai.screening.archive import parts_of
from gongkai.screening.inspection import CannotInspect

LARGEST = 3 * 1024 * 1024  # bytes; a template with a picture of the office's seal is far smaller
_OPEN_SLOTS = frozenset({"文号", "成文日期"})
_ACTIVE = re.compile(r"(vbaProject|vbaData|activeX|embeddings/|\.bin$|macrosheets)", re.IGNORECASE)
_EXTERNAL = re.compile(rb'TargetMode\s*=\s*["\']External["\']', re.IGNORECASE)
_FIELDS = re.compile(rb"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|DATABASE)\b")
_INSTRUCTION = re.compile(rb"<w:instrText[^>]*>([^<]*)</w:instrText>|w:instr=\"([^\"]*)\"")
_TRACKED = re.compile(rb"<w:(ins|del|moveFrom|moveTo)[ >]")


def objections_to_template(data: bytes, kind: LetterKind) -> list[str]:
    """为什么不能用这个模板: every reason, [] when it may be used."""
    return _objections(data, lambda lines: _placeholders(lines, kind))


def objections_to_letter(data: bytes) -> list[str]:
    """为什么不能收这个改过的文书: only number and day may still stand open in it."""
    return _objections(data, _left_open)


def _objections(data: bytes, about_the_words: Callable[[list[str]], Iterable[str]]) -> list[str]:
    if len(data) > LARGEST:
        return [f"文件超过{LARGEST // 1024 // 1024}MB，请压缩其中的图片"]
    try:
        parts = parts_of(data)
        if wrong := list(_unsafe(parts)):
            return wrong
        return list(about_the_words(list(all_lines(parts))))
    except CannotInspect as error:
        return [str(error).rstrip("。")]


def _unsafe(parts: dict[str, bytes]) -> Iterator[str]:
    types = parts.get("[Content_Types].xml", b"")
    if MAIN not in parts or b"wordprocessingml.document.main+xml" not in types:
        yield "不是docx文件，请在Word或者WPS里另存为“Word文档（*.docx）”"
        return
    if b"macroEnabled" in types or any(_ACTIVE.search(name) for name in parts):
        yield "文件里有宏、控件或者嵌入的对象，请去掉后另存为不带宏的docx"
    if any(_EXTERNAL.search(content) for name, content in parts.items() if name.endswith(".rels")):
        yield "文件里有指向外部的链接（链接的图片、附加的模板、网址），请去掉"
    main = parts[MAIN]
    instructions = b" ".join(b"".join(each) for each in _INSTRUCTION.findall(main))
    if _FIELDS.search(instructions):
        yield "文件里有会取外部内容的域，请去掉"
    if _TRACKED.search(main):
        yield "文件里还有修订，请先接受或者拒绝全部修订"
    if any(name.startswith("word/comments") for name in parts):
        yield "文件里还有批注，请先删去"


def _placeholders(lines: Iterable[str], kind: LetterKind) -> Iterator[str]:
    whole = "\n".join(lines)
    if CODE.search(whole):
        yield "模板里不能写程序语句（{% %}、{# #}），只能写占位，如{{申请人}}"
    names = [match[1] for match in PLACEHOLDER.finditer(whole)]
    if unknown := sorted(set(names) - KNOWN):
        yield f"没有这样的占位：{'、'.join(f'{{{{{name}}}}}' for name in unknown)}，请从占位表中选用"
    if PLACEHOLDER.sub("", whole).count("{{") or PLACEHOLDER.sub("", whole).count("}}"):
        yield "有的占位括号不成对，占位应写成{{申请人}}的样子"
    if missing := [name for name in required(kind) if name not in names]:
        yield f"缺少占位：{'、'.join(f'{{{{{name}}}}}' for name in missing)}，没有它们文书写不完整"
    for name in ("正文", "救济告知", "附注"):
        if name in names and not any(line.strip() == f"{{{{{name}}}}}" for line in lines):
            yield f"{{{{{name}}}}}要单独成段"
    if "标题" not in names and kind.title not in whole:
        yield f"既没有占位{{{{标题}}}}，也没有写“{kind.title}”"


def _left_open(lines: Iterable[str]) -> Iterator[str]:
    whole = "\n".join(lines)
    names = {match[1] for match in PLACEHOLDER.finditer(whole)}
    if missing := [name for name in sorted(_OPEN_SLOTS) if name not in names]:
        yield f"改动时删去了{'、'.join(f'{{{{{name}}}}}' for name in missing)}，发出时由系统填写，请恢复"
    if CODE.search(whole):
        yield "文书里不能写程序语句（{% %}、{# #}）"
