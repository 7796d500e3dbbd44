"""What somebody typed of a sign-up so far: in the session, and in a draft once they asked for one.

Screens are kept as they were sent, right or wrong, so that nothing typed is lost; they are read by
their forms again before anything is done with them. The boxes of the last screen are never kept;
the one beside the limits is, with them: they are not kept without it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from proche.areas.recruitment.actions import keep_draft
from proche.areas.recruitment.models import Nomination

KEPT = "sign_up"
FRENCH_SHOWN = "french_shown_at"
NAMES = ["partage", "vous", "sujets", "comptes", "envies", "accords"]
# Of a request, not of the person.
LEFT_OUT = {"csrfmiddlewaretoken", "later", "add"}
LONGEST = 2_000
MOST_FIELDS, MOST_VALUES = 60, 40


class SignUp:
    """The answers of this visitor; every change is also written to their draft."""

    def __init__(self, request: HttpRequest) -> None:
        self.session = request.session
        self.kept: dict[str, Any] = self.session.setdefault(KEPT, {})
        self.kept.setdefault("screens", {})
        self.kept.setdefault("done", [])

    def save(self) -> None:
        self.session[KEPT] = self.kept
        self.session.modified = True
        if "draft" in self.kept and not keep_draft(self.kept["draft"], self.to_keep()):
            del self.kept["draft"]

    def to_keep(self) -> dict[str, Any]:
        return {name: value for name, value in self.kept.items() if name != "draft"}

    def keep_screen(self, name: str, sent: QueryDict, *, done: bool) -> None:
        """The field names and values of a screen as they were sent."""
        fields = [field for field in sent if field not in LEFT_OUT][:MOST_FIELDS]
        screen = {f: [value[:LONGEST] for value in sent.getlist(f)[:MOST_VALUES]] for f in fields}
        before = self.archetype
        self.kept["screens"][name] = screen
        if name == "partage" and before and before != self.archetype:
            self._not_done("sujets")
        self.kept["at"] = name
        self._not_done(name)
        if done:
            self.kept["done"].append(name)

    def _not_done(self, name: str) -> None:
        self.kept["done"] = [one for one in self.kept["done"] if one != name]

    def sent(self, name: str) -> QueryDict | None:
        """What was sent of a screen, as a form reads it."""
        if name not in self.kept["screens"]:
            return None
        data = QueryDict(mutable=True)
        for field, values in self.kept["screens"][name].items():
            data.setlist(field, values)
        return data

    def missing_before(self, name: str) -> str | None:
        before: Iterable[str] = NAMES[: NAMES.index(name)]
        return next((one for one in before if one not in self.kept["done"]), None)

    @property
    def archetype(self) -> str:
        return str(self._first("partage", "archetype"))

    @property
    def email(self) -> str:
        return str(self._first("vous", "email")).strip()

    @property
    def at(self) -> str:
        """The screen they were on."""
        return str(self.kept.get("at", NAMES[0]))

    def _first(self, screen: str, field: str) -> str:
        values = self.kept["screens"].get(screen, {}).get(field) or [""]
        return str(values[0])

    def nomination(self) -> Nomination | None:
        found: Nomination | None = Nomination.objects.filter(
            key=self.kept.get("nomination", "")
        ).first()
        return found

    def note_french(self) -> None:
        self.kept.setdefault(FRENCH_SHOWN, timezone.now().isoformat())
        self.save()


def forget_here(request: HttpRequest) -> None:
    """Nothing typed stays on this device."""
    request.session.pop(KEPT, None)
