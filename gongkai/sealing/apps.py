from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "gongkai.sealing"
    label = "sealing"
    verbose_name = "加密"

    def ready(self) -> None:
        from gongkai.sealing import checks  # noqa: F401
