from django.apps import AppConfig


class GatewaysConfig(AppConfig):
    name = "gongkai.gateways"
    label = "gateways"
    verbose_name = "网关"
