"""The check: every rule that applies to a post, and the worst of them.

Method: rules.toml, a table drawn from published guidance of Canada, France, the United
States, the United Kingdom, Germany and New Zealand. Where guidance is silent or contradicts
itself, the stricter side is taken. What nobody supplied is never called OK.
"""

from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from proche.core.disclosure import caption as captions
from proche.core.disclosure import screen
from proche.core.disclosure.brief import missing_words, nothing_but_words, words_alone
from proche.core.disclosure.facts import fact_issues
from proche.core.disclosure.hits import only_names_brand
from proche.core.disclosure.judge import Candidate, best
from proche.core.disclosure.model import (
    JURISDICTIONS,
    KINDS,
    NO_FACTS,
    SEVERITY,
    Check,
    Link,
    Post,
    unknown_value,
)
from proche.core.disclosure.normalise import brand_names
from proche.core.disclosure.platforms import FAMILY_OF, FORMATS
from proche.core.disclosure.wording import Issue, because, finding, not_seen
from proche.core.disclosure.work import Work, read_posts
from proche.core.results import InputRefused, Sentence

_BARE = "bare"
_WORD_RULE = {"UK": "D-WORD-7", "NZ": "D-WORD-7", "FR": "D-WORD-8"}


def check(post: Post, link: Link) -> Check:
    """Every finding, worst first, and the verdict they make together.

    Raises InputRefused for a format, a jurisdiction or a kind of link that has no rules.
    """
    return check_all([(post, link)])[0]


def check_all(given: Sequence[tuple[Post, Link]]) -> list[Check]:
    """The check of each, in order; raises as `check` does.

    Each step goes over all of them before the next: what it runs on is then still at hand, which
    makes some tens of posts together a quarter faster than one by one.
    """
    for post, link in given:
        if not _has_rules(post, link):
            raise InputRefused(_unknown(post, link))
    works = iter(read_posts([one for one in given if _is_read(*one)]))
    read = [next(works) if _is_read(*one) else None for one in given]
    found = [_issues(*one, work) for one, work in zip(given, read, strict=True)]
    return [
        _concluded(post, link, issues, None if work is None else work.language)
        for (post, link), work, issues in zip(given, read, found, strict=True)
    ]


def _has_rules(post: Post, link: Link) -> bool:
    return post.format in FAMILY_OF and post.jurisdiction in JURISDICTIONS and link.kind in KINDS


def _is_read(post: Post, link: Link) -> bool:
    """Whether there is anything to read."""
    return link.kind != "none" and FAMILY_OF[post.format] != _BARE


def _issues(post: Post, link: Link, work: Work | None) -> list[Issue]:
    if work is not None:
        return _FAMILIES[work.family](work) + _everywhere(work)
    if link.kind == "none":
        return [Issue("D-LINK-0")]
    return [Issue("D-PRES-2" if post.jurisdiction == "US" else "D-VID-4")]


def _unknown(post: Post, link: Link) -> Sentence:
    if post.format not in FAMILY_OF:
        return unknown_value("format", FORMATS)
    if post.jurisdiction not in JURISDICTIONS:
        return unknown_value("jurisdiction", JURISDICTIONS)
    return unknown_value("kind", KINDS)


def strictest(post: Post, link: Link, jurisdictions: tuple[str, ...]) -> dict[str, Check]:
    """The check in each jurisdiction of the audience, the worst first: that one decides."""
    checks = {place: check(replace(post, jurisdiction=place), link) for place in jurisdictions}
    return dict(sorted(checks.items(), key=lambda item: -SEVERITY[item[1].verdict]))


@lru_cache(maxsize=1024)
def words_suffice(link: Link, jurisdiction: str, language: str) -> bool:
    """Whether the words a brief asks for would disclose the link with nothing beside them."""
    post = Post("bluesky", "post", "", language, jurisdiction)
    return check(*words_alone(post, link)).is_ok


def _concluded(post: Post, link: Link, issues: list[Issue], language: str | None) -> Check:
    if len(issues) > 1:
        issues = sorted(dict.fromkeys(issues), key=lambda issue: -issue.severity)
    family = FAMILY_OF[post.format]
    required = link.kind != "none"
    findings = tuple([finding(issue, link, post.jurisdiction) for issue in issues])
    return Check(
        verdict=findings[0].verdict if findings else "OK",
        findings=findings,
        not_seen=not_seen(post, family) if required else (),
        because=because(link.kind, post.jurisdiction, family == _BARE) if required else (),
        language=language,
    )


def _caption(work: Work) -> list[Issue]:
    candidates = captions.candidates(work.post, work.caption, work.case)
    if work.frames:
        candidates += screen.image_candidates(work.frames, work.case)
    if work.warning is not None:
        issues = _under_warning(work)
    else:
        issues = screen.best_issues(candidates)
        if work.post.platform_label:
            issues = _beside_label(work, candidates, issues)
    if not work.is_disclosed:
        issues = _nothing(work)
    if work.post.caption is None and not work.post.in_bio_only:
        issues.append(Issue("D-VID-4"))
    return issues + _french_image(work) if work.post.jurisdiction == "FR" else issues


def _beside_label(work: Work, candidates: list[Candidate], issues: list[Issue]) -> list[Issue]:
    """The platform's own label counts where no clear word of the caption does better."""
    chosen = best(candidates) if candidates else None
    usable = chosen is not None and chosen.usable
    if work.post.jurisdiction != "CA":
        return issues if usable else _label_alone(work) + issues
    serves = chosen is not None and usable and chosen.severity <= SEVERITY["OK_NOTE"]
    return issues if serves else _label_alone(work)


def _under_warning(work: Work) -> list[Issue]:
    """A content warning hides the body: both must disclose."""
    assert work.warning is not None
    body = captions.candidates(work.post, work.caption, work.case)
    warning = screen.Seen(work.warning, "warning", 0.0, 0.0).candidates(work.case)
    issues = screen.best_issues(body) or screen.best_issues(warning)
    if not issues and work.post.platform_label and not body and not warning:
        return _label_alone(work)
    if not (any(c.usable for c in warning) and any(c.usable for c in body)):
        issues.append(Issue("D-FEDI-1"))
    return issues


def _french_image(work: Work) -> list[Issue]:
    """France: the mention is also on the image, once the image is known."""
    if not work.is_disclosed:
        return []
    issues = screen.french_video_issues(work.frames, work.case)
    return [issue for issue in issues or [] if issue.rule == "D-VID-5"]


def _story(work: Work) -> list[Issue]:
    if work.post.frames is None:
        if work.post.in_bio_only and not work.is_disclosed:
            return [Issue("D-PRES-3")]
        return [Issue("D-VID-4")]
    issues = screen.story_issues(work.frames, work.hits_off_screen, work.case)
    if issues is None:
        return _label_alone(work) if work.post.platform_label else _nothing(work)
    if work.post.in_bio_only and not work.is_disclosed:
        issues.append(Issue("D-PRES-3"))
    return issues


def _video(work: Work) -> list[Issue]:
    post = work.post
    if post.in_bio_only and not work.is_disclosed:
        return [Issue("D-PRES-3")]
    if post.frames is None and post.transcript is None:
        return [Issue("D-VID-4")]
    if post.jurisdiction in ("CA", "US"):
        return _video_inside(work)
    if post.jurisdiction == "FR":
        return _video_france(work)
    return _video_written(work)


def _video_inside(work: Work) -> list[Issue]:
    if work.hits_inside:
        live = work.post.format == "live"
        return screen.inside_issues(work.frames, work.speech, work.case, live=live)
    if work.post.frames is None or work.post.transcript is None:
        return [Issue("D-VID-4")]
    if not work.is_disclosed:
        return _nothing(work)
    seen = screen.Seen(work.caption, "caption", 0.0, 0.0)
    return [Issue("D-VID-1"), *screen.best_issues(seen.candidates(work.case))]


def _video_france(work: Work) -> list[Issue]:
    if work.post.frames is None:
        return [Issue("D-VID-4")]
    issues = screen.french_video_issues(work.frames, work.case)
    unheard = work.post.transcript is None
    if not work.is_disclosed:
        # Something may be said aloud: what is certain is that nothing is on screen.
        return (issues or [Issue("D-VID-4")]) if unheard else _nothing(work)
    return issues or ([Issue("D-VID-5")] if issues is None else [])


def _video_written(work: Work) -> list[Issue]:
    """Elsewhere no rule asks for the voice: the writing, in the video or the caption, decides."""
    seen = [screen.Seen(work.caption, "caption", 0.0, 0.0), *work.frames]
    written = [candidate for one in seen for candidate in one.candidates(work.case)]
    if written:
        return screen.best_issues(written)
    if work.hits_inside:
        return [Issue("D-POS-3", "voice-only")]
    if work.post.frames is None or work.post.transcript is None:
        return [Issue("D-VID-4")]
    return _label_alone(work) if work.post.platform_label else _nothing(work)


_FAMILIES = {"caption": _caption, "article": _caption, "story": _story, "video": _video}


def _nothing(work: Work) -> list[Issue]:
    if work.post.in_bio_only:
        return [Issue("D-PRES-3")]
    if work.post.facts.only_in_image and work.post.frames is None:
        return [Issue("D-POS-3", "only-in-image")]
    texts = [reading.text for reading in work.readings]
    naming = only_names_brand(texts, work.post.mentions, brand_names(work.link))
    return [Issue("D-PRES-2" if naming else "D-PRES-1")]


def _label_alone(work: Work) -> list[Issue]:
    place = work.post.jurisdiction
    if place == "CA":
        return [Issue("D-LABEL-1")]
    if place in ("US", "DE"):
        return [Issue("D-LABEL-2")]
    issues = [Issue(_WORD_RULE[place])]
    if place == "UK" and work.link.kind in ("gift", "affiliate"):
        issues.append(Issue("D-KIND-6"))
    return issues


def _everywhere(work: Work) -> list[Issue]:
    """Rules that hold whatever the format, once something is disclosed."""
    issues = []
    if work.is_disclosed and work.is_judgeable:
        if work.post.platform_label and work.link.kind == "gift":
            issues.append(Issue("D-LABEL-3"))
        if work.perks_unnamed:
            issues.append(Issue("D-KIND-4", perks=work.perks_unnamed))
        issues += _language(work)
    if work.link.required_words and work.is_judgeable:
        issues += missing_words(work.texts, work.link)
        if not (work.post.platform_label or _words_suffice(work)):
            issues += nothing_but_words(work.readings, work.case)
    if work.post.facts is not NO_FACTS:
        issues += fact_issues(work.post, work.texts, disclosed=work.is_disclosed)
    return issues


def _words_suffice(work: Work) -> bool:
    return words_suffice(work.link, work.post.jurisdiction, work.language or "fr")


def _language(work: Work) -> list[Issue]:
    if work.language is None and work.hits:
        return [Issue("D-LANG-3")]
    if work.language == "bilingual" and work.post.jurisdiction == "CA":
        spoken = work.usable_languages
        return [Issue("D-LANG-2")] if spoken and not {"fr", "en"} <= spoken else []
    return []
