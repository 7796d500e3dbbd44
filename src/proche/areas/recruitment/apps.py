from django.apps import AppConfig


class RecruitmentConfig(AppConfig):
    name = "proche.areas.recruitment"
    label = "recruitment"
