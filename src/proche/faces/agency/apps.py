from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class AgencyFaceConfig(AppConfig):
    name = "proche.faces.agency"
    label = "agency_face"

    def ready(self) -> None:
        # Models are not there yet when this module is read.
        from proche.faces.agency.bank_search.keeping import watch

        # Sent once, after every migration of every app.
        post_migrate.connect(watch, sender=apps.get_app_config("people"))
