from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "proche.areas.incidents"
    label = "incidents"
