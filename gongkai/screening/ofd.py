"""OFD文件 (GB/T 33190). Its words, and what stands beside its pages; nothing here writes OFD."""

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.screening import archive
from gongkai.screening.inspection import CannotInspect, Hidden, Trace
from gongkai.screening.package import local

_PERSONAL = {"Author": "作者", "Subject": "主题", "Abstract": "摘要", "CustomData": "自定义属性"}
_ADVICE = "OFD文件不能在这里清理，请在生成它的程序里去掉后重新导出，或者改用PDF。"
_PAGE = re.compile(r"/Pages/.*\.xml$|/Tpls/.*\.xml$", re.IGNORECASE)


def inspect(data: bytes) -> tuple[str, list[Hidden]]:
    parts = archive.parts_of(data)
    lines: list[str] = []
    found: list[Hidden] = []
    for name, content in parts.items():
        if not name.lower().endswith(".xml"):
            continue
        try:
            root = archive.tree(content)
        except CannotInspect:
            if name == "OFD.xml":
                raise
            continue
        if _PAGE.search("/" + name):
            lines += _words(root)
        found += _beside(root, name)
    return "\n".join(lines), found


def _words(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        if local(element) == "TextCode" and (element.text or "").strip():
            yield str(element.text)


def _beside(root: etree._Element, name: str) -> Iterator[Hidden]:
    for element in root.iter(etree.Element):
        kind, said = local(element), (element.text or "").strip()
        if kind in _PERSONAL and said:
            yield Hidden(Trace.METADATA, _PERSONAL[kind], said, cleanable=False, advice=_ADVICE)
        elif kind == "Attachment":
            yield Hidden(Trace.EMBEDDED, "附件", element.get("Name") or "", cleanable=False, advice=_ADVICE)
        elif kind == "Annot" and name.lower().count("annot"):
            words = " ".join(str(word).strip() for word in element.itertext() if word.strip())
            yield Hidden(Trace.ANNOTATION, "批注", words, cleanable=False, advice=_ADVICE)
        elif kind in ("Layer", "TextObject") and element.get("Visible") == "false":
            yield Hidden(
                Trace.LAYER, "不显示的内容", "\n".join(_words(element)), cleanable=False, advice=_ADVICE
            )
