from django.apps import AppConfig


class WithheldConfig(AppConfig):
    name = "gongkai.duties.catalogue.withheld"
    label = "withheld"
    verbose_name = "不公开的信息"
