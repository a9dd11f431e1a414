from django.apps import AppConfig


class ApplicationIntakeConfig(AppConfig):
    name = "gongkai.duties.applications.intake"
    label = "application_intake"
    verbose_name = "网上收件"
