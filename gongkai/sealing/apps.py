from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "gongkai.sealing"
    label = "sealing"
    verbose_name = "加密"
