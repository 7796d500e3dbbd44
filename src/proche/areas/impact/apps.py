from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "proche.areas.impact"
    label = "impact"
