"""The one page of a brand contact, opened by the link they received."""

from django.urls import path

from proche.faces.brand.views import review

app_name = "brand"
urlpatterns = [
    path("<str:token>/", review.show, name="review"),
]
