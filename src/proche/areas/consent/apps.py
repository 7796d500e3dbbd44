from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "proche.areas.consent"
    label = "consent"
