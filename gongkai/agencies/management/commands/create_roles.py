"""建立数据库角色. ``gongkai manage create_roles``, run by the owner of both databases, with the worker's settings."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from gongkai.agencies.database_roles import create_roles


class Command(BaseCommand):
    help = "在PostgreSQL上建立公众侧、工作人员侧、后台三个数据库角色并授权；可重复运行，升级后再运行一次。"

    def handle(self, *args: Any, **options: Any) -> None:
        if "public" not in connections or connections["default"].vendor != "postgresql":
            raise CommandError(
                "只用于PostgreSQL，并且要同时看到两侧数据库（GONGKAI_SIDE=worker）。SQLite不需要角色。"
            )
        create_roles(connections["default"], connections["public"])
        self.stdout.write(
            "已建立并授权。请由数据库管理员为三个角色设置登录口令或者证书，再写进各进程的数据库地址。"
        )
