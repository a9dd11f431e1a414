from django.apps import AppConfig


class HostClockConfig(AppConfig):
    name = "gongkai.host_clock"
    label = "host_clock"
    verbose_name = "主机时钟"
