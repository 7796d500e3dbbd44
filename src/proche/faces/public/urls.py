"""Pages for everyone."""

from django.urls import path

from proche.faces.public.views import home

app_name = "public"
urlpatterns = [
    path("", home.index, name="home"),
    path("inscription/", home.sign_up, name="sign_up"),
]
