from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "gongkai.duties.applications.rights"
    label = "application_rights"
    verbose_name = "个人信息权利"
