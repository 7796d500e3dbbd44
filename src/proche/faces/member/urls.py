"""The member's own pages."""

from django.urls import path

from proche.faces.member.views import home

app_name = "member"
urlpatterns = [
    path("", home.index, name="home"),
    path("accords/", home.consents, name="consents"),
]
