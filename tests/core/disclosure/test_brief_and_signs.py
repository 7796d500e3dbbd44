"""What the brief adds, what makes a person ask, and the subtitle files members hand in."""

import pytest

from proche.core.disclosure import Link, Post, check, read_transcript, signs_of_commerce
from proche.core.results import InputRefused

ASKED = Link("paid", "Sapinelle", ("sapinelle",), required_words=("#DouceurSapinelle",))
VAGUE = Link("paid", "Sapinelle", ("sapinelle",), required_words=("#collab",))


def _rules(caption: str, link: Link) -> dict[str, str]:
    result = check(Post("instagram", "post", caption, "fr"), link)
    return {finding.rule: finding.fr.title for finding in result.findings}


def test_a_word_the_brief_asks_for_is_told_when_it_is_missing() -> None:
    told = _rules("#pub Mes pointes.", ASKED)
    assert told["D-BRIEF-1"] == "Le mandat demande aussi «\u00a0#DouceurSapinelle\u00a0»."
    assert "D-BRIEF-1" not in _rules("#pub Mes pointes. #douceur_sapinelle", ASKED)


def test_a_brief_that_asks_for_too_little_is_told_so() -> None:
    told = _rules("#collab #pub Mes pointes.", VAGUE)
    assert told == {
        "D-BRIEF-2": "Les mots du mandat ne suffisent pas\u00a0: «\u00a0#collab\u00a0»."
    }


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
