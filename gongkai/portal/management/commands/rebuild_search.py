"""重建检索. ``gongkai manage rebuild_search``, with the worker's or the desk's settings, after an upgrade or a restore."""

from typing import Any

from django.core.management.base import BaseCommand

from gongkai.portal.search import projection


class Command(BaseCommand):
    help = "从已发布的内容重建公众侧的检索；期间照常可以检索，发布等它完成。可重复运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"已重建检索：{projection.rebuild():,} 条。")
