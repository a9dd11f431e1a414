from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "gongkai.duties.applications.consultation"
    label = "consultation"
    verbose_name = "征求意见"
