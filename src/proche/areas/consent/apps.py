from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "proche.areas.consent"
    label = "consent"

    def ready(self) -> None:
        from proche.areas.consent.settling import latest_word
        from proche.areas.people.settling import SETTLE

        SETTLE["consent.Consent"] = latest_word
