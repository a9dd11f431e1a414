from django.apps import AppConfig


class MovingInConfig(AppConfig):
    name = "gongkai.duties.catalogue.moving_in"
    label = "moving_in"
    verbose_name = "旧站迁入"
