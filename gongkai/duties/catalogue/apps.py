from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "gongkai.duties.catalogue"
    label = "catalogue"
    verbose_name = "信息目录"
