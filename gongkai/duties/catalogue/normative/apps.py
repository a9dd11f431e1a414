from django.apps import AppConfig


class NormativeConfig(AppConfig):
    name = "gongkai.duties.catalogue.normative"
    label = "normative"
    verbose_name = "规范性文件"
