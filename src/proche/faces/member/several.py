"""Several posts looked at in one go, and what to say of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.text import Truncator

from proche.areas.content import undeclared
from proche.areas.content.models import Undeclared
from proche.areas.content.pasted import Pasted, as_text
from proche.areas.content.undeclared import Found
from proche.areas.people.models import Person
from proche.areas.recruitment.handles import SITES

# One page answers for so many; the next ones wait in its box.
MOST = 500
# A transaction locks the person: others must not wait for the whole of a long list.
AT_ONCE = 100


@dataclass(frozen=True)
class Answered:
    """One post, by its number, with what came of it."""

    number: int
    filed: bool
    start: str
    asked: tuple[Undeclared, ...] = ()
    known: bool = False
    problem: str | Promise = ""


@dataclass(frozen=True)
class Read:
    """`left`: the posts that could not be read, then those not read yet, as they can be sent."""

    answers: list[Answered]
    total: int
    left: str

    @property
    def done(self) -> int:
        return len(self.answers) - self.refused

    @property
    def goes_on(self) -> bool:
        return len(self.answers) < self.total

    @property
    def asked(self) -> int:
        return sum(len(one.asked) for one in self.answers)

    @property
    def refused(self) -> int:
        return sum(bool(one.problem) for one in self.answers)


def look_at_several(person: Person, given: dict[str, Any]) -> Read:
    """`given`: what SeveralForm holds. Raises Refusal without consent: then nothing is read."""
    posts = [(one, False) for one in given["pasted"]] + [(one, True) for one in given["filed"]]
    now, later = posts[:MOST], posts[MOST:]
    answers = list(_answers(person, now, given["platform"]))
    left = [one for one, _filed in now if one.problem] + [one for one, _filed in later]
    return Read(answers, len(posts), as_text(one for one in left if one.text))


def _answers(person: Person, posts: list[tuple[Pasted, bool]], platform: str) -> Iterator[Answered]:
    for start in range(0, len(posts), AT_ONCE):
        part = posts[start : start + AT_ONCE]
        readable = [_found(one, platform) for one, _filed in part if not one.problem]
        looked = iter(undeclared.look_at_each(person, readable))
        for one, filed in part:
            said = Truncator(" ".join(one.text.split())).chars(60)
            if one.problem:
                yield Answered(one.number, filed, said, problem=one.problem)
            else:
                came = next(looked)
                yield Answered(one.number, filed, said, came.asked, came.known)


def _found(post: Pasted, platform: str) -> Found:
    host = (urlsplit(post.url).hostname or "").removeprefix("www.").removeprefix("m.")
    return Found(post.text, SITES.get(host, platform), post.url)
