from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "gongkai.duties.catalogue.upkeep"
    label = "upkeep"
    verbose_name = "公开职责和栏目更新"
