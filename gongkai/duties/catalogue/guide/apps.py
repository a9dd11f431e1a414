from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "gongkai.duties.catalogue.guide"
    label = "guide"
    verbose_name = "公开指南"
