from django.apps import AppConfig


class AgencyFaceConfig(AppConfig):
    name = "proche.faces.agency"
    label = "agency_face"
