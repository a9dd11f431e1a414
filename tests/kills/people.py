"""申请人和工作人员. They go on whatever dies, and keep what was confirmed to them; an answer that is none is asked for again."""

import hashlib
import io
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tests.portal.intake.handing_in import JPEG, typed

_CLEAR = {503}  # "come again": said plainly, and nothing is promised
_CODE = re.compile(r'<p class="code"[^>]*>([^<]+)</p>')
_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_OFFER = re.compile(r'name="offer" value="([0-9a-f]+)"><input type="hidden" name="position" value="(\d+)"')

_BUNDLE = re.compile(r'href="(/applications/archive/bundle/[0-9a-f]+/read/)"')
_BOUND, _EXPORTED = 0.1, 0.2  # of the cases that were closed: a bundle takes the worker seconds


@dataclass
class Answer:
    status: int
    body: bytes
    place: str = ""

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


_opener = urllib.request.build_opener(_Stay)


@dataclass(eq=False)
class Person(threading.Thread):
    """Whoever asks: an answer, or None when it was cut off or said to come again."""

    number: int
    url: str
    stop: threading.Event
    confirmed: list[tuple[str, ...]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    came_again: int = 0

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def ask(self, path: str, body: bytes | None = None, *, allowed: tuple[int, ...] = (200,), **headers: str):
        request = urllib.request.Request(self.url + path, data=body, headers=headers)
        try:
            with _opener.open(request, timeout=30) as answer:
                said = Answer(answer.status, answer.read())
        except urllib.error.HTTPError as error:
            try:
                said = Answer(error.code, error.read(), error.headers.get("Location", ""))
            except Exception:  # noqa: BLE001 - an answer cut off in the middle is no answer
                return None
        except Exception:  # noqa: BLE001 - neither is none at all
            time.sleep(0.05)
            return None
        if said.status in allowed:
            return said
        if said.status in _CLEAR:
            self.came_again += 1
            time.sleep(0.3)
            return None
        self.wrong.append(f"{path} {said.status} {said.text[:2000]}")
        return None

    def said_wrong(self) -> list[str]:
        return self.wrong

    def until(self, act):
        """As a person would: once more, until there is an answer or it is time to go."""
        while not self.stop.is_set():
            if (answer := act()) is not None:
                return answer
        return None


class Applicant(Person):
    """Sends one form after another, asks for a copy of what is held, and collects it."""

    def run(self) -> None:
        count = 0
        while not self.stop.is_set():
            count += 1
            page = self.until(lambda: self._ask("/apply/form/"))
            if page is None:
                return
            token, certificate = _TOKEN.search(page.text)[1], f"E{self.number:03}{count:05}"
            receipt = self.until(lambda t=token, c=certificate: self._ask("/apply/send/", filled_in(t, c)))
            if receipt is None:
                return
            found = _CODE.search(receipt.text)
            if found is None:
                self.wrong.append(receipt.text[:3000])
                return
            self.confirmed.append(("application", found[1], certificate[-4:]))
            if count % 4 == 0:
                self._copy(found[1], certificate[-4:])
            time.sleep(random.uniform(0, 2))

    def _copy(self, code: str, second: str) -> None:
        """A copy of what is held, and what was ready of an earlier one."""
        asked = {"code": code, "second": second, "right": "copy"}
        taken = self.until(lambda: self._post("/apply/rights/", asked, allowed=(200, 404)))
        if taken is None:
            return
        if "已收到您的请求" in taken.text or "今天已经提出过" in taken.text:
            self.confirmed.append(("copy", code, second))
        else:
            self.wrong.append(f"rights {taken.status} {taken.text[-1500:]}")
        earlier = [each for each in self.confirmed if each[0] == "copy"][-6:]
        for _, code, second in earlier[:1]:
            page = self.until(lambda c=code, s=second: self._post("/apply/status/", {"code": c, "second": s}))
            if page and (offer := _OFFER.search(page.text)):
                wanted = {"code": code, "second": second, "offer": offer[1], "position": offer[2]}
                if self.until(lambda w=wanted: self._post("/apply/collect/", w)):
                    self.confirmed.append(("collected", offer[1]))

    def _post(self, path: str, values: dict[str, str], **more):
        return self._ask(path, urllib.parse.urlencode(values).encode(), form=True, **more)

    def _ask(self, path: str, body: bytes | None = None, *, form: bool = False, **more):
        """From another address each time, so that nobody is asked whether a person is there."""
        kind = "application/x-www-form-urlencoded" if form else "multipart/form-data; boundary=boundary"
        return self.ask(
            path,
            body,
            **more,
            **{"X-Forwarded-For": an_address(), **({"Content-Type": kind} if body else {})},
        )


class Officer(Person):
    """Registers over the counter, keeps a scan with it, replies; has the case bound, takes the bundle out, exports the register."""

    def __init__(self, number: int, url: str, stop: threading.Event, cookie: str) -> None:
        super().__init__(number, url, stop)
        self.cookie = cookie

    def run(self) -> None:
        while not self.stop.is_set():
            case = self._register()
            if not case:
                continue
            for _ in range(random.randrange(3)):
                self._keep_a_scan(case)
            if not self._reply(case):
                continue
            if random.random() < _BOUND:
                self._bind(case)
            if random.random() < _EXPORTED:
                self._export(case)
            if random.random() < _EXPORTED:
                self._take_out_a_bundle()

    def _register(self) -> str:
        today = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))
        values = {
            "channel": "in_person",
            "received_on": today,
            "applicant_kind": "natural_person",
            "applicant_name": "乙示例",
            "matters": "2022年人防工程名录",
            "to": "register",
        }
        answer = self._post("/applications/counter/register/", values)
        if answer is None:
            return ""
        case = answer.place.strip("/").removeprefix("applications/counter/")
        if "/" in case:
            self.wrong.append(f"registered, led to {answer.place}")
            self.stop.set()
            return ""
        self.confirmed.append(("entered", case))
        return case

    def _keep_a_scan(self, case: str) -> None:
        scan = b"%PDF-1.7 " + random.randbytes(3000).hex().encode() + b"\n%%EOF"
        if self._post(f"/applications/counter/{case}/add/", {"kind": "envelope"}, scan):
            self.confirmed.append(("scan", case, hashlib.sha256(scan).hexdigest()))

    def _reply(self, case: str) -> bool:
        today = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))
        replied = {"kind": "closed", "on": today, "outcome": "other_remaining"}
        if not self._post(f"/applications/{case}/step/", replied):
            return False
        self.confirmed.append(("closed", case))
        return True

    def _bind(self, case: str) -> None:
        if self._post(f"/applications/archive/{case}/put-together/", {}):
            self.confirmed.append(("bundle", case))

    def _take_out_a_bundle(self) -> None:
        """The oldest that was not taken out yet, if it is made: all of it, or no answer."""
        taken = {each[1] for each in self.confirmed if each[0] == "taken out"}
        waiting = [each[1] for each in self.confirmed if each[0] == "bundle" and each[1] not in taken]
        if not waiting or (page := self._get(f"/applications/archive/{waiting[0]}/")) is None:
            return
        if made := _BUNDLE.search(page.text):
            file = self._post(made[1], {"reason": "行政复议举证，核对经过"}, allowed=(200,))
            if file is None:
                return
            if not file.body.startswith(b"%PDF-") or not file.body.rstrip().endswith(b"%%EOF"):
                self.wrong.append(f"bundle {file.body[:200]!r}")
            digest = hashlib.sha256(file.body).hexdigest()
            self.confirmed.append(("taken out", waiting[0], made[1], digest))

    def _export(self, case: str) -> None:
        """导出: whole, with the case that was closed a moment ago in it, or no answer."""
        kind = random.choice(["csv", "xlsx"])
        file = self._get(f"/registers/applications/export/?format={kind}")
        if file is None:
            return
        self.confirmed.append(("exported", kind))
        if kind == "xlsx":
            with zipfile.ZipFile(io.BytesIO(file.body)) as book:
                damaged = book.testzip()
        else:
            told = sum(each[0] == "closed" for each in self.confirmed)
            damaged = "" if file.text.count("办结") >= told else f"{file.text.count('办结')} of {told}"
        if damaged:
            self.wrong.append(f"export {kind} {damaged}")

    def _post(self, path: str, values: dict[str, str], file: bytes | None = None, **more):
        """Once: what happened to a step that got no answer, an officer looks up. A redirection confirms it."""
        files = {} if file is None else {"file": ("信封.pdf", file)}
        return post(self, path, values, cookie=self.cookie, files=files, **more)

    def _get(self, path: str):
        return self.ask(path, Cookie=f"gongkai-desk={self.cookie}")


def post(
    person: Person,
    path: str,
    values: dict[str, str],
    *,
    cookie: str,
    files: Mapping[str, tuple[str, bytes]] = MappingProxyType({}),
    allowed: tuple[int, ...] = (302,),
):
    """A form of the desk, sent by whoever has entered with this cookie."""
    token = "a" * 32
    parts = [_field(name, value) for name, value in {**values, "csrfmiddlewaretoken": token}.items()]
    parts += [_field(field, content, name=name) for field, (name, content) in files.items()]
    return person.ask(
        path,
        b"".join(parts) + b"--boundary--\r\n",
        allowed=allowed,
        Cookie=f"gongkai-desk={cookie}; gongkai-csrf={token}",
        **{"Content-Type": "multipart/form-data; boundary=boundary"},
    )


def an_address() -> str:
    return f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"


def filled_in(token: str, certificate: str) -> bytes:
    fields = typed(certificate_kind="passport", certificate_number=certificate)
    pairs = [(name, value) for name, value in fields.items() if isinstance(value, str)]
    pairs += [("matter", text) for text in fields["matter"]] + [("token", token), ("to", "send")]
    parts = [_field(name, value) for name, value in pairs]
    return b"".join([*parts, _field("identity_file", JPEG * 10, name="a.jpg"), b"--boundary--\r\n"])


def _field(field: str, value: str | bytes, *, name: str = "") -> bytes:
    head = f'--boundary\r\nContent-Disposition: form-data; name="{field}"' + (
        f'; filename="{name}"' if name else ""
    )
    return head.encode() + b"\r\n\r\n" + (value if isinstance(value, bytes) else value.encode()) + b"\r\n"
