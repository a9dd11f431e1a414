from django.apps import AppConfig


class RedactionConfig(AppConfig):
    name = "gongkai.duties.applications.redaction"
    label = "redaction"
    verbose_name = "遮盖"
