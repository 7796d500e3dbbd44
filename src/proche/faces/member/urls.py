"""The member's own pages."""

from django.urls import path

from proche.faces.member.views import (
    choices,
    exchanges,
    home,
    known,
    leaving,
    offers,
    posts,
    still_true,
)

app_name = "member"
urlpatterns = [
    path("", home.index, name="home"),
    path("propositions/<str:key>/", offers.offer, name="offer"),
    path("propositions/<str:key>/accepter/", offers.accept, name="accept"),
    path("propositions/<str:key>/decliner/", offers.decline, name="decline"),
    path("propositions/<str:key>/raison/", offers.say_why, name="say_why"),
    path("propositions/<str:key>/reprendre/", offers.reconsider, name="reconsider"),
    path("echanges/<str:key>/", exchanges.exchange, name="exchange"),
    path("echanges/<str:key>/recu/", exchanges.receive, name="receive"),
    path("echanges/<str:key>/brise/", exchanges.broken, name="broken"),
    path("echanges/<str:key>/avis/", exchanges.feedback, name="feedback"),
    path("echanges/<str:key>/adresse/", exchanges.address, name="address"),
    path("echanges/<str:key>/renoncer/", exchanges.give_up, name="give_up"),
    path("echanges/<str:key>/presence/", exchanges.coming, name="coming"),
    path("echanges/<str:key>/desistement/", exchanges.not_coming, name="not_coming"),
    path("echanges/<str:key>/place-reprise/", exchanges.coming_again, name="coming_again"),
    path("echanges/<str:key>/verifier/", posts.check, name="check"),
    path("echanges/<str:key>/publier/", posts.submit, name="submit"),
    path("echanges/<str:key>/images/<str:image_key>/", posts.image, name="post_image"),
    path("profil/", known.known, name="known"),
    path("profil/revision/", known.review, name="review"),
    path("profil/corrections/<int:pk>/", known.object_to, name="object_to"),
    path("profil/fichiers/<str:key>/", known.file, name="file"),
    path("toujours-moi/", still_true.signed_in, name="still_true"),
    path("toujours-moi/<str:token>/", still_true.by_link, name="still_true_link"),
    path("accords/", choices.consents, name="consents"),
    path("reponses/", choices.answers, name="answers"),
    path("question/", choices.question, name="question"),
    path("donnees/", leaving.my_data, name="own_data"),
    path("donnees/export-csv/", choices.export_table, name="export_table"),
    path("donnees/export-json/", choices.export_document, name="export_document"),
    path("pause/", leaving.take_break, name="take_break"),
    path("retour/", leaving.come_back, name="come_back"),
    path("quitter/", leaving.leave, name="leave"),
    path("rester/<str:token>/", leaving.stay, name="stay"),
]
