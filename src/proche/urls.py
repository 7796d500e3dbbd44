"""Addresses are French, like the pages; each face keeps its own below its prefix."""

from allauth.account import views as allauth_views
from django.urls import include, path
from django.views.i18n import set_language

from proche.faces import entry

urlpatterns = [
    path("", include("proche.faces.public.urls")),
    path("bureau/", include("proche.faces.agency.urls")),
    path("moi/", include("proche.faces.member.urls")),
    path("marque/", include("proche.faces.brand.urls")),
    path("partenaire/", include("proche.faces.partner.urls")),
    path("connexion/", allauth_views.request_login_code, name="account_request_login_code"),
    path("connexion/debut/", entry.to_sign_in, name="account_login"),
    path("connexion/code/", allauth_views.confirm_login_code, name="account_confirm_login_code"),
    path("connexion/inactif/", allauth_views.account_inactive, name="account_inactive"),
    path("connexion/inscription/", entry.to_sign_up, name="account_signup"),
    path("sortie/", allauth_views.logout, name="account_logout"),
    path("entree/", entry.entry, name="entry"),
    path("premier-pas/<str:token>/", entry.first_start, name="first_start"),
    path("langue/", set_language, name="set_language"),
    path("theme/", entry.set_theme, name="set_theme"),
    path("livez", entry.livez, name="livez"),
    path("readyz", entry.readyz, name="readyz"),
]
