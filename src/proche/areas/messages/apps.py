from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "proche.areas.messages"
    label = "programme_messages"

    def ready(self) -> None:
        from proche.areas.messages.writing import letters_once_merged
        from proche.areas.people.settling import CARRY

        CARRY["programme_messages.TeamLetter"] = letters_once_merged
