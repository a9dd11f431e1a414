from django.apps import AppConfig


class WordingConfig(AppConfig):
    name = "gongkai.duties.catalogue.wording"
    label = "wording"
    verbose_name = "表述词表"
