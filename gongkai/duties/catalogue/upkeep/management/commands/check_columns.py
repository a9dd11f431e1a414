"""检查栏目和职责. ``gongkai manage check_columns``, with the worker's settings: the night's check, now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.duties.catalogue.upkeep import checking, queries
from gongkai.host_clock import queries as host_clock


class Command(BaseCommand):
    help = (
        "现在就做夜间检查：栏目和公开职责有没有超期、空白、没有落实；新发现的提醒责任人，改好的销号。"
        "后台每天凌晨自己检查，平时不需要；可重复运行，已经发现的不再提醒。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--list", action="store_true", help="逐条列出现在没有改好的")

    def handle(self, *args: Any, **options: Any) -> None:
        if not host_clock.in_order():
            raise CommandError(host_clock.alarm() or "主机时钟不可信，没有检查。", returncode=2)
        agencies = list(checking.checked())
        if not agencies:
            self.stdout.write("还没有栏目，没有可以检查的。请在工作人员侧的“栏目更新”里开设栏目。")
        for agency in agencies:
            new, closed = checking.check_now(agency)
            standing = list(queries.open_findings(agency))
            self.stdout.write(
                f"{agency.name}：新发现{new}处，已改好{closed}处，现在没有改好的{len(standing)}处。"
            )
            for each in standing if options["list"] else ():
                self.stdout.write(f"  {each.get_kind_display()}：{each.about}：{each.text}")
