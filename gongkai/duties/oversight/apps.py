from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "gongkai.duties.oversight"
    label = "oversight"
    verbose_name = "监督保障"
