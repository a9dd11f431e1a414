"""旧站的网页. Title, date, column and source from the labels of the 2017 guideline, or from where a page shows them."""

import datetime as dt
import hashlib
import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from gongkai.duties.catalogue.moving_in.reading.archive import Archive
from gongkai.duties.catalogue.moving_in.reading.fields import BY_NAME
from gongkai.duties.catalogue.moving_in.reading.found import Found, Source
from gongkai.report.read.document import CannotRead
from gongkai.report.read.encoding import decoded
from gongkai.spreadsheets.values import BadValue, value_of
from gongkai.spreadsheets.workbook import CannotImport

ENDINGS = (".html", ".htm", ".shtml")
LARGEST_PAGE = 5 * 1024 * 1024
LARGEST_PICTURE = 20 * 1024 * 1024
_PICTURES = (".jpg", ".jpeg", ".png")
_FILES = (*_PICTURES, ".pdf", ".docx", ".xlsx", ".doc", ".xls", ".wps", ".et", ".ofd", ".zip")
# 政府网站发展指引（国办发〔2017〕47号）附件2的标签, and what sites wrote before it.
_TITLE = ("articletitle", "og:title")
_DATE = ("pubdate", "publishdate", "article:published_time", "publishtime")
_SOURCE = ("contentsource", "source", "author")
_COLUMN = ("columnname",)
_NUMBER = ("documentnumber", "fileno", "filenum")
# Names that the usual systems give to the block of the text.
_CONTAINERS = re.compile(
    r"trs_editor|trs_ueditor|ucap-content|article[-_]?con(tent)?|pages?[-_]content|artibody|^zoom$|^content$|"
    r"main[-_]?text|news[-_]?con(tent)?|xxgk[-_]?con(tent)?|text[-_]?con(tent)?|detail[-_]?con(tent)?",
    re.IGNORECASE,
)
_NO_TEXT = "script|style|noscript|iframe|form|button|select|input|header|footer|nav"
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
_WRITTEN_DATE = r"\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}"
_SAID_DATE = re.compile(rf"(?:发布|发文|公开|更新)?(?:日期|时间)\s*[:：]?\s*({_WRITTEN_DATE})")
_ANY_DATE = re.compile(rf"({_WRITTEN_DATE})")
_TRAIL = re.compile(r"(?:当前|您的|所在|现在)?(?:位置|的位置)\s*[:：]?\s*(.{2,200})")
_TRAIL_PARTS = re.compile(r"[>＞»›/→]+|\s{2,}")
_NOT_A_COLUMN = frozenset({"首页", "网站首页", "正文", "内容", "详情", "当前位置", ""})
_NAME_OF_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-—–]+\s+|--+")
_LEAST_TEXT = 10  # characters; a block with fewer and without files is no text
_PART = 0.6  # of a block's weight: where a block inside it holds so much, the text is that block


def of_pages(archive: Archive, *, today: dt.date, address: str = "") -> Source:
    """Every page of the archive, in the order of their names. ``address`` is where the old site's folders began."""
    names = sorted(name for name in archive.entries if name.lower().endswith(ENDINGS))
    found = [_page(archive, name, today, address) for name in names]
    left = len(archive.entries) - len(names) - len({path for each in found for _, path, _ in each.files})
    notes = [f"有{left}个文件没有网页引用（样式、脚本和其他文件），没有读取。"] if left > 0 else []
    return Source("pages", found, notes)


def _page(archive: Archive, name: str, today: dt.date, address: str) -> Found:
    try:
        page = _Page(archive, name, address)
    except (CannotRead, CannotImport, etree.LxmlError, ValueError) as error:
        told = str(error) if isinstance(error, CannotRead | CannotImport) else "不是完整的网页"
        return Found(name, refused=told.rstrip("。"))
    return page.found(today)


class _Page:
    """一个网页."""

    def __init__(self, archive: Archive, name: str, address: str) -> None:
        data = archive.read(name, limit=LARGEST_PAGE)
        declared = _CHARSET.search(data[:2048])
        text = decoded(data, declared=declared.group(1).decode() if declared else "")
        self.archive, self.name, self.site = archive, name, address
        self.tree: Any = html.document_fromstring(
            re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "") or "<p>"
        )
        self.labels = {
            str(meta.get("name") or meta.get("property") or "").strip().lower(): str(
                meta.get("content") or ""
            ).strip()
            for meta in self.tree.iter("meta")
        }
        self.files: list[tuple[str, str, str]] = []

    def found(self, today: dt.date) -> Found:
        title = self._title()
        found = Found(self.name, seen=title[:40])
        shown_date, trail = (
            self._date(),
            self._column(),
        )  # of the whole page, before anything is taken out of it
        block = self._block()
        if block is None:
            found.refused = "没有找到正文，可能是目录页"
            return found
        raw: dict[str, Any] = {
            "title": title,
            "column": trail,
            "published_on": shown_date,
            "body": self._body(block),
            "document_number": self._label(*_NUMBER),
            "issued_by": self._label(*_SOURCE) or self._said("来源"),
            "keywords": self._label("keywords"),
            "summary": self._label("description"),
            "address": self._address(),
        }
        wrong = []
        for name, value in raw.items():
            try:
                found.values[name] = value_of(value or None, BY_NAME[name], unit="元", today=today)
            except BadValue as error:
                wrong.append(f"“{BY_NAME[name].label}”{error}")
        found.refused, found.files = "；".join(wrong), self.files
        return found

    def _label(self, *names: str) -> str:
        return next((self.labels[name] for name in names if self.labels.get(name)), "")

    def _title(self) -> str:
        if label := self._label(*_TITLE):
            return _one_line(label)
        headings = [_one_line(each.text_content()) for each in self.tree.iter("h1")]
        if len(headings) == 1 and headings[0]:
            return headings[0]
        return _NAME_OF_SITE.split(_one_line(self.tree.findtext(".//title") or ""))[0]

    def _date(self) -> str:
        if label := self._label(*_DATE):
            found = _ANY_DATE.search(label)
            return found.group(1) if found else label
        marked = next((each.get("datetime") for each in self.tree.iter("time") if each.get("datetime")), "")
        if marked:
            return str(marked)[:10]
        text = self._words()
        said = _SAID_DATE.search(text) or _ANY_DATE.search(text)
        return re.sub(r"\s", "", said.group(1)) if said else ""

    def _column(self) -> str:
        if label := self._label(*_COLUMN):
            return _one_line(label)
        for element in self.tree.iter("div", "p", "span", "ul", "ol", "nav", "td"):
            text = "  ".join(part.strip() for part in element.itertext() if part.strip())
            if len(text) <= 300 and (trail := _TRAIL.search(text)):
                steps = [step.strip() for step in _TRAIL_PARTS.split(trail.group(1))]
                named = [step for step in steps if step not in _NOT_A_COLUMN and len(step) <= 50]
                if named:
                    return named[-1] if named[-1] != self._title() else named[-2] if named[1:] else ""
        return posixpath.basename(posixpath.dirname(self.name))

    def _said(self, label: str) -> str:
        text = self._words()
        said = re.search(rf"{label}\s*[:：]\s*(\S{{2,40}})", text)
        return said.group(1) if said else ""

    def _words(self) -> str:
        """What the whole page shows, block by block."""
        return " ".join(part.strip() for part in self._body_of_page().itertext() if part.strip())

    def _address(self) -> str:
        canonical = next(
            (str(link.get("href")) for link in self.tree.iter("link") if link.get("rel") == "canonical"), ""
        )
        return self._label("url", "og:url") or canonical or self.archive.address_of(self.name, self.site)

    def _body_of_page(self) -> Any:
        bodies = self.tree.xpath("//body")
        return bodies[0] if bodies else self.tree

    def _block(self) -> Any:
        """The block of the text: by the names that the usual systems give it, otherwise the densest one."""
        for element in self.tree.xpath("|".join(f"//{tag}" for tag in _NO_TEXT.split("|"))):
            element.drop_tree()
        body = self._body_of_page()
        named = [
            element
            for element in body.iter("div", "td", "article", "section", "main")
            if any(_CONTAINERS.search(str(element.get(name) or "")) for name in ("id", "class"))
        ]
        chosen = max(named, key=_weight, default=None)
        if chosen is None or not self._is_text(chosen):
            chosen = _densest(body)
        return chosen if self._is_text(chosen) else None

    def _is_text(self, block: Any) -> bool:
        if _weight(block) >= _LEAST_TEXT:
            return True
        addresses = (str(each.get("src") or each.get("href") or "") for each in block.iter("img", "a"))
        return any(self._in_archive(each).lower().endswith(_FILES) for each in addresses)

    def _body(self, block: Any) -> str:
        """Its text as HTML: files of the archive are named, what led to pages of the old site keeps their path."""
        for heading in list(block.iter("h1")):
            if _one_line(heading.text_content()) == self._title():
                heading.drop_tree()
        for picture in list(block.iter("img")):
            self._take_picture(picture)
        for link in list(block.iter("a")):
            self._take_link(link)
        return (block.text or "").strip() + "".join(
            etree.tostring(child, encoding="unicode", method="html") for child in block
        )

    def _take_picture(self, picture: Any) -> None:
        path = self._in_archive(str(picture.get("src") or ""))
        if not path or not path.lower().endswith(_PICTURES):
            picture.drop_tree()
            return
        address = str(picture.get("src"))
        data = self.archive.read(path, limit=LARGEST_PICTURE)
        words = str(picture.get("alt") or picture.get("title") or "")
        tail = picture.tail
        picture.clear()
        picture.tail = tail
        picture.set("src", f"/files/{hashlib.sha256(data).hexdigest()}")
        picture.set("alt", words)
        self._name(posixpath.basename(path), path, address)

    def _take_link(self, link: Any) -> None:
        address = str(link.get("href") or "").strip()
        path = self._in_archive(address)
        if path and path.lower().endswith(_FILES):
            self._name(_named(link, path), path, address)
            link.drop_tag()
        elif inside := self._inside_the_old_site(address):
            link.set("href", inside)
        elif not urlsplit(address).scheme:
            link.drop_tag()

    def _inside_the_old_site(self, address: str) -> str:
        """The path of a link to another page of the old site, "" for others and where no address says where we are.

        Readers are led from it to where that page stands here, once it is public.
        """
        own = self._address()
        try:
            here, there = urlsplit(own), urlsplit(urljoin(own, address))
        except ValueError:
            return ""
        is_page = there.scheme in ("http", "https") and there.netloc and there.netloc == here.netloc
        if not is_page or address.startswith("#") or there.path in ("", "/"):
            return ""
        return there.path + (f"?{there.query}" if there.query else "")

    def _name(self, shown: str, path: str, address: str) -> None:
        """One file of the text; readers who kept its address are led from it to where it stands here."""
        own = self._address()
        if all(known != path for _, known, _ in self.files):
            self.files.append((shown, path, urljoin(own, address.strip()) if own else ""))

    def _in_archive(self, address: str) -> str:
        """The name in the archive to which a relative address leads, "" when it leads to none."""
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            return ""
        if parts.scheme or parts.netloc or not parts.path:
            return ""
        path = unquote(parts.path)
        base = "" if path.startswith("/") else posixpath.dirname(self.name)
        for candidate in (path, parts.path):
            name = posixpath.normpath(posixpath.join(base, candidate.lstrip("/")))
            if name in self.archive.entries:
                return name
        return ""


def _named(link: Any, path: str) -> str:
    """附件的名称: what the link says with the file's ending, when it says something; otherwise the file's own name."""
    own = posixpath.basename(path)
    ending = posixpath.splitext(own)[1]
    said = _one_line(link.text_content()).replace("/", " ").removeprefix("附件：").strip()
    if not said or len(said) > 150:
        return own
    return said if said.lower().endswith(ending.lower()) else said + ending


def _weight(element: Any) -> int:
    """How much is read in it that is not a link."""
    linked = sum(len("".join(_one_line(link.text_content()))) for link in element.iter("a"))
    return len(_one_line(element.text_content())) - 2 * linked


def _densest(body: Any) -> Any:
    block = body
    while True:
        inside = max(_blocks(block), key=_weight, default=None)
        if inside is None or _weight(inside) < _PART * _weight(block):
            return block
        block = inside


def _blocks(element: Any) -> Iterator[Any]:
    return (
        child
        for child in element
        if child.tag in ("div", "td", "tr", "tbody", "table", "article", "section", "main")
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
