from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "proche.areas.matching"
    label = "matching"
