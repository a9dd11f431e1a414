from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "gongkai.duties.applications.counter"
    label = "application_counter"
    verbose_name = "窗口收件"
