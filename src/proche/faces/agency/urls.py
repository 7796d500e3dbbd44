"""The rooms of the workspace, in the order of the side bar."""

from django.urls import path

from proche.faces.agency.views import (
    applications,
    bank,
    brands,
    calls,
    events,
    parcels,
    people,
    posts,
    studies,
    team,
    today,
)

app_name = "agency"
urlpatterns = [
    path("", today.index, name="today"),
    path("banque/", bank.index, name="bank"),
    path("banque/exporter/", bank.export, name="bank_export"),
    path("banque/etiqueter/", bank.tag, name="bank_tag"),
    path("personnes/<str:key>/", people.detail, name="person"),
    path("personnes/<str:key>/histoire/", people.timeline, name="person_timeline"),
    path("personnes/<str:key>/verdict/signer/", people.sign_verdict, name="sign_verdict"),
    path("personnes/<str:key>/verdict/revoir/", people.reopen_verdict, name="reopen_verdict"),
    path("inscriptions/", applications.index, name="applications"),
    path("appels/", calls.index, name="calls"),
    path("marques/", brands.index, name="brands"),
    path("envois/", parcels.index, name="parcels"),
    path("evenements/", events.index, name="events"),
    path("publications/", posts.index, name="posts"),
    path("retombees/", studies.index, name="studies"),
    path("equipe/", team.index, name="team"),
    path("equipe/<int:role_id>/retirer/", team.remove, name="team_remove"),
]
