"""签发一次性链接. ``gongkai manage one_time_link 登录名``, at the server's own console, when no administrator can."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.agencies.access import Refusal
from gongkai.agencies.actions import issue_one_time_link
from gongkai.agencies.models import OneTimeLink, Person


class Command(BaseCommand):
    help = "给一名人员签发一次性链接（30分钟内有效，只能用一次），写入审计记录。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="登录名")
        parser.add_argument(
            "--purpose", choices=OneTimeLink.Purpose.values, default="invitation", help="用途"
        )

    def handle(self, *args: Any, username: str, purpose: str, **options: Any) -> None:
        person = Person.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"没有登录名为“{username}”的人员，请核对。")
        try:
            address = issue_one_time_link(person, purpose=OneTimeLink.Purpose(purpose), by=None)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{person.name}（{person.agency.name}）\n{address}")
