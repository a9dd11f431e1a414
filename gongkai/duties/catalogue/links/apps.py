from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "gongkai.duties.catalogue.links"
    label = "links"
    verbose_name = "链接检查"
