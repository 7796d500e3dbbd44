from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "proche.common"
    label = "common"
