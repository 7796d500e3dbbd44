"""Every component on pages of invented content, for eyes and for axe. Served by tests only."""

import json
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from proche.common import ui
from proche.faces import entry

PAGES = Path(__file__).parent / "pages"
NAV = [
    (
        "",
        [
            ("sun", "Aujourd’hui", 17),
            ("users", "Banque", 500),
            ("inbox", "Inscriptions", 9),
            ("speakerphone", "Appels", 0),
        ],
    ),
    (
        "Avec les marques",
        [
            ("building-store", "Marques et mandats", 0),
            ("gift", "Envois", 5),
            ("calendar-event", "Événements", 0),
            ("photo-check", "Publications", 4),
            ("chart-scatter", "Retombées", 0),
        ],
    ),
]
EXPENSES = [
    ("Cadeaux, juste valeur", 152000, 3800),
    ("Envois", 48600, 0),
    ("Cachets", 0, 650000),
    ("Équipe, 22 h et 6 h", 103400, 28200),
]
SERIES = {
    "Nos membres": [41, 42.3, 40.9, 41.8, 43.4, 42.4, 48.3, 51.6, 53.4, 52.8, 54, 53.2],
    "Vedette": [41.7, 42, 41.2, 42.6, 42.8, 42.1, 45.6, 47, 47.2, 45.8, 47.3, 46.5],
    "Témoins": [41.2, 42.5, 40.7, 41.9, 43, 42.5, 42.8, 41.9, 43.4, 42.4, 43.7, 43.1],
}
MEASURES = [
    ("Commentaires auxquels elle répond", "71 %", "124 comm.", (82, 70, 91)),
    ("Personnes qui reviennent", "44 %", "210 pers.", (79, 68, 90)),
    ("Commentaires par abonné", "3,1 %", "18 publ.", (68, 52, 82)),
]


class SignUp(forms.Form):
    track = forms.ChoiceField(
        label="Comment partagez-vous?",
        choices=[("consumer", "J’aime donner mon avis"), ("professional", "Je montre mon métier")],
        widget=ui.RadioCards(
            helps={
                "consumer": "Vos trouvailles, vos essais, vos sorties.",
                "professional": "Vos coupes, vos pains, vos bouquets, votre atelier.",
            }
        ),
        initial="professional",
    )
    city = forms.CharField(label="Votre ville", help_text="Telle qu’on la dit: Gaspé, Sept-Îles.")
    email = forms.EmailField(label="Votre courriel")
    about = forms.CharField(label="Quelques mots", widget=forms.Textarea, required=False)
    region = forms.ChoiceField(label="Région", choices=[("01", "Bas-Saint-Laurent")])
    archive = forms.FileField(label="Votre archive", required=False)
    bank = forms.BooleanField(
        label="Faire partie de la banque",
        help_text="Voisine garde mes réponses tant que je suis membre. Nécessaire.",
    )
    offers = forms.BooleanField(
        label="Recevoir des propositions par courriel",
        help_text="Deux par trimestre au plus.",
        required=False,
    )


def installation(request: HttpRequest) -> dict[str, object]:
    current = request.GET.get("current", "Aujourd’hui")
    nav = [
        {
            "label": label,
            "items": [
                {
                    "url": f"?current={words}",
                    "icon": icon,
                    "label": words,
                    "count": count,
                    "current": words == current,
                }
                for icon, words, count in items
            ],
        }
        for label, items in NAV
    ]
    viewer = SimpleNamespace(
        is_authenticated=True, name="Maude Gagnon", email="maude@voisine.example"
    )
    return {
        "nav": nav,
        "is_sample": True,
        "viewer": viewer,
        "role_label": "stratège",
        "agency_name": "agence Voisine",
        "programme": None,
    }


def weekly() -> dict[str, object]:
    values = [
        {"week": week - 6, "value": value, "arm": arm}
        for arm, line in SERIES.items()
        for week, value in enumerate(line)
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "height": 180,
        "data": {"values": values},
        "mark": {"type": "line"},
        "encoding": {
            "x": {"field": "week", "type": "quantitative", "title": None},
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": None,
                "scale": {"zero": False},
            },
            "color": {
                "field": "arm",
                "type": "nominal",
                "legend": None,
                "scale": {"domain": list(SERIES), "range": ["chart-1", "chart-2", "chart-5"]},
            },
        },
    }


def pattern(request: HttpRequest, name: str) -> HttpResponse:
    source = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    wrong = (
        SignUp({"track": "", "city": "", "email": "moi", "region": "01"})
        if name == "fields"
        else SignUp()
    )
    context = installation(request) | {
        "form": wrong,
        "expenses": EXPENSES,
        "series": [(arm, *[f"{value:.1f}" for value in line]) for arm, line in SERIES.items()],
        "weeks": ["Groupe", *map(str, range(-6, 6))],
        "weekly": weekly(),
        "measures": MEASURES,
        "waits": {0: 4, 1: 3, 2: 4, 3: 2, 4: 1, 6: 1, 7: 1, 9: 1},
        "arms": [
            {
                "label": "Nos membres",
                "detail": "40 personnes, 30 magasins",
                "estimate": 9.4,
                "low": 6.8,
                "high": 12.0,
            },
            {
                "label": "Vedette",
                "detail": "1 personne, 30 magasins",
                "estimate": 3.6,
                "low": 1.0,
                "high": 6.2,
                "role": "star",
            },
            {
                "label": "Autre ville",
                "detail": "trop peu de magasins",
                "estimate": None,
                "low": None,
                "high": None,
            },
        ],
        "gains": [
            ("Camille O.", 812),
            ("Ariane P.", 655),
            ("Édouard B.", 604),
            ("Noémie D.", 541),
            ("Josiane A.", 498),
            ("Mélissa V.", 433),
            ("Océane F.", 402),
            ("Raphaëlle C.", 371),
            ("Roxane L.", 322),
        ],
        "counts": {
            "10": 1,
            "08": 3,
            "02": 9,
            "09": 2,
            "07": 5,
            "15": 7,
            "14": 6,
            "04": 6,
            "03": 14,
            "01": 4,
            "11": 3,
            "13": 4,
            "06": 26,
            "17": 4,
            "12": 8,
            "16": 11,
            "05": 7,
        },
        "chosen": ["01", "09", "11"],
        "proofs": ["declared", "screenshot", "public", "archive", "api"],
        "ratio_ticks": [0, 1, 2, 4, 6, 8, 10],
        "page": Paginator(range(90), 30).page(2),
        "said": {"fr": "Dit en français.", "en": "Said in English."},
    }
    if "toast" in request.GET:
        ui.toast(request, "Merci envoyé à 6 membres.", undo="/annuler/")
    return HttpResponse(engines["django"].from_string(source).render(context, request))


def kept(request: HttpRequest) -> HttpResponse:
    return HttpResponse(json.dumps(request.POST), content_type="application/json")


urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("theme/", entry.set_theme, name="set_theme"),
    path("annuler/", kept),
    path("<slug:name>/", pattern),
]
