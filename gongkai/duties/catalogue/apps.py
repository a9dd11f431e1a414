from django.apps import AppConfig

from gongkai.audit.triggers import watch
from gongkai.duties.catalogue.words import WORDS


class CatalogueConfig(AppConfig):
    name = "gongkai.duties.catalogue"
    label = "catalogue"
    verbose_name = "信息目录"
    words = WORDS
    triggers = {"sqlite": [trigger for each in WORDS for trigger in each.triggers], "postgresql": []}

    def ready(self) -> None:
        watch(self)
