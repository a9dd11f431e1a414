from django.apps import AppConfig


class AdministrativeActsConfig(AppConfig):
    name = "gongkai.duties.administrative_acts"
    label = "administrative_acts"
    verbose_name = "行政行为"
