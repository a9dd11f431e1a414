from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "gongkai.duties.participation"
    label = "participation"
    verbose_name = "公众参与"
