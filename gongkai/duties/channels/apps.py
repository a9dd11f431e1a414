from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "gongkai.duties.channels"
    label = "channels"
    verbose_name = "新媒体"
