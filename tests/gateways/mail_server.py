"""发信服务器. Real SMTP on the loopback, for letters that a test wants to see arrive."""

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Box:
    """Keeps what arrives, or refuses it with the answer it was given."""

    def __init__(self) -> None:
        self.arrived, self.refuses, self.logged_in = [], "", []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.arrived.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"

    def authenticate(self, server, session, envelope, mechanism, data):
        self.logged_in.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"yue-liang-7", handled=False)


class Loopback(Controller):
    """On a port the system picks."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
