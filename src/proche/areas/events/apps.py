from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "proche.areas.events"
    label = "events"
