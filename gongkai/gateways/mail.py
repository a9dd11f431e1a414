"""发信. One letter to one address by SMTP; off when no server is named, or into a folder for a trial.

Nothing that goes wrong here carries an address or a word of the letter: the reasons end up in logs and on screens.
"""

import smtplib
import ssl
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils import timezone

TIMEOUT = 20  # seconds for each step of the conversation
LONGEST_SUBJECT = 200
LONGEST_TEXT = 20_000
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # line ends of every kind, and what nobody sees
_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


class MailFailed(Exception):
    """没有发出: why, in a sentence without personal data. The outbox tries again."""


class MailRefused(ValueError):
    """这样的信不能发: an address or a subject that would write headers of its own."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: a PDF by its plain name."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """一封信. ``key`` names it: sent twice, it bears the same Message-ID, and a mail server may drop the second."""

    to: str
    subject: str
    text: str
    key: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Server:
    """发信服务器, read from EMAIL_URL."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: Path | None = None

    @property
    def is_open_to_listeners(self) -> bool:
        """Whether a password would cross the network unencrypted."""
        return self.scheme == "smtp" and bool(self.password)


def server() -> Server | None:
    """The server that is set up; None when mail is off.

    >>> from django.test import override_settings
    >>> with override_settings(MAIL_URL="smtp+tls://gongkai%40example.gov.cn:secret@mail.example.gov.cn"):
    ...     found = server()
    >>> found.port, found.user
    (587, 'gongkai@example.gov.cn')
    """
    if not settings.MAIL_URL:
        return None
    parts = urlsplit(settings.MAIL_URL)
    if parts.scheme == "file":
        return Server("file", "", 0, "", "", Path(unquote(parts.path)))
    try:
        port = parts.port or _PORTS[parts.scheme]
    except (KeyError, ValueError):
        raise MailFailed("EMAIL_URL应写成smtp://、smtp+tls://、smtps://或者file://开头的网址") from None
    if not parts.hostname:
        raise MailFailed("EMAIL_URL没有写发信服务器的主机名")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.scheme, parts.hostname, port, user, password)


def is_on() -> bool:
    return bool(settings.MAIL_URL)


def sender() -> str:
    """发信人地址: named by itself, or the account's own where that is an address."""
    found = server()
    user = found.user if found and "@" in found.user else ""
    return str(settings.MAIL_FROM or user)


class State(StrEnum):
    """发信的状况."""

    FINE = "fine"
    LIMITED = "limited"
    BROKEN = "broken"


def condition() -> tuple[State, str]:
    """发信设置得怎样, as one sentence without its stop; nothing is sent to find out."""
    try:
        found = server()
    except MailFailed as reason:
        return State.BROKEN, str(reason)
    if found is None:
        return State.LIMITED, "没有设置发信服务器，提醒不发邮件，只在工作台上显示"
    if found.folder:
        return State.LIMITED, f"只存入 {found.folder}，不发出"
    if not sender():
        return State.BROKEN, "没有发信人地址，请设置EMAIL_FROM"
    if found.is_open_to_listeners:
        return State.LIMITED, "口令不加密传输，请改用 smtp+tls:// 或者 smtps://"
    return State.FINE, f"{found.host}:{found.port}"


def send(letter: Letter) -> None:
    """发出一封信, or say why not."""
    found = server()
    if found is None:
        raise MailFailed("没有设置发信服务器（EMAIL_URL）")
    message = _message(letter)
    if found.folder:
        found.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (found.folder / f"{letter.key}.eml").write_bytes(message.as_bytes(policy=SMTP))
        return
    with _plainly_failing(), _connected(found) as connection:
        connection.send_message(message)


def _message(letter: Letter) -> EmailMessage:
    for text in (letter.to, letter.subject, letter.key, sender()):
        if any(unicodedata.category(character) in _UNSEEN for character in text):
            raise MailRefused("收信人、标题中有换行或者看不见的字符")
    if len(letter.subject) > LONGEST_SUBJECT or len(letter.text) > LONGEST_TEXT:
        raise MailRefused("标题或者正文太长")
    if not sender():
        raise MailFailed("没有设置发信人地址（EMAIL_FROM）")
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(sender())
    message["To"] = _address(letter.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(timezone.localtime())
    message["Message-ID"] = f"<{letter.key}@{sender().rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # no out-of-office reply comes back (RFC 3834)
    message.set_content(letter.text)
    for file in letter.attachments:
        message.add_attachment(file.content, maintype="application", subtype="pdf", filename=file.name)
    return message


def _address(text: str) -> Address:
    """One address and no list of them."""
    try:
        address = Address(addr_spec=text)
    except (ValueError, IndexError):
        raise MailRefused("不是一个电子邮箱地址") from None
    if address.addr_spec != text or not text.isascii():
        raise MailRefused("不是一个电子邮箱地址")
    return address


@contextmanager
def _connected(found: Server) -> Iterator[smtplib.SMTP]:
    name = sender().rpartition("@")[2]  # what we greet with; the machine's own name may be nobody's business
    context = ssl.create_default_context()
    if found.scheme == "smtps":
        opened: smtplib.SMTP = smtplib.SMTP_SSL(
            found.host, found.port, local_hostname=name, timeout=TIMEOUT, context=context
        )
    else:
        opened = smtplib.SMTP(found.host, found.port, local_hostname=name, timeout=TIMEOUT)
    with opened as connection:
        if found.scheme == "smtp+tls":
            connection.starttls(context=context)
        if found.user:
            connection.login(found.user, found.password)
        yield connection


@contextmanager
def _plainly_failing() -> Iterator[None]:
    """The library's errors name addresses; ours do not."""
    try:
        yield
    except smtplib.SMTPAuthenticationError:
        raise MailFailed("发信服务器不接受账号或者口令") from None
    except smtplib.SMTPRecipientsRefused:
        raise MailFailed("发信服务器不接受收信人") from None
    except smtplib.SMTPResponseException as error:
        raise MailFailed(f"发信服务器拒绝（{error.smtp_code}）") from None
    except smtplib.SMTPNotSupportedError:
        raise MailFailed("发信服务器不支持加密或者登录，请核对EMAIL_URL的开头") from None
    except ssl.SSLError:
        raise MailFailed("与发信服务器的加密连接没有建立，请核对证书") from None
    except (smtplib.SMTPException, OSError) as error:
        raise MailFailed(f"连不上发信服务器（{type(error).__name__}）") from None
