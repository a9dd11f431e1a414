from django.apps import AppConfig


class TurningConfig(AppConfig):
    name = "gongkai.duties.applications.turning"
    label = "turning"
    verbose_name = "转主动公开"
