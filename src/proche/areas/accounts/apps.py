from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "proche.areas.accounts"
    label = "accounts"
