from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "proche.areas.content"
    label = "content"
