from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "gongkai.duties.inspection"
    label = "inspection"
    verbose_name = "网站巡查"
