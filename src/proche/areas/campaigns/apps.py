from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "proche.areas.campaigns"
    label = "campaigns"
