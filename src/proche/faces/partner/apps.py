from django.apps import AppConfig


class PartnerFaceConfig(AppConfig):
    name = "proche.faces.partner"
    label = "partner_face"
