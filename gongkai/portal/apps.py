from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "gongkai.portal"
    label = "portal"
    verbose_name = "公众侧"

    def ready(self) -> None:
        from gongkai.portal import checks  # noqa: F401
