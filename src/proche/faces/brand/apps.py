from django.apps import AppConfig


class BrandFaceConfig(AppConfig):
    name = "proche.faces.brand"
    label = "brand_face"
