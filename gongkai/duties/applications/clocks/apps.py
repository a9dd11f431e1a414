from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "gongkai.duties.applications.clocks"
    label = "application_clocks"
    verbose_name = "申请的期限"
