"""Answers shaped as the documents of Bluesky (lexicons) and Mastodon (API documentation) have them,
served by a small site of this machine. Who is named in them is invented."""

import json
from typing import Any

from proche.platforms.public_pages import Fetcher, Limits
from tests.platforms.site import Answer, SmallSite

DID = "did:plc:exemple2222222222222222"
HANDLE = "marisol.exemple.example"
RECORD = "3kbi55xm6u62v"
AT = f"at://{DID}/app.bsky.feed.post/{RECORD}"
ON_BLUESKY = f"https://bsky.app/profile/{HANDLE}/post/{RECORD}"
SIGN_IN = {"src": DID, "val": "!no-unauthenticated", "cts": "2026-01-01T00:00:00.000Z"}


def fetcher(site: SmallSite) -> Fetcher:
    return Fetcher(allowed=site.allowance, limits=Limits(2.0, 2.0, 5.0, 300_000))


def as_json(told: Any, status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = json.dumps(told, ensure_ascii=False).encode()
    return Answer(body, status, "application/json; charset=utf-8", named)


def bluesky_post(text: str, **more: Any) -> dict[str, Any]:
    """app.bsky.feed.defs#postView; `record`, `author` and the other parts may be given."""
    record = {"$type": "app.bsky.feed.post", "text": text, "langs": ["fr-CA"],
              "createdAt": "2026-11-20T13:27:10.477Z", **more.pop("record", {})}  # fmt: skip
    author = {"did": DID, "handle": HANDLE, "labels": [], **more.pop("author", {})}
    return {
        "uri": AT, "cid": "bafyreidexemple", "author": author, "record": record,
        "replyCount": 1, "repostCount": 2, "likeCount": 61, "quoteCount": 0,
        "indexedAt": "2026-11-20T13:27:11.000Z", "labels": [], **more,
    }  # fmt: skip


def on_bluesky(site: SmallSite, *posts: dict[str, Any], profile: Answer | None = None) -> None:
    """The AppView with these posts, and the account unless something else is given."""
    there = {"did": DID, "handle": HANDLE, "labels": [], "followersCount": 812,
             "followsCount": 240, "postsCount": 96}  # fmt: skip
    site.pages["/xrpc/com.atproto.identity.resolveHandle"] = as_json({"did": DID})
    site.pages["/xrpc/app.bsky.feed.getPosts"] = as_json({"posts": list(posts)})
    site.pages["/xrpc/app.bsky.actor.getProfile"] = profile or as_json(there)


def refusal(error: str, message: str) -> Answer:
    return as_json({"error": error, "message": message}, 400)


def mastodon_account(**more: Any) -> dict[str, Any]:
    return {
        "id": "109302436954721982", "username": "marisol", "acct": "marisol",
        "display_name": "Marisol (exemple)", "locked": False, "bot": False,
        "created_at": "2022-11-07T00:00:00.000Z", "note": "<p>Une personne inventée</p>",
        "url": "https://social.example/@marisol", "uri": "https://social.example/users/marisol",
        "followers_count": 1037, "following_count": 138, "statuses_count": 280, **more,
    }  # fmt: skip


def mastodon_post(content: str, **more: Any) -> dict[str, Any]:
    """The entity Status."""
    return {
        "id": "114620457512351116", "created_at": "2026-11-20T16:49:43.431Z",
        "in_reply_to_id": None, "sensitive": False, "spoiler_text": "", "visibility": "public",
        "language": "fr", "uri": "https://social.example/users/marisol/statuses/1146204575",
        "replies_count": 3, "reblogs_count": 5, "favourites_count": 12, "edited_at": None,
        "content": content, "reblog": None, "account": mastodon_account(),
        "media_attachments": [], "mentions": [], "tags": [], "card": None, "poll": None, **more,
    }  # fmt: skip


STATUS = "/api/v1/statuses/114620457512351116"
LOOKUP = "/api/v1/accounts/lookup"


def on_mastodon(site: SmallSite) -> str:
    """The address of the post as its server writes it."""
    return f"{site.url}/@marisol/114620457512351116"


# A reply of somebody else, whose words are nobody's proof.
STRANGER = "Moi aussi, je l’adore!"


def bluesky_reply(
    number: int, text: str, *replies: dict[str, Any], did: str = DID
) -> dict[str, Any]:
    """app.bsky.feed.defs#threadViewPost below another one."""
    post = bluesky_post(
        text,
        uri=f"at://{did}/app.bsky.feed.post/reply{number}",
        author={"did": did},
        indexedAt=f"2026-11-20T13:{number:02d}:00.000Z",
    )
    return {"$type": "app.bsky.feed.defs#threadViewPost", "post": post, "replies": list(replies)}


def bluesky_thread(site: SmallSite, *texts: str) -> None:
    """Below the post that is up: each text answers the one before; a stranger answers first."""
    node: list[dict[str, Any]] = []
    for number in range(len(texts), 0, -1):
        stranger = bluesky_reply(0, STRANGER, did="did:plc:autre22222222222222222")
        # Written after the one that goes on: an aside of the author.
        aside = bluesky_reply(59, "Au fait, merci!")
        node = [stranger, aside, bluesky_reply(number, texts[number - 1], *node)]
    first = json.loads(bytes_of(site.pages["/xrpc/app.bsky.feed.getPosts"]))["posts"][0]
    thread = {"$type": "app.bsky.feed.defs#threadViewPost", "post": first, "replies": node}
    site.pages["/xrpc/app.bsky.feed.getPostThread"] = as_json({"thread": thread})


def mastodon_thread(site: SmallSite, *texts: str) -> None:
    """The entity Context below the post that is up, as its server gives it."""
    before, found = "114620457512351116", []
    for number, text in enumerate(texts, start=1):
        told = {
            "id": f"{number}",
            "in_reply_to_id": before,
            "created_at": f"2026-11-20T17:{number:02d}:00.000Z",
            "url": f"https://social.example/@marisol/{number}",
        }
        found.append(mastodon_post(f"<p>{text}</p>", **told))
        aside = told | {"id": f"aside{number}", "created_at": "2026-11-21T00:00:00.000Z"}
        found.append(mastodon_post("<p>Au fait, merci!</p>", **aside))
        other = told | {"id": f"other{number}", "account": mastodon_account(id="7", acct="bao")}
        found.append(mastodon_post(f"<p>{STRANGER}</p>", **other))
        hidden = told | {"id": f"hidden{number}", "created_at": "2026-11-20T16:00:00.000Z"}
        found.append(mastodon_post("<p>Entre nous.</p>", visibility="private", **hidden))
        before = told["id"]
    site.pages[f"{STATUS}/context"] = as_json({"ancestors": [], "descendants": found})


def bytes_of(answer: Answer) -> bytes:
    assert isinstance(answer.body, bytes)
    return answer.body
