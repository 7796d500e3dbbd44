"""Checking a caption before posting, and handing the post in."""

from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from proche.areas.campaigns.models import Exchange
from proche.areas.content import actions
from proche.areas.content.drawing import draw
from proche.areas.content.images import keep_image, remove_waiting
from proche.areas.content.models import Post
from proche.areas.content.proofs import ProofImage
from proche.areas.content.rules import (
    FORMATS_OF,
    PLACE_NAMES,
    link_of,
    places_of,
    why_to_say,
    words_to_say,
)
from proche.areas.people.papers import MOST_BYTES
from proche.common import ui
from proche.common.choices import Language
from proche.common.errors import Refusal
from proche.common.words import language
from proche.core.disclosure import Finding, to_fix
from proche.faces.member.access import MemberRequest, own_page
from proche.faces.member.forms.frames import FilesForm, read_files, with_frames
from proche.faces.member.forms.posts import CaptionForm, PostForm, place_name
from proche.faces.member.views.exchanges import exchange_page, own_exchange


@own_page
def check(request: MemberRequest, key: str) -> HttpResponse:
    """Read a draft as often as one likes; nothing is kept. `add` puts the exact words first."""
    exchange = own_exchange(request, key)
    data = request.POST.copy() if request.method == "POST" else None
    refused: list[str] = []
    if data is not None and "add" in data:
        words = data.get("words", "").strip()
        data["caption"] = f"{words}\n\n{data.get('caption', '').lstrip()}".strip()
    if data is not None:
        refused = read_files(request, data)
    frames = with_frames(data) if data is not None else []
    form = CaptionForm(data, initial=_usual(request))
    read = form.is_valid()
    page = exchange_page(
        exchange,
        form=form,
        files=FilesForm(),
        files_refused=refused,
        frames=frames,
        place=_place(form),
        **(_reading(exchange, form.draft) if read else {}),
    )
    part = "member/posts/_live.html" if request.headers.get("HX-Request") else None
    return render(request, part or "member/posts/check.html", page)


def _place(form: CaptionForm) -> str:
    """Where and in which language, as one line: « Instagram, publication, français »."""
    platform, _slash, format = str(form["place"].value() or "").partition("/")
    spoken = dict(Language.choices).get(str(form["language"].value()), "")
    return f"{place_name(platform, format)}, {spoken}"


@own_page
def submit(request: MemberRequest, key: str) -> HttpResponse:
    """Hand a post in; the caption comes along from the check when it was made there."""
    exchange = own_exchange(request, key)
    if request.method == "POST" and "remove" in request.POST:
        remove_waiting(exchange, request.POST["remove"])
        form = PostForm(initial={**_usual(request), **_carried(request)})
    elif request.method == "POST" and "carry" not in request.POST:
        form = PostForm(request.POST)
        _keep_images(request, exchange, form)
        if form.is_valid():
            actions.submit(exchange, form.draft, url=form.cleaned_data["url"])
            ui.toast(request, _("Handed in. A person of the team looks at it."))
            return redirect("member:exchange", key=key)
    else:
        before = {**_latest(exchange), **_again(request, exchange)}
        form = PostForm(initial={**_usual(request), **before, **_carried(request)})
    waiting = exchange.proof_images.filter(proof=None)
    page = exchange_page(exchange, form=form, waiting=waiting)
    return render(request, "member/posts/submit.html", page)


def _keep_images(request: MemberRequest, exchange: Exchange, form: PostForm) -> None:
    """Each is kept at once, whatever else is to be mended; one that cannot be is named."""
    story = str(form["place"].value() or "").endswith("/story")
    what = ProofImage.What.FRAME if story else ProofImage.What.SCREENSHOT
    for sent in request.FILES.getlist("images"):
        try:
            keep_image(exchange, sent.read(MOST_BYTES + 1), what=what)
        except Refusal as refusal:
            form.add_error("images", f"{sent.name}: {refusal}")


@own_page
def image(request: MemberRequest, key: str, image_key: str) -> HttpResponse:
    found = get_object_or_404(own_exchange(request, key).proof_images.all(), key=image_key)
    return ui.served(found.stored, found.stored.name, found.kind)


def _reading(exchange: Exchange, draft: actions.Draft) -> dict[str, Any]:
    everywhere = actions.read_everywhere(exchange, draft)
    place, read = next(iter(everywhere.items()))
    wrong = to_fix(read)
    in_caption = [finding for finding in wrong if finding.where == "caption"]
    spans = [span for finding in in_caption for span in finding.spans]
    # Words missing in the caption can be put there; those missing on screen, only by the member.
    elsewhere = [finding for finding in wrong if finding not in in_caption]
    return {
        "read": read,
        "drawn": draw(draft.caption, platform=draft.platform, format=draft.format, spans=spans),
        "to_fix": [finding.wording(language()) for finding in wrong],
        "notes": [finding.wording(language()) for finding in actions.notes_of(read)],
        "words_to_add": _suggested(in_caption, exchange, draft),
        "words_to_write": _suggested(elsewhere, exchange, draft),
        "places": [PLACE_NAMES[one] for one in everywhere] if len(everywhere) > 1 else [],
        "strictest": PLACE_NAMES[place],
        "why": why_to_say(link_of(exchange), tuple(everywhere)),
    }


def _suggested(findings: list[Finding], exchange: Exchange, draft: actions.Draft) -> str:
    """The words every authority concerned accepts, where one of the findings asks for words."""
    if not any(finding.suggestion(draft.language) for finding in findings):
        return ""
    places = places_of(exchange.offer.campaign.brief)
    return words_to_say(link_of(exchange), draft.language, places)


def _usual(request: MemberRequest) -> dict[str, str]:
    """Where this member usually posts: the account with the most followers."""
    # PostgreSQL would put an account whose followers nobody counted before all others.
    known = request.person.accounts.order_by(F("followers").desc(nulls_last=True), "id")
    account = known.first()
    platform = account.platform if account else "instagram"
    languages = request.person.content_languages or [request.person.language]
    return {"place": f"{platform}/{FORMATS_OF[platform][0]}", "language": languages[0]}


def _latest(exchange: Exchange) -> dict[str, str]:
    """A post to correct is handed in again at the same place."""
    post = exchange.posts.exclude(correction_asked_at=None).first()
    if post is None or post.state == Post.State.WAIVED:
        return {}
    return {"place": f"{post.platform}/{post.format}", "url": post.url, "language": post.language}


def _again(request: MemberRequest, exchange: Exchange) -> dict[str, str]:
    """A post that is to be shown again, as it was handed in."""
    asked = request.GET.get("publication", "")
    rows = exchange.posts.exclude(submitted_at=None)
    post = rows.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 18 else None
    if post is None:
        return {}
    names = ("url", "language", "caption", "on_screen", "said")
    return {"place": f"{post.platform}/{post.format}"} | {
        name: getattr(post, name) for name in names
    }


def _carried(request: MemberRequest) -> dict[str, str]:
    names = ("place", "url", "language", "caption", "on_screen", "said")
    data = request.POST.copy()
    with_frames(data)
    return {name: str(data[name]) for name in names if data.get(name)}
