from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "gongkai.duties.applications.matters"
    label = "matters"
    verbose_name = "逐项办理"
