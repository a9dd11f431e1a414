from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "gongkai.portal.intake"
    label = "intake"
    verbose_name = "公众提交"

    def ready(self) -> None:
        from gongkai.portal.intake import checks  # noqa: F401
