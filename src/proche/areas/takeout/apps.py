from django.apps import AppConfig


class TakeoutConfig(AppConfig):
    name = "proche.areas.takeout"
    label = "takeout"
