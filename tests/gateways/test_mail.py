"""发信: real SMTP on the loopback; what may not be sent, and how failures keep quiet about addresses."""

import email
import ipaddress
import socket
import ssl
from datetime import UTC, datetime, timedelta
from email.policy import default

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import transaction

from gongkai.agencies import mail as letters
from gongkai.agencies.models import Person
from gongkai.gateways import mail
from gongkai.operations.doctor import _mail as doctors_answer
from gongkai.outbox.models import OutboxItem
from gongkai.outbox.worker import run_waiting
from tests.factories.people import a_person, an_agency
from tests.gateways.mail_server import Box, Loopback

LETTER = mail.Letter("jia@example.gov.cn", "公开提醒：2处需要办理", "甲示例：\n\n请登录工作台。\n", "0" * 32)
pytestmark = pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:aiosmtpd")


@pytest.fixture
def server(settings):
    box = Box()
    controller = Loopback(box, hostname="127.0.0.1", port=0)
    controller.start()
    settings.MAIL_URL = f"smtp://127.0.0.1:{controller.port}"
    settings.MAIL_FROM = "gongkai@example.gov.cn"
    yield box
    controller.stop()


def test_a_letter_arrives_as_it_was_written(server):
    mail.send(LETTER)

    ((sender, to, content),) = server.arrived
    message = email.message_from_bytes(content, policy=default)
    assert (sender, to) == ("gongkai@example.gov.cn", ["jia@example.gov.cn"])
    assert message["Subject"] == "公开提醒：2处需要办理"
    assert message["Message-ID"] == f"<{'0' * 32}@example.gov.cn>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().replace("\r\n", "\n") == LETTER.text


@pytest.mark.parametrize(
    "letter",
    [
        mail.Letter("jia@example.gov.cn\nBcc: yi@example.org", "题", "文", "1"),
        mail.Letter("jia@example.gov.cn, yi@example.org", "题", "文", "1"),
        mail.Letter("甲 <jia@example.gov.cn>", "题", "文", "1"),
        mail.Letter("jia", "题", "文", "1"),
        mail.Letter("", "题", "文", "1"),
        mail.Letter("jia@example.gov.cn", "题\r\nBcc: yi@example.org", "文", "1"),
        mail.Letter("jia@example.gov.cn", "题\u2028x", "文", "1"),
        mail.Letter("jia@example.gov.cn", "题", "文", "1>\r\nX: y"),
        mail.Letter("jia@example.gov.cn", "题" * 201, "文", "1"),
        mail.Letter("jia@example.gov.cn", "题", "文" * 20_001, "1"),
    ],
)
def test_what_would_write_headers_of_its_own_is_not_sent(server, letter):
    """ABU-06."""
    with pytest.raises(mail.MailRefused):
        mail.send(letter)

    assert server.arrived == []


def test_a_line_of_the_text_that_looks_like_a_header_stays_text(server):
    mail.send(mail.Letter("jia@example.gov.cn", "题", "Bcc: yi@example.org\n\n.\nQUIT\n", "1"))

    ((_, to, content),) = server.arrived
    message = email.message_from_bytes(content, policy=default)
    assert to == ["jia@example.gov.cn"]
    assert message["Bcc"] is None
    assert "Bcc: yi@example.org" in message.get_content()


def test_a_refused_address_is_not_told_to_logs_and_screens(server):
    server.refuses = "550 <jia@example.gov.cn> unknown"

    with pytest.raises(mail.MailFailed) as failed:
        mail.send(LETTER)

    assert str(failed.value) == "发信服务器不接受收信人"
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__


def test_a_server_that_is_away_is_said_to_be_away(settings, unused_port):
    settings.MAIL_URL, settings.MAIL_FROM = f"smtp://127.0.0.1:{unused_port}", "gongkai@example.gov.cn"

    with pytest.raises(mail.MailFailed, match="连不上发信服务器（ConnectionRefusedError）"):
        mail.send(LETTER)


@pytest.fixture
def unused_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_a_server_without_encryption_gets_no_letter_where_encryption_was_asked_for(server, settings):
    settings.MAIL_URL = settings.MAIL_URL.replace("smtp://", "smtp+tls://")

    with pytest.raises(mail.MailFailed, match="不支持加密或者登录"):
        mail.send(LETTER)

    assert server.arrived == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """One of our own for the loopback, and its file."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")]),
    )
    begun = datetime.now(UTC) - timedelta(days=1)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begun)
        .not_valid_after(begun + timedelta(days=3))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def encrypted(settings, certificate):
    box, context = Box(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    controller = Loopback(
        box,
        hostname="127.0.0.1",
        port=0,
        tls_context=context,
        require_starttls=True,
        authenticator=box.authenticate,
        auth_required=True,
    )
    controller.start()
    settings.MAIL_URL = f"smtp+tls://gongkai%40example.gov.cn:yue-liang-7@127.0.0.1:{controller.port}"
    yield box
    controller.stop()


def test_a_letter_is_encrypted_and_sent_by_an_account(encrypted, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    mail.send(LETTER)

    assert encrypted.logged_in == [("gongkai@example.gov.cn", "yue-liang-7")]
    assert encrypted.arrived[0][0] == "gongkai@example.gov.cn"


def test_a_server_whose_certificate_nobody_vouches_for_gets_neither_password_nor_letter(encrypted):
    with pytest.raises(mail.MailFailed, match="请核对证书"):
        mail.send(LETTER)

    assert (encrypted.logged_in, encrypted.arrived) == ([], [])


def test_a_wrong_password_is_said_without_being_repeated(encrypted, certificate, monkeypatch, settings):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.MAIL_URL = settings.MAIL_URL.replace("yue-liang-7", "wrong")

    with pytest.raises(mail.MailFailed) as failed:
        mail.send(LETTER)

    assert str(failed.value) == "发信服务器不接受账号或者口令"


def test_a_folder_takes_letters_that_are_not_to_leave(settings, tmp_path):
    settings.MAIL_URL, settings.MAIL_FROM = f"file://{tmp_path / 'mail'}", "gongkai@example.gov.cn"

    mail.send(LETTER)
    mail.send(LETTER)

    (file,) = (tmp_path / "mail").iterdir()
    assert email.message_from_bytes(file.read_bytes(), policy=default)["To"] == "jia@example.gov.cn"


@pytest.mark.parametrize(
    ("url", "sender", "level", "words"),
    [
        ("", "", "!", "提醒不发邮件"),
        ("smtp://mail.example.gov.cn", "", "✗", "没有发信人地址"),
        ("smtp://u:p@mail.example.gov.cn", "a@example.gov.cn", "!", "口令不加密"),
        ("smtps://u:p@mail.example.gov.cn", "a@example.gov.cn", "✓", "mail.example.gov.cn:465"),
        ("http://mail.example.gov.cn", "", "✗", "应写成smtp://"),
        ("smtp://mail.example.gov.cn:port", "", "✗", "应写成smtp://"),
        ("smtp://", "", "✗", "没有写发信服务器的主机名"),
        ("file:///tmp/letters", "", "!", "不发出"),
    ],
)
def test_the_doctor_says_how_mail_is_set_up(settings, url, sender, level, words):
    settings.MAIL_URL, settings.MAIL_FROM = url, sender

    answer = doctors_answer()

    assert answer.level == level
    assert words in answer.text
    assert "u:p" not in answer.text


@pytest.mark.django_db
class TestLettersToPeople:
    """给人写信: by the outbox, after the transaction, to the address of the moment."""

    @pytest.fixture
    def person(self):
        return a_person(an_agency(), name="甲示例", email="jia@example.gov.cn")

    def write(self, person):
        with transaction.atomic():
            return letters.write_to(person, subject="题", text="文")

    def test_a_letter_waits_without_its_address_and_goes_to_the_one_of_the_moment(self, server, person):
        assert self.write(person)
        assert "@" not in str(OutboxItem.objects.get().payload)
        Person.objects.filter(pk=person.pk).update(email="new@example.gov.cn")

        run_waiting()

        assert [to for _, to, _ in server.arrived] == [["new@example.gov.cn"]]
        assert OutboxItem.objects.get().receipt == {"sent": True}

    def test_a_letter_that_fails_is_tried_again_and_its_reason_names_nobody(self, server, person, caplog):
        server.refuses = "550 <jia@example.gov.cn> unknown"
        self.write(person)

        run_waiting()

        item = OutboxItem.objects.get()
        assert (item.status, item.attempts) == (OutboxItem.Status.WAITING, 1)
        assert item.failure == "MailFailed: 发信服务器不接受收信人"
        assert "jia@" not in caplog.text

    def test_nobody_is_written_to_who_has_left_or_while_mail_is_off(self, server, settings, person):
        self.write(person)
        Person.objects.filter(pk=person.pk).update(is_active=False)
        run_waiting()
        person.refresh_from_db()

        assert not self.write(person)
        settings.MAIL_URL = ""
        assert not self.write(a_person(person.agency, name="乙示例", email="yi@example.gov.cn"))
        assert server.arrived == []
        assert [item.receipt for item in OutboxItem.objects.all()] == [{"sent": False}]
