from django.apps import AppConfig


class BrandsConfig(AppConfig):
    name = "proche.areas.brands"
    label = "brands"
