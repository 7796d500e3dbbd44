from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "proche.areas.people"
    label = "people"

    def ready(self) -> None:
        from proche.areas.people.bank_actions import acts_once_merged
        from proche.areas.people.settling import CARRY

        CARRY["people.TagAct"] = acts_once_merged
