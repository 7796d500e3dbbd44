"""What the author reads, where it points, and what it does not claim."""

import re
import tomllib
from importlib.resources import files

import pytest

from proche.core.disclosure import (
    JURISDICTIONS,
    Facts,
    Frame,
    Link,
    Post,
    check,
    fold_of,
    strictest,
)
from proche.core.disclosure.wording import Issue, finding, rules, to_fix
from tests.core.disclosure.worked import EXCHANGE, GIFT, NIGHT, PAID, STAY

MASK = (
    "Mes pointes sont ENFIN douces!! Trois semaines que je teste ce masque avant de vous en "
    "parler, parce que je recommande pas à la légère. Dites-moi ce que vous mettez l’hiver! "
    "Merci @sapinelle pour le masque. #collab #cheveux #rimouski"
)


def test_the_hidden_caption_reads_as_its_author_should_read_it() -> None:
    hidden, unclear = to_fix(check(Post("instagram", "post", MASK, "fr"), GIFT))
    assert hidden.fr.title == "Le lien avec Sapinelle est caché."
    assert hidden.fr.detail == (
        "Il vient après «\u00a0plus\u00a0»\u00a0: la plupart des gens ne le verront pas. "
        "Mettez-le en premier."
    )
    assert unclear.fr.title == ("«\u00a0merci\u00a0» et «\u00a0#collab\u00a0» ne disent pas assez.")
    assert unclear.fr.detail == "On ne sait pas que c’était un cadeau."
    assert unclear.en.title == "“merci” and “#collab” do not say enough."
    assert unclear.suggestion_fr == "Publicité. Produit offert par Sapinelle. #pub"


def test_the_spans_underline_the_words_of_the_caption() -> None:
    caption = "💛 Ｍerci @sapinelle pour tout, #c\u200bollab"
    findings = check(Post("instagram", "post", caption, "fr"), GIFT).findings
    told = {f.rule: [caption[start:end] for start, end in f.spans] for f in findings}
    assert told == {
        "D-WORD-6": ["Ｍerci @sapinelle"],
        "D-WORD-1": ["#c\u200bollab"],
    }


def test_a_span_far_down_a_long_caption_is_exact() -> None:
    caption = "é… ﬁn_ß " * 200 + "#collab"
    (found,) = [
        f
        for f in check(Post("bluesky", "post", caption, "fr"), PAID).findings
        if f.rule == "D-WORD-1"
    ]
    assert found.span is not None
    assert caption[slice(*found.span)] == "#collab"


@pytest.mark.parametrize(("rule", "case"), sorted(rules()))
@pytest.mark.parametrize("link", [GIFT, EXCHANGE, PAID, STAY, Link("affiliate", "Sapinelle")])
def test_every_rule_is_told_in_both_languages(rule: str, case: str, link: Link) -> None:
    told = finding(Issue(rule, case, ("#collab",), perks=("travel",)), link, "CA")
    for text in (told.fr.text, told.en.text, told.suggestion_fr, told.suggestion_en):
        assert not re.search(r"[{}]|  ", text)
    assert told.fr.title
    assert told.en.title
    assert told.source
    # French typography: no-break spaces, curly apostrophes, none before ; ! ?
    assert not re.search(r"« | »| [:;!?%]|'", told.fr.text)


def test_every_rule_of_the_code_has_its_sentences() -> None:
    folder = files("proche.core.disclosure")
    named = set()
    for module in folder.iterdir():
        if module.name.endswith(".py"):
            named |= set(re.findall(r'"(D-[A-Z]+-\d)"', module.read_text(encoding="utf-8")))
    document = tomllib.loads(folder.joinpath("rules.toml").read_text(encoding="utf-8"))
    told = {row["id"] for row in document["rule"]} | set(document["because"])
    assert named - told == set()
    # D-WORD-4 and the rules on ambiguous words are named in the lexicon.
    assert told - named - {"D-LINK-1", "D-LINK-2", "D-LINK-3", "D-WORD-2"} == set()


def test_what_nobody_supplied_is_said() -> None:
    post = Post("instagram", "post", "#pub Mes pointes.", "fr")
    assert [s.fr for s in check(post, PAID).not_seen] == ["L’image reste à vérifier."]
    reel = Post("instagram", "reel", "#pub", "fr", frames=(Frame("#pub"),))
    assert [s.code for s in check(reel, PAID).not_seen] == ["not_seen_transcript"]


def test_an_unsolicited_gift_says_why_it_is_a_link() -> None:
    gift = check(Post("instagram", "post", "Mes pointes.", "fr"), GIFT)
    assert [reason.code for reason in gift.because] == ["D-LINK-1"]
    night = check(Post("instagram", "post", "Quelle soirée.", "fr"), NIGHT)
    assert [reason.code for reason in night.because] == ["D-LINK-2"]


def test_the_strictest_country_of_the_audience_comes_first() -> None:
    post = Post("instagram", "post", "#pub Mes pointes.", "fr")
    checks = strictest(post, PAID, ("CA", "FR"))
    assert [(place, result.verdict) for place, result in checks.items()] == [
        ("FR", "AMBIGUOUS"),
        ("CA", "OK"),
    ]


@pytest.mark.parametrize(
    ("platform", "format", "fold"),
    [
        ("instagram", "post", 125),
        ("instagram", "carousel", 125),
        ("instagram", "reel", 55),
        ("instagram", "story", None),
        ("tiktok", "video", 55),
        ("youtube", "short", 55),
        ("youtube", "video", 100),
        ("facebook", "post", 400),
        ("x", "post", 280),
        ("mastodon", "post", 500),
        ("linkedin", "post", 200),
        ("bluesky", "post", None),
        ("blog", "article", None),
        ("somewhere", "post", 55),
    ],
)
def test_the_fold_is_the_strict_end_of_what_is_known(
    platform: str, format: str, fold: int | None
) -> None:
    assert fold_of(platform, format) == fold


@pytest.mark.parametrize(
    ("jurisdiction", "facts", "rule", "verdict"),
    [
        ("CA", Facts(earlier_disclosed=True), "D-PRES-4", "MISSING"),
        ("CA", Facts(shared=True), "D-SHARE-1", "MISSING"),
        ("CA", Facts(links_unmarked=True), "D-BLOG-2", "OK_NOTE"),
        ("CA", Facts(virtual_endorser=True), "D-AI-1", "OK_NOTE"),
        ("CA", Facts(for_children=True), "D-KID-1", "HUMAN"),
        ("CA", Facts(never_received=True), "D-CLAIM-1", "HUMAN"),
        ("CA", Facts(only_in_image=True), "D-POS-3", "HUMAN"),
        ("FR", Facts(retouched=True), "D-IMG-1", "MISSING"),
        ("FR", Facts(ai_figure=True), "D-IMG-1", "MISSING"),
        ("US", Facts(link_ended=True), "D-END-1", "OK_NOTE"),
    ],
)
def test_a_known_fact_makes_its_finding(
    jurisdiction: str, facts: Facts, rule: str, verdict: str
) -> None:
    post = Post("instagram", "post", "Mes pointes.", "fr", jurisdiction, facts=facts)
    found = [f.verdict for f in check(post, PAID).findings if f.rule == rule]
    assert found == [verdict]


def test_a_fact_that_is_answered_makes_no_finding() -> None:
    facts = Facts(earlier_disclosed=True, retouched=True, hard_to_see=False)
    post = Post("instagram", "post", "Publicité. Images retouchées.", "fr", "FR", facts=facts)
    assert check(post, PAID).verdict == "OK"


def test_a_later_post_of_a_thread_is_judged_alone() -> None:
    post = Post(
        "bluesky", "thread", "2/3 Avec @sapinelle", "fr", facts=Facts(earlier_disclosed=True)
    )
    assert {f.rule for f in check(post, PAID).findings} == {"D-PRES-2", "D-FEDI-2"}


def test_a_disclosure_hard_to_see_is_misplaced() -> None:
    post = Post("instagram", "post", "#pub Mes pointes.", "fr", facts=Facts(hard_to_see=True))
    assert check(post, PAID).verdict == "MISPLACED"


def test_every_rule_says_where_it_holds_what_it_is_about_and_since_when() -> None:
    seen = set()
    for row in rules().values():
        assert row["jurisdictions"]
        assert set(row["jurisdictions"]) <= set(JURISDICTIONS)
        assert row["source"]
        assert row["since"].isdigit()
        seen.add(row["condition"])
    assert len(seen) == len(rules())
