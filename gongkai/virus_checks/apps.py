from django.apps import AppConfig


class VirusChecksConfig(AppConfig):
    name = "gongkai.virus_checks"
    label = "virus_checks"
    verbose_name = "查毒"
