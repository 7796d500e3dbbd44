from django.apps import AppConfig


class RecruitmentConfig(AppConfig):
    name = "proche.areas.recruitment"
    label = "recruitment"

    def ready(self) -> None:
        from proche.areas.people.settling import SETTLE
        from proche.areas.recruitment.settling import no_longer_asked

        SETTLE["recruitment.Application"] = no_longer_asked
