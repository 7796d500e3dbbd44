"""Rules on what a person knows of the post and no text shows."""

import re

from proche.core.disclosure.model import Facts, Post
from proche.core.disclosure.normalise import squash
from proche.core.disclosure.wording import Issue

_VIRTUAL = ("virtualinfluencer", "aicreated", "influencevirtuelle", "influenceusevirtuelle")
_VIRTUAL_SAID = re.compile("|".join((*_VIRTUAL, "influenceurvirtuel", "creeparia", "genereparia")))


def fact_issues(post: Post, texts: list[str], *, disclosed: bool) -> list[Issue]:
    facts = post.facts
    said = " ".join(map(squash, texts))
    issues = [] if disclosed else _undisclosed(post, facts)
    issues += _on_the_picture(post, facts, said)
    if facts.hard_to_see and disclosed:
        issues.append(Issue("D-POS-3", "hard-to-see"))
    if facts.links_unmarked:
        issues.append(Issue("D-BLOG-2"))
    return issues + _by_jurisdiction(post, facts)


def _undisclosed(post: Post, facts: Facts) -> list[Issue]:
    issues = []
    if facts.earlier_disclosed:
        issues.append(Issue("D-FEDI-2" if post.format == "thread" else "D-PRES-4"))
    if facts.shared and post.jurisdiction == "CA":
        issues.append(Issue("D-SHARE-1"))
    return issues


def _on_the_picture(post: Post, facts: Facts, said: str) -> list[Issue]:
    issues = []
    if post.jurisdiction == "FR" and facts.retouched and "imagesretouchees" not in said:
        issues.append(Issue("D-IMG-1", "retouched"))
    if post.jurisdiction == "FR" and facts.ai_figure and "imagesvirtuelles" not in said:
        issues.append(Issue("D-IMG-1", "ai"))
    if post.jurisdiction == "CA" and facts.virtual_endorser and not _VIRTUAL_SAID.search(said):
        issues.append(Issue("D-AI-1"))
    return issues


def _by_jurisdiction(post: Post, facts: Facts) -> list[Issue]:
    issues = []
    if post.jurisdiction == "CA" and facts.for_children:
        issues.append(Issue("D-KID-1"))
    if post.jurisdiction == "CA" and facts.never_received:
        issues.append(Issue("D-CLAIM-1"))
    if post.jurisdiction == "US" and facts.link_ended:
        issues.append(Issue("D-END-1"))
    return issues
