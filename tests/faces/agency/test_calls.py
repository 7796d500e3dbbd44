"""The pages of a call in the workspace: words, logo, sites, counts, poster, links and duties."""

import contextlib
import re
import sys
import zlib
from datetime import timedelta
from importlib.abc import MetaPathFinder
from types import ModuleType
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proche.areas.recruitment import actions
from proche.areas.recruitment.logos import drawn_again
from proche.areas.recruitment.models import Call, HandleDuties, Nomination, PartnerLink
from tests.areas.recruitment.conftest import a_call, let_in
from tests.areas.recruitment.test_logos import picture
from tests.cast import Cast, signed_in
from tests.checks import machine

ROOM = "/bureau/appels/"


def words(**changed: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "partner_name": "Bordée",
        "slug": "gens",
        "title_fr": "Qui?",
        "title_en": "Who?",
        "text_fr": "Une voisine.",
        "text_en": "A neighbour.",
        "criteria_fr": "Jeunes.",
        "criteria_en": "Young.",
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=9)).isoformat(),
        "most_nominations": "900",
        "frame_origins": "https://Journal.example/",
    } | changed


def logo(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("logo.png", data, "image/png")


def test_a_call_is_opened_with_its_logo_and_its_sites(cast: Cast) -> None:
    answer = signed_in(cast.strategist).post(
        f"{ROOM}nouveau/", words(logo_file=logo(picture((3000, 1000))))
    )
    call = Call.objects.get()
    assert answer.headers["Location"] == f"{ROOM}gens/"
    assert call.frame_origins == ["https://journal.example"]
    assert (call.most_nominations, call.logo_width, call.logo_height) == (900, 640, 213)
    assert call.logo.size > 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"frame_origins": "http://journal.example"}, "n’est pas l’adresse d’un seul site"),
        ({"logo_file": logo(b"<svg/>")}, "Ce n’est pas une image lisible"),
        ({"closes_on": "2020-01-01"}, "La fin vient avant le début"),
        ({"most_nominations": "0"}, "supérieure ou égale à 1"),
    ],
)
def test_what_is_wrong_is_said_by_its_field_and_nothing_is_kept(
    cast: Cast, changed: dict[str, Any], said: str
) -> None:
    page = signed_in(cast.strategist).post(f"{ROOM}nouveau/", words(**changed))
    assert said in page.content.decode()
    assert not Call.objects.exists()


def test_a_change_keeps_the_logo_and_another_logo_replaces_the_file(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    client.post(f"{ROOM}nouveau/", words(logo_file=logo(picture())))
    first = Call.objects.get().logo
    client.post(f"{ROOM}gens/modifier/", words(title_fr="Qui donc?"))
    call = Call.objects.get()
    assert (call.title_fr, call.logo.name) == ("Qui donc?", first.name)
    client.post(f"{ROOM}gens/modifier/", words(logo_file=logo(picture((90, 90)))))
    changed = Call.objects.get()
    assert changed.logo.name != first.name
    assert changed.logo_width == 90


def test_a_call_s_page_shows_counts_and_never_a_name(cast: Cast) -> None:
    call = a_call(cast)
    for _ in range(3):
        actions.propose_nomination(call, let_in(), nominator_name="Aldegonde Zwicky")
    page = signed_in(cast.strategist).get(f"{ROOM}{call.slug}/").content.decode()
    assert "Zwicky" not in page
    assert re.search(r"<dt>Proposée?</dt><dd>3</dd>", page)
    assert "Ajoutez" not in page


def test_the_lines_to_paste_appear_once_a_site_is_named(cast: Cast) -> None:
    client, call = signed_in(cast.strategist), a_call(cast)
    assert "&lt;iframe" not in client.get(f"{ROOM}{call.slug}/").content.decode()
    actions.change_call(call, frame_origins=["https://journal.example"])
    page = client.get(f"{ROOM}{call.slug}/").content.decode()
    assert f"&lt;iframe src=&quot;http://testserver/appels/{call.slug}/integrer/&quot;" in page
    assert "&lt;script src=&quot;http://testserver/static/js/frame-host.js&quot;" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_a_call_s_page_asks_the_same_of_the_database_whatever_the_rows(
    cast: Cast, rows: int
) -> None:
    call = a_call(cast)
    for _ in range(rows):
        actions.propose_nomination(call, let_in())
    client = signed_in(cast.strategist)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{ROOM}{call.slug}/")
    assert len(asked) <= 15, len(asked)


def test_a_stranger_finds_nothing(cast: Cast) -> None:
    call = a_call(cast)
    client = signed_in(cast.stranger)
    pages = ["", "modifier/", "affiche-fr.pdf", "partenaire/", "comptes/"]
    statuses = [client.get(f"{ROOM}{call.slug}/{page}").status_code for page in pages]
    assert statuses == [404] * len(pages)


# The poster


def unpacked(pdf: bytes) -> bytes:
    """The file with its compressed streams beside it, to be read as text. One whose last byte
    happens to be a carriage return loses it here: that is of its checksum, not of what it says."""
    streams = [b""]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):
            streams.append(zlib.decompressobj().decompress(packed))
    return pdf + b"\n".join(streams)


class NoPango(MetaPathFinder):
    def find_spec(self, name: str, path: Any, target: ModuleType | None = None) -> None:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")


@pytest.mark.skipif(not machine.pango(), reason="Pango is not installed")
@pytest.mark.parametrize(("language", "said"), [("fr", b"fr-CA"), ("en", b"en-CA")])
def test_a_poster_is_a_tagged_letter_page_with_its_title_and_language(
    cast: Cast, language: str, said: bytes
) -> None:
    call = a_call(cast)
    actions.change_call(call, logo=drawn_again(picture()))
    answer = signed_in(cast.assistant).get(f"{ROOM}{call.slug}/affiche-{language}.pdf")
    pdf = unpacked(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type ?/Page\b(?!s)", pdf)) == 1
    for wanted in (
        rb"/Marked true",
        rb"/StructTreeRoot",
        rb"/Lang ?\(" + said,
        rb"/MediaBox ?\[0 0 612 792\]",
        rb"/S ?/H1\b",
        rb"/Alt ?[(<]",
    ):
        assert re.search(wanted, pdf), wanted


def test_without_pango_the_page_says_what_is_missing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The import fails as it does on such a machine: the loader finds no shared library."""
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    answer = signed_in(cast.strategist).get(f"{ROOM}{a_call(cast).slug}/affiche-fr.pdf")
    assert answer.status_code == 409
    assert "Un PDF demande la bibliothèque Pango" in answer.content.decode()


# The link of the partner


def test_a_link_is_shown_once_and_renewing_it_closes_the_one_before(cast: Cast) -> None:
    call, client = a_call(cast), signed_in(cast.strategist)
    links = []
    for _ in range(2):
        page = client.post(f"{ROOM}{call.slug}/partenaire/").content.decode()
        found = re.search(r"http://testserver(/partenaire/[\w-]+/)", page)
        assert found
        links.append(found[1])
    assert [Client().get(link).status_code for link in links] == [410, 200]
    detail = client.get(f"{ROOM}{call.slug}/").content.decode()
    assert not any(link in detail for link in links)
    client.post(f"{ROOM}{call.slug}/partenaire/fermer/")
    assert Client().get(links[1]).status_code == 410
    assert not PartnerLink.objects.filter(token_hash__in=links).exists()


def test_an_assistant_makes_no_link(cast: Cast) -> None:
    call = a_call(cast)
    signed_in(cast.assistant).post(f"{ROOM}{call.slug}/partenaire/")
    assert not PartnerLink.objects.exists()


# The duties


DUTIES = {"informs": "on", "only_this": "on", "lawful": "on", "recorded": "on", "kept_days": "10"}


def test_only_an_owner_takes_the_duties_on_and_every_one_of_them(cast: Cast) -> None:
    signed_in(cast.strategist).post(f"{ROOM}comptes/", DUTIES)
    owner = signed_in(cast.owner)
    for missing in DUTIES:
        owner.post(f"{ROOM}comptes/", {k: v for k, v in DUTIES.items() if k != missing})
    assert not HandleDuties.objects.exists()
    owner.post(f"{ROOM}comptes/", DUTIES)
    held = HandleDuties.objects.get()
    assert (held.accepted_by, held.kept_days, held.version) == (cast.owner, 10, 1)
    owner.post(f"{ROOM}comptes/renoncer/")
    assert not HandleDuties.objects.exists()


def test_a_call_offers_to_ask_for_accounts_only_under_the_duties(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    assert "asks_handles" not in client.get(f"{ROOM}nouveau/").content.decode()
    client.post(f"{ROOM}nouveau/", words(asks_handles="on"))
    assert not Call.objects.get().asks_handles
    actions.accept_duties(cast.programme, by=cast.owner, kept_days=10)
    client.post(f"{ROOM}gens/modifier/", words(asks_handles="on"))
    assert Call.objects.get().asks_handles


def test_accounts_to_invite_are_listed_for_those_who_decide(cast: Cast) -> None:
    actions.accept_duties(cast.programme, by=cast.owner, kept_days=10)
    call = a_call(cast, asks_handles=True)
    account = actions.NamedAccount("instagram", "camille.coupe")
    for _ in range(2):
        actions.nominate_account(call, let_in(), account)
    row = Nomination.objects.get()
    address = f"{ROOM}{call.slug}/comptes/"
    assert "camille.coupe" not in signed_in(cast.assistant).get(address).content.decode()
    client = signed_in(cast.strategist)
    page = client.get(address).content.decode()
    assert "camille.coupe" in page
    assert f"/v/{row.key}/" in page
    assert "2 personnes" in page
    client.post(f"{address}{row.key}/invite/")
    row.refresh_from_db()
    assert row.state == "invited"
