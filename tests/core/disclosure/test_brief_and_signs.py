"""What the brief adds, what makes a person ask, and the subtitle files members hand in."""

import pytest
from msgspec.structs import replace

from proche.core.disclosure import (
    Link,
    Post,
    check,
    read_transcript,
    signs_of_commerce,
    words_taken_for_it,
)
from proche.core.disclosure.normalise import squash
from proche.core.results import InputRefused

ASKED = Link("paid", "Sapinelle", ("sapinelle",), required_words=("#DouceurSapinelle",))


def _rules(caption: str, link: Link) -> dict[str, str]:
    result = check(Post("instagram", "post", caption, "fr"), link)
    return {finding.rule: finding.fr.title for finding in result.findings}


def test_a_word_the_brief_asks_for_is_told_when_it_is_missing() -> None:
    told = _rules("#pub Mes pointes.", ASKED)
    assert told["D-BRIEF-1"] == "Le mandat demande aussi «\u00a0#DouceurSapinelle\u00a0»."
    assert "D-BRIEF-1" not in _rules("#pub Mes pointes. #douceur_sapinelle", ASKED)


@pytest.mark.parametrize("word", ["#collab", "#merci", "#partenaire", "#sp", "Merci @sapinelle"])
def test_a_word_of_the_brief_that_looks_like_a_disclosure_is_told_where_it_is_all_there_is(
    word: str,
) -> None:
    vague = replace(ASKED, required_words=(word,))
    assert words_taken_for_it(vague, "CA", "fr") == (word,)
    told = _rules(f"Mes pointes. {word}", vague)
    assert told["D-BRIEF-2"] == (
        f"Les mots du mandat ne suffisent pas\u00a0: «\u00a0{word}\u00a0»."
    )
    # Who disclosed properly did nothing wrong by adding what the brief asks for.
    assert _rules(f"#pub Mes pointes. {word}", vague) == {}


def test_the_name_of_a_campaign_is_blamed_on_nobody_who_discloses() -> None:
    assert words_taken_for_it(ASKED, "CA", "fr") == ()
    assert _rules("#pub Mes pointes. #DouceurSapinelle", ASKED) == {}
    # Badly placed or too weak, but something: it has its own advice.
    buried = _rules("#cheveux #DouceurSapinelle #pub Mes pointes.", ASKED)
    assert set(buried) == {"D-POS-2"}
    alone = _rules("Mes pointes. #DouceurSapinelle", ASKED)
    assert set(alone) == {"D-PRES-1", "D-BRIEF-2"}
    assert alone["D-BRIEF-2"] == (
        "Les mots du mandat ne disent pas le lien\u00a0: «\u00a0#DouceurSapinelle\u00a0»."
    )
    # Words the post does not hold are asked for, and not called too weak.
    assert set(_rules("Mes pointes.", ASKED)) == {"D-PRES-1", "D-BRIEF-1"}


def test_of_several_words_only_those_that_look_like_a_disclosure_are_told() -> None:
    mixed = replace(ASKED, required_words=("#DouceurSapinelle", "#collab", "#cheveux"))
    told = _rules("Mes pointes. #DouceurSapinelle #collab #cheveux", mixed)
    assert told["D-BRIEF-2"].endswith("\u00a0: «\u00a0#collab\u00a0».")


def test_a_word_too_weak_for_the_link_is_told_though_it_is_one_of_the_lexicon() -> None:
    gift_only = replace(ASKED, required_words=("#produitreçu",))
    assert set(_rules("#produitreçu Mes pointes.", gift_only)) == {"D-KIND-1", "D-BRIEF-2"}
    assert _rules("#pub Mes pointes. #produitreçu", gift_only) == {}


def test_a_disclosure_inside_another_word_of_the_brief_is_not_the_brief_s() -> None:
    republic = replace(ASKED, required_words=("#RépubliqueDesCheveux",))
    assert "pub" in squash(republic.required_words[0])
    assert _rules("#pub Mes pointes. #RépubliqueDesCheveux", republic) == {}


def test_the_platform_s_label_is_more_than_the_words_of_the_brief() -> None:
    caption = "Mes pointes. #DouceurSapinelle"
    post = Post("instagram", "post", caption, "fr", platform_label=True)
    assert [found.rule for found in check(post, ASKED).findings] == ["D-LABEL-1"]


def test_a_brief_that_asks_for_a_clear_word_makes_no_conflict() -> None:
    clear = Link("paid", "Sapinelle", ("sapinelle",), required_words=("#pub",))
    assert _rules("#pub Mes pointes.", clear) == {}


@pytest.mark.parametrize(
    ("caption", "label", "codes"),
    [
        ("Mes pointes avec Sapinelle.", False, []),
        ("20 $ chez Lumifeu, courez!", False, []),
        ("Sapinelle, code CAMILLE20", False, ["sign_code"]),
        ("Le masque Sapinelle est à 24,99 $, commandez!", False, ["sign_price"]),
        ("Le meilleur masque @sapinelle", False, ["sign_praise"]),
        ("Le meilleur masque, merci maman", False, []),
        ("Petite #collab avec Sapinelle", False, ["sign_wording"]),
        ("Mes pointes.", True, ["sign_label"]),
    ],
)
def test_a_sign_only_says_what_was_seen(caption: str, label: bool, codes: list[str]) -> None:
    post = Post("instagram", "post", caption, "fr", platform_label=label)
    signs = signs_of_commerce(post, "Sapinelle", ("sapinelle",))
    assert [sign.sentence.code for sign in signs] == codes


def test_a_sign_quotes_the_words_and_points_at_them() -> None:
    caption = "💛 Le masque Sapinelle est à 24,99 $. Commandez!"
    (sign,) = signs_of_commerce(Post("x", "post", caption), "Sapinelle", ())
    assert [caption[start:end] for start, end in sign.spans] == ["24,99 $", "Commandez"]
    assert sign.sentence.fr == (
        "Un prix et une invitation à acheter se suivent\u00a0: "
        "«\u00a024,99 $\u00a0» et «\u00a0Commandez\u00a0»."
    )


SRT = "1\r\n00:00:02,500 --> 00:00:04,000\r\nVidéo <i>commanditée</i>\r\npar Sapinelle.\r\n\r\n"
VTT = """\ufeffWEBVTT

NOTE un essai

00:31.000 --> 00:33.000 align:start
<v Camille>Merci Sapinelle.

1:00:02.000 --> 1:00:04.000
Fin.
"""


def test_subtitles_of_both_kinds_become_a_transcript() -> None:
    assert [(line.at, line.text) for line in read_transcript(SRT)] == [
        (2.5, "Vidéo commanditée par Sapinelle.")
    ]
    assert [(line.at, line.text) for line in read_transcript(VTT)] == [
        (31.0, "Merci Sapinelle."),
        (3602.0, "Fin."),
    ]


@pytest.mark.parametrize("text", ["", "WEBVTT\n", "Bonjour tout le monde", "\x00\xff" * 500])
def test_a_file_without_subtitles_is_refused_in_both_languages(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_transcript(text)
    assert ".srt" in refused.value.sentence.fr
