from django.apps import AppConfig


class FrequentConfig(AppConfig):
    name = "gongkai.duties.applications.frequent"
    label = "frequent"
    verbose_name = "高频申请人"
