from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "proche.areas.matching"
    label = "matching"

    def ready(self) -> None:
        from proche.areas.matching.settling import better_place, ranked_since
        from proche.areas.people.settling import CARRY, MADE_AGAIN

        CARRY["matching.ShortlistEntry"] = better_place
        MADE_AGAIN["matching.ShortlistEntry"] = ranked_since
