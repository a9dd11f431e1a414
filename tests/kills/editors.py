"""编辑部. One item after another through its reviews to the public, read there, and some of it called back."""

import hashlib
import io
import random
import re
import time

import pikepdf

from tests.kills.people import Person, post

_ADDRESS = re.compile(r"/items/([0-9a-f]{20})/")
_FILE = re.compile(r'/files/([0-9a-f]{64})/"')
_SAID = re.compile(r'class="[^"]*(?:message|error)[^"]*"[^>]*>([^<]+)<')
_STAGES = (
    ("section_review", "head"),
    ("confidentiality_review", "reviewer"),
    ("sign_off", "leader"),
)
_KEPT = 8  # released items that wait to be read by the public before the next is written
_WITHDRAWN = 0.4  # of those that were read


class Editor(Person):
    """A clerk who drafts and releases, and the three who review; cookies by their parts."""

    def __init__(
        self, number: int, url: str, stop, cookies: dict[str, str], column: str, portal: str
    ) -> None:
        super().__init__(number, url, stop)
        self.cookies, self.column = cookies, column
        self.reader = Person(number, portal, stop)
        self.released: list[tuple[str, str, bytes]] = []  # version, name of the file, its bytes

    def said_wrong(self) -> list[str]:
        return [*self.wrong, *self.reader.wrong]

    def run(self) -> None:
        count = 0
        while not self.stop.is_set():
            count += 1
            file = a_pdf(self.number, count)
            version = self._draft(count, file)
            if version and self._through_the_reviews(version, file):
                self.released.append((version, hashlib.sha256(file).hexdigest(), file))
            while len(self.released) > _KEPT and not self.stop.is_set():
                self._read_in_public()

    def _draft(self, count: int, file: bytes) -> str:
        """Begun, written, its file attached: "" when one of them got no answer, and another draft is begun."""
        facts = {
            "title": f"关于第{self.number + 1}编辑部第{count}次试鸣防空警报的公告",
            "kind": "notice",
            "main_column": self.column,
        }
        begun = self._post("clerk", "/catalogue/items/begin/", facts)
        if begun is None:
            return ""
        version = begun.place.split("/")[-3]
        text = {
            **facts,
            "body": "<p>九月十八日试鸣防空警报。</p>",
            "attribute": "proactive",
            "validity": "in_force",
            "issued_by": "示例市国防动员办公室",
            "edits": "0",
        }
        if not self._step("clerk", f"/catalogue/items/{version}/write/", text):
            return ""
        self.confirmed.append(("written", version))
        files = {"files": ("试鸣方案.pdf", file)}
        if not self._step("clerk", f"/catalogue/items/{version}/attach/", {}, files=files):
            return ""
        shown = self.until(lambda: self._get("clerk", f"/catalogue/items/{version}/"))
        if shown is None or hashlib.sha256(file).hexdigest() not in _FILE.findall(shown.text):
            return ""
        self.confirmed.append(("attached", version, hashlib.sha256(file).hexdigest()))
        return version

    def _through_the_reviews(self, version: str, file: bytes) -> bool:
        place = f"/catalogue/items/{version}"
        if not self._step("clerk", f"{place}/step/submit/", {}):
            return False
        self.confirmed.append(("submitted", version))
        for stage, part in _STAGES:
            given = {"conclusion": "passed", "stage": stage}
            if stage == "confidentiality_review":
                given[f"file-{hashlib.sha256(file).hexdigest()}"] = "passed"
            if not self._step(part, f"{place}/review/", given):
                return False
            self.confirmed.append(("reviewed", version, stage))
        if not self._step("clerk", f"{place}/step/release/", {}):
            return False
        self.confirmed.append(("released", version))
        return True

    def _read_in_public(self) -> None:
        """The oldest that is out: its page and its file as they were signed. Then it may be called back."""
        version, sha256, file = self.released[0]
        page = self.until(lambda: self._get("clerk", f"/catalogue/items/{version}/"))
        found = page and _ADDRESS.search(page.text.partition("看公众侧的页面")[0][-300:])
        if not found:
            time.sleep(1)
            return
        self.released.pop(0)
        key = found[1]
        seen = self.until(lambda: self.reader.ask(f"/items/{key}/"))
        got = self.until(lambda: self.reader.ask(f"/files/{sha256}"))
        if seen is None or got is None:
            return
        if sha256 not in seen.text or got.body != file:
            self.wrong.append(f"item {key}: {sha256 in seen.text} {got.body == file}")
        self.confirmed.append(("public", version, key, sha256))
        reason = {"reason": "试鸣时间调整", "note": "另行公告。"}
        if random.random() < _WITHDRAWN and self._step(
            "leader", f"/catalogue/items/{version}/withdraw/", reason
        ):
            self.confirmed.append(("withdrawn", version, key, sha256))

    def _step(self, part: str, path: str, values: dict[str, str], **more) -> bool:
        """Once more until there is an answer: a redirection, or after one that was lost, that it was taken already."""
        lost = 0

        def once():
            nonlocal lost
            answer = self._post(part, path, values, allowed=(302, 400, 403), **more)
            lost += answer is None
            return answer

        answer = self.until(once)
        if answer is None:
            return False
        if lost or (answer.status == 302 and "/log-in" not in answer.place):
            return True
        self.wrong.append(f"{path} {answer.status} {answer.place} {_told(answer.text)}")
        return False

    def _post(self, part: str, path: str, values: dict[str, str], **more):
        return post(self, path, values, cookie=self.cookies[part], **more)

    def _get(self, part: str, path: str):
        return self.ask(path, Cookie=f"gongkai-desk={self.cookies[part]}")


def _told(page: str) -> str:
    """What the page says is wrong, without its frame."""
    return "；".join(_SAID.findall(page)) or page[-2000:]


def a_pdf(number: int, count: int) -> bytes:
    """One page of its own measure with some hundred lines on it: different bytes each time, nothing hidden."""
    book, file = pikepdf.new(), io.BytesIO()
    page = book.add_blank_page(page_size=(400 + number, 400 + count % 1000))
    lines = "".join(
        f"{random.random() * 300:.3f} 20 m 200 {random.random() * 300:.3f} l S\n" for _ in range(300)
    )
    page.Contents = book.make_stream(lines.encode())
    book.save(file, deterministic_id=True)
    return file.getvalue()
