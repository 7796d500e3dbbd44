"""Pages for everyone."""

from django.urls import path

from proche.faces.public.views import (
    applying,
    calls,
    frames,
    home,
    imported,
    nominations,
    sign_up,
    sign_up_later,
)

app_name = "public"
urlpatterns = [
    path("", home.index, name="home"),
    path("renseignements/", home.notice, name="notice"),
    path("inscription/", sign_up.start, name="sign_up"),
    path("inscription/envoyee/", sign_up.done, name="sign_up_done"),
    path("inscription/francais/", sign_up.french_read, name="french_read"),
    path("inscription/confirmer/<str:token>/", applying.confirm_email, name="confirm_email"),
    path("inscription/revoir/<str:token>/", applying.ask_review, name="ask_review"),
    path("inscription/plus-tard/", sign_up_later.later, name="sign_up_later"),
    path("inscription/plus-tard/envoye/", sign_up_later.later_sent, name="sign_up_later_sent"),
    path("inscription/oublier/", sign_up_later.forget, name="sign_up_forget"),
    path("inscription/reprendre/<str:token>/", sign_up_later.resume, name="resume"),
    path("inscription/liste/efface/", imported.gone, name="imported_gone"),
    path("inscription/liste/<str:token>/", imported.show, name="imported"),
    path("inscription/liste/<str:token>/non/", imported.refuse, name="imported_no"),
    path("inscription/<slug:name>/", sign_up.step, name="sign_up_step"),
    path("appels/<slug:slug>/", calls.call, name="call"),
    path("appels/<slug:slug>/transmettre/<str:key>/", calls.forward, name="forward"),
    path("appels/<slug:slug>/compte/", calls.account, name="name_account"),
    path("appels/<slug:slug>/compte/merci/", calls.account_named, name="account_named"),
    path("appels/<slug:slug>/integrer/", frames.call, name="framed"),
    path("appels/<slug:slug>/integrer/<str:key>/", frames.forward, name="framed_forward"),
    path("appels/<slug:slug>/logo/<str:name>", calls.logo, name="call_logo"),
    path("v/<str:key>/", nominations.show, name="nomination"),
    path("v/<str:key>/oui/", nominations.accept, name="accept_nomination"),
    path("v/<str:key>/non/", nominations.refuse, name="refuse_nomination"),
]
