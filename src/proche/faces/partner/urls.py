"""The one page of a media partner, opened by the link the agency gave them."""

from django.urls import path

from proche.faces.partner.views import counts

app_name = "partner"
urlpatterns = [
    path("<str:token>/", counts.show, name="counts"),
]
