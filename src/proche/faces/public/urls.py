"""Pages for everyone."""

from django.urls import path

from proche.faces.public.views import calls, home, sign_up

app_name = "public"
urlpatterns = [
    path("", home.index, name="home"),
    path("renseignements/", home.notice, name="notice"),
    path("inscription/", sign_up.start, name="sign_up"),
    path("inscription/envoyee/", sign_up.done, name="sign_up_done"),
    path("inscription/francais/", sign_up.french_read, name="french_read"),
    path("inscription/confirmer/<str:token>/", sign_up.confirm_email, name="confirm_email"),
    path("inscription/revoir/<str:token>/", sign_up.ask_review, name="ask_review"),
    path("inscription/<slug:name>/", sign_up.step, name="sign_up_step"),
    path("appels/<slug:slug>/", calls.call, name="call"),
    path("v/<str:key>/", calls.nomination, name="nomination"),
    path("v/<str:key>/oui/", calls.accept_nomination, name="accept_nomination"),
    path("v/<str:key>/non/", calls.refuse_nomination, name="refuse_nomination"),
]
