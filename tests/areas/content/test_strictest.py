"""The strictest country of a brief's audience decides; the brief's own words; files of a story."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from proche.areas.campaigns.models import Exchange
from proche.areas.content.actions import corrected_text, pre_check, read_everywhere
from proche.areas.content.frames import PREFIX, said_in, small_picture
from proche.areas.content.models import Check
from proche.areas.content.reading import spoken_in
from proche.areas.content.rules import AskedWords, asked_words, link_of, words_to_say
from proche.common.errors import Refusal
from proche.core import disclosure
from tests.cast import Cast
from tests.factories.campaigns import a_brief, received, who_agreed
from tests.factories.content import a_draft, a_post, good_caption


def owed(cast: Cast, **facts: object) -> Exchange:
    return received(who_agreed(cast.programme), exchange="agreed", obligation=True, **facts)


def test_canada_alone_decides_where_the_brief_names_no_country(cast: Cast) -> None:
    exchange = owed(cast)
    assert list(read_everywhere(exchange, a_draft(good_caption(exchange)))) == ["CA"]


def test_the_strictest_country_gives_the_verdict_and_is_kept_with_it(cast: Cast) -> None:
    exchange = owed(cast, countries=["FR", "DE"])
    brand = exchange.offer.campaign.brief.brand.name
    caption = f"Commandité par {brand}. Mes pointes sont douces."
    everywhere = read_everywhere(exchange, a_draft(caption))
    assert {place: check.is_ok for place, check in everywhere.items()} == {
        "CA": True,
        "FR": False,
        "DE": False,
    }
    assert pre_check(exchange, a_draft(caption)).findings[0].rule in {"D-WORD-8", "D-WORD-9"}
    a_post(exchange, caption=caption)
    kept = Check.objects.get()
    assert (kept.verdict, kept.jurisdiction in {"FR", "DE"}) == ("AMBIGUOUS", True)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", ["gift", "exchange", "paid", "invitation", "affiliate"])
@pytest.mark.parametrize(
    "places", [("CA",), ("CA", "FR"), ("CA", "UK"), ("CA", "DE"), disclosure.JURISDICTIONS]
)
def test_the_words_to_say_are_accepted_by_every_country_concerned(
    language: str, kind: str, places: tuple[str, ...]
) -> None:
    link = disclosure.Link(kind, "Sapinelle", ("sapinelle",), obligation=kind == "exchange")
    words = words_to_say(link, language, places)
    post = disclosure.Post("bluesky", "post", f"{words}\n\nMes pointes.", language)
    found = disclosure.strictest(post, link, places)
    assert {place: check.verdict for place, check in found.items() if not check.is_ok} == {}


def test_the_corrected_text_is_accepted_everywhere(cast: Cast) -> None:
    exchange = owed(cast, countries=["UK"])
    post = a_post(exchange, caption="Mes pointes.")
    assert pre_check(exchange, a_draft(corrected_text(post))).is_ok


def test_a_brief_s_words_are_asked_of_the_caption_and_blamed_on_nobody_who_discloses(
    cast: Cast,
) -> None:
    exchange = owed(cast, required_words=["#DouceurSapinelle"])
    assert link_of(exchange).required_words == ("#DouceurSapinelle",)
    caption = good_caption(exchange)
    missing = pre_check(exchange, a_draft(caption))
    assert {"D-BRIEF-1", "D-BRIEF-2"} & {one.rule for one in missing.findings} == {"D-BRIEF-1"}
    there = pre_check(exchange, a_draft(f"{caption} #DouceurSapinelle"))
    assert {"D-BRIEF-1", "D-BRIEF-2"}.isdisjoint(one.rule for one in there.findings)


def test_a_brief_is_told_what_its_words_are_worth(cast: Cast) -> None:
    def told(**facts: Any) -> AskedWords:
        return asked_words(a_brief(cast.programme, languages=["fr"], **facts))

    assert told() == AskedWords((), (), ())
    assert told(required_words=["#pub"]) == AskedWords((), (), ())
    abroad = told(required_words=["#pub"], countries=["FR"])
    assert (abroad.places, abroad.unclear) == (("FR",), ("#pub",))
    campaign = told(required_words=["#MonÉté"])
    assert (campaign.places, campaign.unclear) == (("CA",), ())
    assert [line.startswith("Publicité.") for line in campaign.to_say] == [True]
    mixed = told(required_words=["#MonÉté", "#collab"])
    assert (mixed.places, mixed.unclear) == (("CA",), ("#collab",))


def test_words_said_keep_their_time() -> None:
    said = "Bonjour\n0:31 Merci Sapinelle.\n1:00:02 Fin.\n"
    assert [(one.at, one.text) for one in spoken_in(said)] == [
        (0.0, "Bonjour"),
        (31.0, "Merci Sapinelle."),
        (3602.0, "Fin."),
    ]


def test_a_disclosure_said_after_thirty_seconds_is_late(cast: Cast) -> None:
    exchange = owed(cast)
    said = f"Publicité pour {exchange.offer.campaign.brief.brand.name}."
    rules = {
        time: {
            one.rule
            for one in pre_check(
                exchange, a_draft("", format="reel", said=f"{time} {said}")
            ).findings
        }
        for time in ("0:29", "0:31")
    }
    assert ("D-VID-2" in rules["0:29"], "D-VID-2" in rules["0:31"]) == (False, True)


def test_each_image_of_a_story_is_judged_by_its_own_line(cast: Cast) -> None:
    exchange = owed(cast)
    draft = a_draft("", format="story", on_screen=f"{good_caption(exchange).splitlines()[0]}\n–")
    found = [one for one in pre_check(exchange, draft).findings if one.rule == "D-STORY-2"]
    assert [one.where for one in found] == ["frame 1"]


def test_a_subtitle_file_becomes_lines_with_their_time() -> None:
    data = (
        "1\r\n00:00:02,500 --> 00:00:04,000\r\nVidéo commanditée.\r\n\r\n2\n00:01:05,0 --> x\nFin"
    )
    assert said_in(data.encode("utf-8-sig"), "voix.srt") == "0:02 Vidéo commanditée.\n1:05 Fin"


@pytest.mark.parametrize("data", [b"", b"bonjour", "été".encode("utf-16"), b"x" * 600_000])
def test_a_file_without_subtitles_is_refused_by_its_name(data: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        said_in(data, "voix.srt")
    assert "voix.srt" in str(refused.value.sentence)


def test_an_image_comes_back_small_and_anything_else_is_refused_by_its_name() -> None:
    out = BytesIO()
    Image.new("RGB", (1080, 1920), "teal").save(out, "PNG")
    assert small_picture(out.getvalue(), "1.png").startswith(PREFIX)
    assert len(small_picture(out.getvalue(), "1.png")) < 10_000
    for data in (b"GIF89a", b"%PDF-1.7", out.getvalue()[:20]):
        with pytest.raises(Refusal) as refused:
            small_picture(data, "2.png")
        assert "2.png" in str(refused.value.sentence)
