"""The member's own pages."""

from django.urls import path

from proche.faces.member.views import exchanges, home, offers

app_name = "member"
urlpatterns = [
    path("", home.index, name="home"),
    path("propositions/<str:key>/", offers.offer, name="offer"),
    path("echanges/<str:key>/", exchanges.exchange, name="exchange"),
    path("accords/", home.consents, name="consents"),
]
