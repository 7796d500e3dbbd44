"""Invented posts with the verdict worked out by hand from the rule table.

Brands: Sapinelle (hair care, @sapinelle) and the inn Auberge du Cap (@aubergeducap).
"""

from dataclasses import dataclass, field
from typing import Any

from proche.core.disclosure import Frame, Link, Post, Spoken

GIFT = Link("gift", "Sapinelle", ("sapinelle",))
OWED = Link("gift", "Sapinelle", ("sapinelle",), obligation=True)
EXCHANGE = Link("exchange", "Sapinelle", ("sapinelle",), obligation=True)
PAID = Link("paid", "Sapinelle", ("sapinelle",), obligation=True)
AFFILIATE = Link("affiliate", "Sapinelle", ("sapinelle",))
RELATION = Link("relation", "Sapinelle", ("sapinelle",))
NONE = Link("none", "Sapinelle", ("sapinelle",))
NIGHT = Link("invitation", "Auberge du Cap", ("aubergeducap",))
STAY = Link("invitation", "Auberge du Cap", ("aubergeducap",), perks=("travel", "lodging"))
URL = "https://exemple.test/masque"
LONG = (
    "Trois semaines de suite avec ce masque, matin et soir, et mes pointes sont enfin douces. " * 2
)


@dataclass(frozen=True)
class Worked:
    caption: str | None
    link: Link
    verdict: str
    rules: tuple[str, ...] = ()
    place: str = "CA fr instagram post"
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def post(self) -> Post:
        jurisdiction, language, platform, format = self.place.split()
        return Post(
            platform=platform,
            format=format,
            caption=self.caption,
            language=None if language == "--" else language,
            jurisdiction=jurisdiction,
            **self.more,
        )


def on_screen(*frames: Frame) -> dict[str, Any]:
    return {"frames": frames}


def video(frames: tuple[Frame, ...] | None, speech: tuple[Spoken, ...] | None) -> dict[str, Any]:
    return {"frames": frames, "transcript": speech}


EN = "CA en instagram post"
STORY = "CA fr instagram story"
REEL = "CA fr instagram reel"
UNKNOWN = "CA -- instagram post"

WORDS = (
    Worked("#pub Mes pointes sont douces.", PAID, "OK"),
    Worked("#PUB Mes pointes sont douces.", PAID, "OK"),
    Worked("Publicité. Mes pointes sont douces.", PAID, "OK"),
    Worked("« Publicité » Mes pointes sont douces.", PAID, "OK"),
    Worked("✨ Publicité ✨ Mes pointes sont douces.", PAID, "OK"),
    Worked("Je travaille en publicité. Belle journée.", PAID, "MISSING", ("D-PRES-1",)),
    Worked("Une vraie journée au pub avec la gang.", PAID, "MISSING", ("D-PRES-1",)),
    Worked("Ceci est une publicité, mais je le pense.", PAID, "OK"),
    Worked("#commanditées par la vie. Mes pointes sont douces.", PAID, "OK"),
    Worked("Vidéo commanditée par Sapinelle. Mes pointes.", PAID, "OK"),
    Worked("Vidéo commanditée par Lumifeu. Mes pointes.", PAID, "MISSING", ("D-PRES-1",)),
    Worked("Partenariat rémunéré avec Sapinelle. Douceur.", PAID, "OK"),
    Worked("En partenariat avec Sapinelle. Douceur.", PAID, "AMBIGUOUS", ("D-WORD-1",)),
    Worked("#publique #publicitaire Mes pointes.", PAID, "MISSING", ("D-PRES-1",)),
    Worked("#collab Mes pointes.", PAID, "AMBIGUOUS", ("D-WORD-1",)),
    Worked("#collab #pub Mes pointes.", PAID, "OK"),
    Worked("#ambassadrice Mes pointes.", PAID, "AMBIGUOUS", ("D-WORD-2",)),
    Worked("#SapinelleAmbassadrice Mes pointes.", PAID, "OK", ("D-WORD-3",)),
    Worked("#sapinelle_partenaire Mes pointes.", PAID, "OK", ("D-WORD-3",)),
    Worked("#partenairedeski Mes pointes.", PAID, "MISSING", ("D-PRES-1",)),
    Worked("#TeamCamille Mes pointes.", PAID, "AMBIGUOUS", ("D-WORD-4",)),
    Worked("#TeamSapinelle Mes pointes.", PAID, "MISSING", ("D-PRES-1",)),
    Worked("Merci @sapinelle! Mes pointes.", GIFT, "AMBIGUOUS", ("D-WORD-6",)),
    Worked("Merci maman! Mes pointes @sapinelle", GIFT, "MISSING", ("D-PRES-2",)),
    Worked("Fière d’avoir collaboré avec la marque Sapinelle.", PAID, "OK", ("D-WORD-5",)),
    Worked("J’ai été payée par Sapinelle pour vous en parler.", PAID, "OK", ("D-WORD-5",)),
    Worked("Pas commandité par Sapinelle, promis.", PAID, "MISSING", ("D-PRES-1",)),
    Worked("Ceci n’est pas une pub pour @sapinelle", PAID, "MISSING", ("D-PRES-2",)),
    Worked("#NotAnAd just my hair", PAID, "MISSING", ("D-PRES-1",), EN),
    Worked("Commanditée. Mes pointes.", PAID, "OK"),
    Worked("Contenu commandité. Mes pointes.", PAID, "OK"),
    Worked("Je suis ambassadrice pour Sapinelle.", PAID, "AMBIGUOUS", ("D-WORD-1",)),
    Worked("Partenariat avec Sapinelle.", PAID, "AMBIGUOUS", ("D-WORD-1",)),
    Worked("Advertising. My hair, at last.", PAID, "OK", (), EN),
    Worked("20 % avec le code CAMILLE20", PAID, "MISSING", ("D-PRES-2",)),
    Worked("#ad My hair, at last.", PAID, "OK", (), EN),
    Worked("My hair, and I saw their ad, at last.", PAID, "MISSING", ("D-PRES-1",), EN),
    Worked("#pub Darts and a pint tonight.", PAID, "MISSING", ("D-PRES-1",), EN),
    Worked("Sapinelle paid me to try this.", PAID, "OK", ("D-WORD-5",), EN),
    Worked("Sponsored by @sapinelle. My hair, at last.", PAID, "OK", (), EN),
)

KINDS = (
    Worked("#produitreçu Mes pointes.", GIFT, "OK", ("D-KIND-2",)),
    Worked("#produitreçu Mes pointes.", OWED, "WRONG_KIND", ("D-KIND-1",)),
    Worked("Gracieuseté de Sapinelle. Mes pointes.", PAID, "WRONG_KIND", ("D-KIND-1",)),
    Worked("Produit offert par Sapinelle. Mes pointes.", GIFT, "OK", ("D-KIND-2",)),
    Worked(
        "Masque reçu gratuitement de Sapinelle en échange de cette publication.",
        EXCHANGE,
        "OK",
        ("D-WORD-5",),
    ),
    Worked(
        "Masque reçu gratuitement de Sapinelle en échange de cette publication.",
        PAID,
        "WRONG_KIND",
        ("D-KIND-1",),
    ),
    Worked("Invité(e)s par l’Auberge du Cap.", NIGHT, "OK", ("D-KIND-3",)),
    Worked("Invité·es par l’Auberge du Cap.", NIGHT, "OK", ("D-KIND-3",)),
    Worked("J’ai reçu gratuitement ce masque de Sapinelle.", GIFT, "OK", ("D-KIND-2",)),
    Worked("Merci à l’Auberge du Cap pour l’invitation!", NIGHT, "OK", ("D-KIND-3",)),
    Worked("Merci à l’Auberge du Cap pour l’invitation!", STAY, "WRONG_KIND", ("D-KIND-4",)),
    Worked("Invitées par l’Auberge du Cap : voyage payé.", STAY, "WRONG_KIND", ("D-KIND-4",)),
    Worked("Invitées par l’Auberge du Cap : vol et hôtel payés.", STAY, "OK", ("D-KIND-3",)),
    Worked("Invitées par l’Auberge du Cap. Deux nuits d’hôtel.", STAY, "WRONG_KIND", ("D-KIND-4",)),
    Worked("Lien affilié : " + URL, AFFILIATE, "OK", ("D-KIND-5",)),
    Worked(f"Ici : {URL} (lien affilié)", AFFILIATE, "MISPLACED", ("D-POS-4",)),
    Worked(f"#pub Ici : {URL}", AFFILIATE, "OK_NOTE", ("D-KIND-5",)),
    Worked(f"#pub Lien affilié : {URL}", AFFILIATE, "OK"),
    Worked(f"#pub #SapinellePartenaire {URL}", AFFILIATE, "OK"),
    Worked(f"#produitreçu {URL}", AFFILIATE, "WRONG_KIND", ("D-KIND-1",)),
    Worked("#produitreçu Mes pointes.", RELATION, "WRONG_KIND", ("D-KIND-1",)),
    Worked("Mes pointes @sapinelle", NONE, "NOT_REQUIRED", ("D-LINK-0",)),
)

LANGUAGES = (
    Worked("#ad Mes pointes sont douces.", PAID, "LANGUAGE", ("D-LANG-1",)),
    Worked("#ad #pub Mes pointes sont douces.", PAID, "OK"),
    Worked("#commandité My hair is soft at last.", PAID, "LANGUAGE", ("D-LANG-1",), EN),
    Worked("#pub 💛💛", PAID, "OK_NOTE", ("D-LANG-3",), UNKNOWN),
    Worked(
        "#pub Mes pointes sont enfin très douces. My hair is soft and I love it.",
        PAID,
        "OK_NOTE",
        ("D-LANG-2",),
        UNKNOWN,
    ),
    Worked(
        "#pub #ad Mes pointes sont enfin très douces. My hair is soft and I love it.",
        PAID,
        "OK",
        (),
        UNKNOWN,
    ),
    Worked("#pub Mes pointes sont enfin très douces.", PAID, "OK", (), UNKNOWN),
)

PLACES = (
    Worked(LONG + "#pub", PAID, "MISPLACED", ("D-POS-1",)),
    Worked(LONG + "#pub", PAID, "OK", (), "CA fr facebook post"),
    Worked(LONG + "#pub", PAID, "OK", (), "CA fr bluesky post"),
    Worked(LONG[:119] + " #pub", PAID, "OK"),
    Worked(LONG[:121] + " #pub", PAID, "MISPLACED", ("D-POS-1",)),
    Worked("Avec @sapinelle ce matin. #pub", PAID, "MISPLACED", ("D-POS-2",)),
    Worked("#cheveux #rimouski #pub", PAID, "MISPLACED", ("D-POS-2",)),
    Worked("#pub #cheveux #rimouski", PAID, "OK"),
    Worked("Avec @sapinelle ce matin. #ad", PAID, "OK", (), "US en instagram post"),
    Worked("Matin doux\n.\n.\n.\n#pub", PAID, "MISPLACED", ("D-POS-3",)),
    Worked("Matin doux\n\n\n\n#pub", PAID, "MISPLACED", ("D-POS-3",)),
    Worked("Matin doux\n.\n.\n#pub", PAID, "OK"),
    Worked(
        "Mes cheveux.\n\nUn paragraphe.\n\nArticle commandité par Sapinelle.",
        PAID,
        "MISPLACED",
        ("D-BLOG-1",),
        "CA fr blog article",
    ),
    Worked(
        "Article commandité par Sapinelle.\n\nMes cheveux.", PAID, "OK", (), "CA fr blog article"
    ),
    Worked(
        "#pub Mes cheveux.",
        PAID,
        "MISPLACED",
        ("D-FEDI-1",),
        "CA fr mastodon post",
        {"content_warning": "cheveux"},
    ),
    Worked(
        "#pub Mes cheveux.",
        PAID,
        "OK",
        (),
        "CA fr mastodon post",
        {"content_warning": "#pub, cheveux"},
    ),
    Worked("Mes cheveux.", PAID, "MISPLACED", ("D-PRES-3",), more={"in_bio_only": True}),
    Worked(None, PAID, "HUMAN", ("D-VID-4",), more={"platform_label": True}),
)

LABELS = (
    Worked("Mes cheveux.", PAID, "OK_NOTE", ("D-LABEL-1",), more={"platform_label": True}),
    Worked(
        "Mes cheveux.", GIFT, "OK_NOTE", ("D-LABEL-1", "D-LABEL-3"), more={"platform_label": True}
    ),
    Worked("#pub Mes cheveux.", PAID, "OK", (), more={"platform_label": True}),
    Worked(
        "My hair.",
        PAID,
        "AMBIGUOUS",
        ("D-LABEL-2",),
        "US en instagram post",
        {"platform_label": True},
    ),
    Worked(
        "My hair.",
        GIFT,
        "WRONG_KIND",
        ("D-KIND-6", "D-WORD-7"),
        "UK en instagram post",
        {"platform_label": True},
    ),
)

SCREENS = (
    Worked("", PAID, "OK", (), STORY, on_screen(Frame("#pub Sapinelle", 4), Frame("#pub", 3))),
    Worked(
        "", PAID, "MISSING", ("D-STORY-2",), STORY, on_screen(Frame("#pub", 4), Frame("wow", 3))
    ),
    Worked("", PAID, "OK", (), STORY, on_screen(Frame("#pub", 4), Frame("mon chat", 3, False))),
    Worked("", OWED, "WRONG_KIND", ("D-KIND-1",), STORY, on_screen(Frame("#produitreçu", 4))),
    Worked("", PAID, "HUMAN", ("D-VID-4",), STORY),
    Worked(
        "",
        PAID,
        "MISPLACED",
        ("D-STORY-1",),
        STORY,
        video((Frame("", 9, False),), (Spoken(1, "Vidéo commanditée par Sapinelle."),)),
    ),
    Worked(
        "",
        PAID,
        "OK_NOTE",
        ("D-STORY-3",),
        "US en instagram story",
        on_screen(Frame("#ad Sapinelle", 1.5)),
    ),
    Worked("#pub test", PAID, "HUMAN", ("D-VID-4",), REEL),
    Worked(
        "test",
        PAID,
        "OK",
        (),
        REEL,
        video((Frame("#pub", 5),), (Spoken(2, "Vidéo commanditée par Sapinelle."),)),
    ),
    Worked(
        "test",
        PAID,
        "OK_NOTE",
        ("D-VID-3",),
        REEL,
        video((Frame("#pub", 5),), (Spoken(2, "Allo."),)),
    ),
    Worked("test", PAID, "OK_NOTE", ("D-VID-3",), REEL, video((Frame("#pub", 5),), None)),
    Worked("#pub test", PAID, "HUMAN", ("D-VID-4",), REEL, video((Frame("test", 5),), None)),
    Worked("#pub test", PAID, "MISPLACED", ("D-VID-1",), REEL, video((Frame("test", 5),), ())),
    Worked("test", PAID, "MISSING", ("D-PRES-1",), REEL, video((), ())),
    Worked(
        "#pub test",
        PAID,
        "MISPLACED",
        ("D-VID-2",),
        REEL,
        video((Frame("", 31),), (Spoken(31, "Vidéo commanditée par Sapinelle."),)),
    ),
    Worked(
        "test",
        PAID,
        "OK_NOTE",
        ("D-VID-3",),
        REEL,
        video((Frame("", 31),), (Spoken(30, "Vidéo commanditée par Sapinelle."),)),
    ),
    Worked(
        "#ad live",
        PAID,
        "OK_NOTE",
        ("D-LIVE-1",),
        "US en instagram live",
        video(
            (Frame("#ad", 20), Frame("", 900)), (Spoken(4, "This live is an ad for Sapinelle."),)
        ),
    ),
    Worked(
        "Publicité",
        PAID,
        "MISPLACED",
        ("D-VID-5",),
        "FR fr instagram reel",
        video((Frame("Publicité", 5), Frame("douceur", 5)), ()),
    ),
    Worked(
        "test",
        PAID,
        "OK",
        (),
        "FR fr instagram reel",
        video((Frame("Publicité", 5), Frame("Publicité Sapinelle", 5)), ()),
    ),
    Worked(
        "wow",
        PAID,
        "MISPLACED",
        ("D-POS-3",),
        "NZ en tiktok video",
        video((Frame("wow", 5),), (Spoken(1, "This video is an ad for Sapinelle."),)),
    ),
)

ELSEWHERE = (
    Worked("Ad: my hair, at last.", PAID, "OK", (), "UK en instagram post"),
    Worked("#ad my hair, at last.", GIFT, "OK", (), "NZ en instagram post"),
    Worked("Sponsored by Sapinelle. My hair.", PAID, "AMBIGUOUS", ("D-WORD-7",), "UK en x post"),
    Worked("#gifted my hair", GIFT, "WRONG_KIND", ("D-KIND-6",), "UK en instagram post"),
    Worked("#gifted my hair", GIFT, "AMBIGUOUS", ("D-WORD-7",), "NZ en instagram post"),
    Worked("Made possible by Sapinelle", PAID, "AMBIGUOUS", ("D-WORD-7",), "UK en x post"),
    Worked("My hair\nis soft\n#ad", PAID, "MISPLACED", ("D-POS-1",), "NZ en instagram post"),
    Worked("#pub mes pointes", PAID, "AMBIGUOUS", ("D-WORD-8",), "FR fr instagram post"),
    Worked("Collaboration commerciale. Mes pointes", PAID, "OK", (), "FR fr instagram post"),
    Worked(
        "Publicité. Mes pointes",
        PAID,
        "MISPLACED",
        ("D-VID-5",),
        "FR fr instagram post",
        on_screen(Frame("")),
    ),
    Worked("Anzeige: meine Haare.", PAID, "OK", (), "DE de instagram post"),
    Worked("#ad meine Haare.", PAID, "AMBIGUOUS", ("D-WORD-9",), "DE de instagram post"),
    Worked("#partner my hair", PAID, "AMBIGUOUS", ("D-WORD-1",), "US en instagram post"),
    Worked("Thanks @sapinelle, my hair", GIFT, "AMBIGUOUS", ("D-WORD-6",), "US en x post"),
    Worked("Thanks to Sapinelle for the free mask!", GIFT, "OK", ("D-WORD-5",), "US en x post"),
    Worked("#gifted my hair", PAID, "AMBIGUOUS", ("D-WORD-1",), "US en instagram post"),
    Worked(None, GIFT, "MISSING", ("D-PRES-2",), "US en instagram like"),
    Worked(None, GIFT, "HUMAN", ("D-VID-4",), "CA en instagram like"),
)

ALL = (*WORDS, *KINDS, *LANGUAGES, *PLACES, *LABELS, *SCREENS, *ELSEWHERE)
