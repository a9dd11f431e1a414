from django.apps import AppConfig


class HandlingConfig(AppConfig):
    name = "gongkai.duties.applications.handling"
    label = "handling"
    verbose_name = "承办"
