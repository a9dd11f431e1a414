"""更换数据密钥. ``gongkai manage rotate_data_keys``, with the worker's or the desk's settings, while everything runs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.agencies.actions import data_keys
from gongkai.sealing import vault


class Command(BaseCommand):
    help = (
        "给一类加密内容换一把新的数据密钥，并把已有的逐批换到新的密钥下；办公照常进行。"
        "中断以后用 --resume 接着换，不再生成新的密钥。加密的文件仍用各自的旧密钥，旧密钥留着，不能删除。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("purpose", nargs="?", default="applicants", help="类别，默认申请人（applicants）")
        parser.add_argument("--resume", action="store_true", help="不换新的密钥，只把还没有换完的换完")

    def handle(self, *args: Any, **options: Any) -> None:
        purpose = options["purpose"]
        if purpose not in (known := data_keys.purposes()):
            offered = "、".join(known) or "还没有"
            raise CommandError(f"没有“{purpose}”这一类数据密钥。有的：{offered}。")
        if not options["resume"]:
            self.stdout.write(f"{purpose}：第{data_keys.rotate(purpose, by=None)}版密钥已启用。")
        closed = []
        for model, names in data_keys.sealed_columns(purpose):
            done, not_opened = vault.reseal(model, purpose, names)
            closed += not_opened
            if done:
                self.stdout.write(f"{model._meta.verbose_name}：{done}条已换。")
        if closed:
            raise CommandError(f"{len(closed)}条打不开，保持原样：{'、'.join(closed[:10])}。请核查密钥。")
        self.stdout.write("全部换完。")
