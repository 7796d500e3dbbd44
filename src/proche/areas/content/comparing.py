"""Is what is up now what was handed in? Space, invisible characters, addresses that a platform
rewrites and the server it leaves out of a name do not count; every other character does."""

import re
import unicodedata

from proche.areas.content.proofs import Proof

Found = Proof.Found
ADDRESS = re.compile(r"\b(?:https?://|(?:t\.co|pic\.(?:twitter|x)\.com)/)\S+")
# « @sapinelle@social.example » is shown as « @sapinelle » by Mastodon.
MENTION = re.compile(r"(?<!\w)(@[\w.-]+)@[\w-]+(?:\.[\w-]+)+")
CUT = re.compile(r"\s*(?:…|\.\.\.)\s*$")
# Fewer characters than this, found at the start of a caption, prove nothing.
ENOUGH = 20


def compared(before: str, seen: str, *, whole: bool) -> Proof.Found:
    """SAME, CHANGED, or PART where the start is the same and the rest was not shown."""
    was, now = plain(before), plain(seen)
    if was == now:
        return Found.SAME
    if whole:
        return Found.CHANGED
    # A description may hold the caption among other words, or only its start.
    if was and was in now:
        return Found.SAME
    start = CUT.sub("", now)
    return Found.PART if len(start) >= ENOUGH and was.startswith(start) else Found.CHANGED


def plain(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text)
    shown = "".join(one for one in composed if one.isspace() or unicodedata.category(one) != "Cf")
    return " ".join(MENTION.sub(r"\1", ADDRESS.sub(" ", shown)).split())
