"""两侧数据库. Which database a model lives in: the portal's tables on the public side, all else on the desk's."""

from django.conf import settings

PUBLIC = frozenset(
    {"portal", "intake", "static_copy"}
)  # the apps whose tables stand on the public side alone


def public_database() -> str:
    """The alias of the public database in this process: the portal knows it as its only one."""
    return "public" if "public" in settings.DATABASES else "default"


class TwoSides:
    """分库. Audit stands in both databases, one chain each; its callers name the alias."""

    def db_for_read(self, model, **hints):
        return public_database() if model._meta.app_label in PUBLIC else None

    db_for_write = db_for_read

    def allow_relation(self, first, second, **hints):
        return (first._meta.app_label in PUBLIC) == (second._meta.app_label in PUBLIC)

    def allow_migrate(self, db, app_label, **hints):
        if app_label == "audit":
            return True
        if db == "public" or settings.SIDE == "portal":
            return app_label in PUBLIC
        return app_label not in PUBLIC
