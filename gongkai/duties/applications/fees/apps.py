from django.apps import AppConfig


class FeesConfig(AppConfig):
    name = "gongkai.duties.applications.fees"
    label = "fees"
    verbose_name = "信息处理费"
