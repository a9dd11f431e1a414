from django.apps import AppConfig


class InterpretationConfig(AppConfig):
    name = "gongkai.duties.catalogue.interpretation"
    label = "interpretation"
    verbose_name = "政策解读"
