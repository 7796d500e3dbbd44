from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "proche.areas.imports"
    label = "imports"
