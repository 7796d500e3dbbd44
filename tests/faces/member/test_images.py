"""Images of a post sent by the member: nothing sent is lost, nothing of a neighbour is seen."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from proche.areas.campaigns.models import Exchange
from proche.areas.content.models import Post
from proche.areas.content.proofs import ProofImage
from tests.faces.member.conftest import Member
from tests.factories.campaigns import received
from tests.factories.content import URL, good_caption


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def exchange(member: Member) -> Exchange:
    return received(member.person, exchange="gift", obligation=False)


def png(colour: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    picture = Image.new("RGB", (30, 40), colour)
    exif = Image.Exif()
    exif[0x010E] = "12, rue de la Gare"
    picture.save(out, "PNG", exif=exif)
    return SimpleUploadedFile(f"{colour}.png", out.getvalue(), "image/png")


def url_of(exchange: Exchange, page: str) -> str:
    return f"/moi/echanges/{exchange.offer.key}/{page}/"


def sent(exchange: Exchange, **more: Any) -> dict[str, Any]:
    fields = {"place": "instagram/post", "language": "fr", "url": URL}
    return {**fields, "caption": good_caption(exchange), **more}


def test_images_stay_when_the_address_is_wrong_and_go_with_the_post(
    member: Member, exchange: Exchange
) -> None:
    there = url_of(exchange, "publier")
    wrong = sent(exchange, url="https://ailleurs.example/p/1", images=[png("red"), png("blue")])
    page = member.browser.post(there, wrong).content.decode()
    assert "2\N{NO-BREAK SPACE}images sont gardées" in page
    assert "ailleurs.example/p/1" in page
    assert Post.objects.count() == 0
    answer = member.browser.post(there, sent(exchange))
    assert answer.status_code == 302
    kept = Post.objects.get().proofs.get().images.all()
    assert [image.what for image in kept] == ["screenshot", "screenshot"]
    # What the camera noted is not in what is kept.
    assert b"rue de la Gare" not in kept[0].stored.open("rb").read()


def test_one_that_cannot_be_read_is_named_and_the_others_stay(
    member: Member, exchange: Exchange
) -> None:
    pdf = SimpleUploadedFile("facture.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")
    form = sent(exchange, images=[png("red"), pdf])
    page = member.browser.post(url_of(exchange, "publier"), form).content.decode()
    assert "facture.pdf" in page
    assert "1\N{NO-BREAK SPACE}image est gardée" in page
    assert Post.objects.count() == 0


def test_an_image_is_taken_away_and_what_was_typed_stays(
    member: Member, exchange: Exchange
) -> None:
    there = url_of(exchange, "publier")
    member.browser.post(there, sent(exchange, url="", images=[png("red")]))
    image = ProofImage.objects.get()
    page = member.browser.post(there, sent(exchange, url="https://ici", remove=image.key))
    assert ProofImage.objects.count() == 0
    assert "https://ici" in page.content.decode()
    assert "Mes pointes sont enfin douces." in page.content.decode()


def test_a_story_is_sent_as_its_images(member: Member, exchange: Exchange) -> None:
    told = {"place": "instagram/story", "caption": "", "on_screen": "Publicité"}
    form = sent(exchange, **told, images=[png("red")])
    member.browser.post(url_of(exchange, "publier"), form)
    [image] = Post.objects.get().proofs.get().images.all()
    assert image.what == "frame"


def test_the_member_sees_what_is_kept_and_the_neighbour_does_not(
    member: Member, exchange: Exchange
) -> None:
    member.browser.post(url_of(exchange, "publier"), sent(exchange, images=[png("red")]))
    image = ProofImage.objects.get()
    mine = f"/moi/echanges/{exchange.offer.key}/images/{image.key}/"
    page = member.browser.get(f"/moi/echanges/{exchange.offer.key}/").content.decode()
    assert "Ce qui est gardé comme preuve" in page
    assert mine in page
    assert member.browser.get(mine).headers["Content-Type"] == "image/png"
    assert member.neighbour.get(mine).status_code == 404
