"""The way of a form of nomination, the same on the page, in a frame and on the road of accounts.

These forms work without a cookie, on another site's page too: their signed ticket stands where the
cookie against forged requests stands elsewhere, and there is no session to act for."""

import contextlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from proche.areas.recruitment import tickets
from proche.areas.recruitment.actions import Admitted, admit, may_ask_handles, offer_ticket
from proche.areas.recruitment.models import Call
from proche.areas.recruitment.notices import CURRENT
from proche.areas.recruitment.tickets import Ticket
from proche.common.errors import Refusal
from proche.common.words import in_words
from proche.faces.public.address import address_of
from proche.faces.public.forms.calls import NominateForm
from proche.faces.public.shells import FRESH, from_shell

T = TypeVar("T")
# After these the form may be sent again as it was; after the others it needs a new ticket.
SAME_TICKET = {"too_fast", "question", "contact_given", "no_handle", "invalid"}
LIMITS = {"address_limit", "call_full"}


def call_at(slug: str) -> Call:
    """The call of an address, as it was at most a few seconds ago. Raises 404."""

    def look() -> Call | None:
        return Call.objects.select_related("programme").filter(slug=slug).first()

    found: Call | None = caches["process"].get_or_set(f"public:call:{slug}", look, FRESH)
    if found is None:
        raise Http404
    return found


def given(
    request: HttpRequest, call: Call, form: NominateForm, keep: Callable[[Admitted], T]
) -> T | None:
    """What the form gave; None where it was not sent or was refused, which the form then says."""
    if request.method != "POST":
        return None
    if not form.is_valid():
        form.refused = "invalid" if "ticket" not in form.errors else "stale_form"
        return None
    try:
        return keep(admit(call, form.sent(), address_of(request)))
    except Refusal as refusal:
        form.refused = refusal.code
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal.sentence))
        return None


def form_page(
    request: HttpRequest, template: str, call: Call, form: NominateForm, **more: Any
) -> HttpResponse:
    page: Any = request
    page.programme = call.programme
    context = {
        "call": call,
        "programme": call.programme,
        "form": form,
        "closed": not call.is_open,
        "notice": CURRENT,
        "takes_accounts": may_ask_handles(call),
        **more,
    }
    if not call.is_open:
        return render(request, template, context)
    ticket = _ticket(request, call, form)
    if not form.is_bound:
        return from_shell(request, template, f"{call.pk}", context, _fills(ticket))
    form.carry(_fills(ticket), ask=form.refused == "question")
    return render(request, template, context, status=429 if form.refused in LIMITS else 200)


def _fills(ticket: Ticket) -> dict[str, str]:
    """What differs from one reader's form to another's."""
    first, second = (in_words(number, "small") for number in ticket.question)
    question = _("How much is %(first)s plus %(second)s?") % {"first": first, "second": second}
    return {"ticket": ticket.text, "bits": str(ticket.bits), "question": question}


def _ticket(request: HttpRequest, call: Call, form: NominateForm) -> Ticket:
    """The one that was sent while it is good: its time counts, so that whoever was too fast only
    has to press again."""
    if form.refused in SAME_TICKET:
        with contextlib.suppress(Refusal):
            return tickets.read(call, form.data.get("ticket", ""))
    return offer_ticket(call, address_of(request))


def ready_words(call: Call, link: str) -> str:
    """The message a nominator may send as it is."""
    return _(
        "Hi! %(partner)s looks for people from here who make others discover good things. I "
        "thought of you. Have a look and decide in peace: %(link)s"
    ) % {"partner": call.partner_name, "link": link}
