from django.apps import AppConfig


class StaticCopyConfig(AppConfig):
    name = "gongkai.portal.static_copy"
    label = "static_copy"
    verbose_name = "静态副本"
