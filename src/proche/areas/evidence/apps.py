from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "proche.areas.evidence"
    label = "evidence"
