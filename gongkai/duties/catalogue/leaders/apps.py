from django.apps import AppConfig


class LeadersConfig(AppConfig):
    name = "gongkai.duties.catalogue.leaders"
    label = "leaders"
    verbose_name = "领导信息"
