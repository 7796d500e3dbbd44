from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "proche.areas.messages"
    label = "programme_messages"
