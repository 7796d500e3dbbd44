"""Checking a caption and handing a post in, with and without scripts."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from proche.areas.brands.models import Brief
from proche.areas.campaigns.models import Exchange
from proche.areas.content.actions import ask_correction, corrected_text
from proche.areas.content.models import Check, Post
from proche.core.disclosure import to_fix
from tests.faces.member.conftest import Member
from tests.factories.campaigns import received
from tests.factories.content import BAD, URL, a_post, good_caption
from tests.factories.people import AccountFactory

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def exchange(member: Member) -> Exchange:
    return received(member.person, exchange="gift", obligation=False)


def sent(caption: str, **more: str) -> dict[str, str]:
    return {"place": "instagram/post", "language": "fr", "caption": caption, **more}


def url_of(exchange: Exchange, page: str) -> str:
    return f"/moi/echanges/{exchange.offer.key}/{page}/"


def test_the_page_starts_where_the_member_usually_posts(member: Member, exchange: Exchange) -> None:
    answer = member.browser.get(url_of(exchange, "verifier"))
    assert answer.context["form"].initial == {"place": "instagram/post", "language": "fr"}


def test_an_account_nobody_counted_is_not_where_the_member_usually_posts(
    member: Member, exchange: Exchange
) -> None:
    AccountFactory.create(person=member.person, platform="tiktok", followers=None)
    answer = member.browser.get(url_of(exchange, "verifier"))
    assert answer.context["form"].initial["place"] == "instagram/post"


def test_a_bad_caption_is_told_what_is_wrong_and_what_to_paste(
    member: Member, exchange: Exchange
) -> None:
    answer = member.browser.post(url_of(exchange, "verifier"), sent(BAD + " " + "x" * 130))
    page = answer.content.decode()
    brand = exchange.offer.campaign.brief.brand.name
    for said in (
        "à corriger",
        f"Publicité. Produit offert par {brand}. #pub",
        "125 caractères, puis «\N{NO-BREAK SPACE}plus\N{NO-BREAK SPACE}»",
        "L’ajouter au début de ma légende",
        "L’image reste à vérifier.",
        "Pourquoi il faut le dire\N{NO-BREAK SPACE}: Un produit reçu est un lien à dire",
    ):
        assert said in page
    assert '<span class="flagged">' in page
    assert (Post.objects.count(), Check.objects.count()) == (0, 0)


def test_a_post_to_show_again_comes_filled_in_and_only_ones_own(
    member: Member, exchange: Exchange
) -> None:
    """As the letter that asks for a screenshot leads to it; handed in again it is the same post."""
    post = a_post(exchange)
    url = url_of(exchange, "publier")
    page = member.browser.get(f"{url}?publication={post.pk}").content.decode()
    assert f'value="{URL}"' in page
    assert post.caption.partition("\n")[0] in page
    for other in ("0", "9" * 30, "²", "x", ""):
        assert URL not in member.browser.get(f"{url}?publication={other}").content.decode()
    again = sent(post.caption, url=URL)
    member.browser.post(url, again)
    assert [one.pk for one in exchange.posts.all()] == [post.pk]


def test_the_words_are_added_by_a_plain_form_and_the_caption_is_then_right(
    member: Member, exchange: Exchange
) -> None:
    brand = exchange.offer.campaign.brief.brand.name
    words = f"Publicité. Produit offert par {brand}. #pub"
    answer = member.browser.post(url_of(exchange, "verifier"), sent(BAD, add="1", words=words))
    page = answer.content.decode()
    assert f"{words}\n\n{BAD}" in page.replace("\r", "")
    assert "est dit, là où on le voit." in page
    assert "La remettre" in page or "la remettre" in page


def test_typing_gets_the_reading_alone_and_the_main_button_follows(
    member: Member, exchange: Exchange
) -> None:
    answer = member.browser.post(url_of(exchange, "verifier"), sent(BAD), **HTMX)  # type: ignore[arg-type]
    part = answer.content.decode()
    assert "<html" not in part
    assert 'id="main-button"' in part
    assert "L’ajouter au début de ma légende" in part
    empty = member.browser.post(url_of(exchange, "verifier"), sent(""), **HTMX)  # type: ignore[arg-type]
    assert "flagged" not in empty.content.decode()


def test_what_was_typed_is_shown_as_text(member: Member, exchange: Exchange) -> None:
    nasty = "<script>alert(1)</script>"
    page = member.browser.post(url_of(exchange, "verifier"), sent(nasty)).content.decode()
    assert nasty not in page
    assert "&lt;script&gt;" in page


def test_the_caption_comes_along_to_the_hand_in(member: Member, exchange: Exchange) -> None:
    caption = good_caption(exchange)
    answer = member.browser.post(url_of(exchange, "publier"), sent(caption, carry="1"))
    assert answer.context["form"].initial["caption"] == caption
    assert not answer.context["form"].is_bound
    assert Post.objects.count() == 0


def test_a_post_is_handed_in_and_its_reading_is_shown(member: Member, exchange: Exchange) -> None:
    answer = member.browser.post(url_of(exchange, "publier"), sent(BAD, url=URL), follow=True)
    page = answer.content.decode()
    assert Post.objects.get().url == URL
    assert "Une personne de l’équipe va la regarder" in page
    assert "L’image reste à vérifier." in page
    assert "collab" in page


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://www.tiktok.com/@camille/video/1", "instagram/post"),
        ("https://instagram.com.evil.example/p/1", "instagram/post"),
        ("javascript:alert(1)", "instagram/post"),
        ("", "instagram/post"),
    ],
)
def test_an_address_that_is_not_of_the_platform_is_refused_beside_the_field(
    member: Member, exchange: Exchange, url: str, place: str
) -> None:
    data = {**sent("Légende"), "place": place, "url": url}
    answer = member.browser.post(url_of(exchange, "publier"), data)
    assert answer.context["form"].errors.keys() == {"url"}
    assert "Légende" in answer.content.decode()
    assert Post.objects.count() == 0


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://www.instagram.com/p/1/", "instagram/story"),
        ("https://vm.tiktok.com/abc/", "tiktok/video"),
        ("https://mastodon.quebec/@camille/1", "mastodon/post"),
        ("https://camille.example/masque", "blog/article"),
    ],
)
def test_an_address_of_the_platform_is_taken(
    member: Member, exchange: Exchange, url: str, place: str
) -> None:
    data = {**sent("Légende"), "place": place, "url": url}
    assert member.browser.post(url_of(exchange, "publier"), data).status_code == 302
    assert Post.objects.get().platform == place.split("/")[0]


def test_a_format_the_platform_does_not_have_is_refused(member: Member, exchange: Exchange) -> None:
    data = {**sent("Légende"), "place": "mastodon/reel", "url": "https://m.example/1"}
    answer = member.browser.post(url_of(exchange, "publier"), data)
    assert answer.context["form"].errors.keys() == {"place"}


def test_a_correction_is_handed_in_at_the_same_address(member: Member) -> None:
    exchange = received(member.person, exchange="agreed", obligation=True)
    post = a_post(exchange, caption=BAD)
    text = corrected_text(post)
    ask_correction(post, text=text, by=None)
    page = member.browser.get(f"/moi/echanges/{exchange.offer.key}/").content.decode()
    assert "Une chose à changer." in page
    answer = member.browser.get(url_of(exchange, "publier"))
    assert answer.context["form"].initial["url"] == URL
    member.browser.post(url_of(exchange, "publier"), sent(text, url=URL))
    assert Post.objects.get().state == Post.State.SUBMITTED


@pytest.mark.parametrize("place", ["instagram/reel", "instagram/story", "tiktok/video"])
def test_what_a_caption_cannot_show_is_never_called_fine(
    member: Member, exchange: Exchange, place: str
) -> None:
    data = {**sent(good_caption(exchange)), "place": place}
    page = member.browser.post(url_of(exchange, "verifier"), data).content.decode()
    assert "est dit, là où on le voit." not in page
    assert "Ce que nous n’avons pas vu" in page


def test_a_story_needs_no_caption_when_its_words_are_told(
    member: Member, exchange: Exchange
) -> None:
    brand = exchange.offer.campaign.brief.brand.name
    words = f"Publicité. Produit offert par {brand}."
    data = {**sent("", on_screen=words, url=URL), "place": "instagram/story"}
    nothing = member.browser.post(url_of(exchange, "publier"), {**data, "on_screen": ""})
    assert nothing.context["form"].errors.keys() == {"caption"}
    assert member.browser.post(url_of(exchange, "publier"), data).status_code == 302
    assert (Post.objects.get().on_screen, Check.objects.get().verdict) == (words, "OK")


def test_words_missing_on_screen_are_given_to_write_and_not_added_to_the_caption(
    member: Member, exchange: Exchange
) -> None:
    data = {**sent("", on_screen="Bonjour"), "place": "instagram/story"}
    page = member.browser.post(url_of(exchange, "verifier"), data).content.decode()
    assert "À écrire à l’écran, ou à dire au début" in page
    assert "L’ajouter au début de ma légende" not in page


def png(colour: str = "teal") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (540, 960), colour).save(out, "PNG")
    return SimpleUploadedFile("image.png", out.getvalue(), "image/png")


def story(**more: object) -> dict[str, object]:
    return {"place": "instagram/story", "language": "fr", "caption": "", **more}


def test_images_come_back_each_beside_its_text_and_nothing_is_kept(
    member: Member, exchange: Exchange
) -> None:
    address = url_of(exchange, "verifier")
    answer = member.browser.post(address, story(images=[png(), png("navy")]))
    frames = answer.context["frames"]
    page = answer.content.decode()
    assert [frame.text for frame in frames] == ["", ""]
    assert page.count('<img src="data:image/jpeg;base64,') == 2
    assert "Écrit sur l’image 2" in page
    said = f"Publicité. Produit offert par {exchange.offer.campaign.brief.brand.name}."
    again = story(frame_text=[said, ""], frame_picture=[one.picture for one in frames])
    read = member.browser.post(address, again).context["read"]
    assert [(one.rule, one.where) for one in to_fix(read)] == [("D-STORY-2", "frame 1")]
    elsewhere = member.browser.post(address, again | {"frame_elsewhere": ["1"]}).context["read"]
    assert elsewhere.verdict == "OK"
    handed = member.browser.post(url_of(exchange, "publier"), again | {"carry": "1"})
    assert handed.context["form"].initial["on_screen"] == f"{said}\n–"
    assert Post.objects.count() == 0


def test_a_picture_that_is_not_ours_is_not_written_into_the_page(
    member: Member, exchange: Exchange
) -> None:
    bad = 'data:text/html,<script>"'
    sent_back = story(frame_text=["x"], frame_picture=[bad])
    page = member.browser.post(url_of(exchange, "verifier"), sent_back).content.decode()
    assert "data:text/html" not in page


def test_subtitles_fill_what_is_said_with_its_time(member: Member, exchange: Exchange) -> None:
    brand = exchange.offer.campaign.brief.brand.name
    cue = f"1\n00:00:31,000 --> 00:00:35,000\nPublicité pour {brand}.\n"
    file = SimpleUploadedFile("voix.srt", cue.encode())
    sent_file = {"place": "tiktok/video", "language": "fr", "caption": "#pub", "subtitles": file}
    answer = member.browser.post(url_of(exchange, "verifier"), sent_file)
    assert f"0:31 Publicité pour {brand}." in answer.content.decode()
    assert "D-VID-2" in {one.rule for one in to_fix(answer.context["read"])}


def test_files_that_cannot_be_read_are_named_and_what_was_typed_stays(
    member: Member, exchange: Exchange
) -> None:
    files = {
        "images": [SimpleUploadedFile("a.gif", b"GIF89a")],
        "subtitles": SimpleUploadedFile("b.srt", b"bonjour"),
    }
    answer = member.browser.post(url_of(exchange, "verifier"), sent("Mes pointes") | files)
    page = answer.content.decode()
    assert "a.gif n’est pas une image lisible." in page
    assert "Aucun sous-titre dans b.srt." in page
    assert "Mes pointes" in page


def test_the_strictest_country_is_named_and_its_words_are_proposed(
    member: Member, exchange: Exchange
) -> None:
    Brief.objects.update(countries=["UK"])
    brand = exchange.offer.campaign.brief.brand.name
    answer = member.browser.post(
        url_of(exchange, "verifier"), sent(f"Publicité. Produit offert par {brand}. #pub")
    )
    page = answer.content.decode()
    assert "Les règles les plus strictes décident" in page
    assert "Royaume-Uni" in page
    words = answer.context["words_to_add"]
    fixed = member.browser.post(url_of(exchange, "verifier"), sent(f"{words}\n\nMes pointes."))
    assert fixed.context["read"].is_ok
