from django.apps import AppConfig


class PublicFaceConfig(AppConfig):
    name = "proche.faces.public"
    label = "public_face"
