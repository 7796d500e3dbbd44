from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "proche.areas.people"
    label = "people"
