"""Whether the server may look by itself: at public pages, by the interfaces of networks. What is
asked, of whom, what is sent; who decided it, and when."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.accounts.rules import may_manage_team
from proche.areas.content import connecting, figures, public_checks
from proche.areas.content.networks import Connection
from proche.common import ui
from proche.common.choices import Platform
from proche.faces.agency.access import StaffRequest, decides, manages, workspace
from proche.faces.agency.forms.networks import NetworkForm
from proche.faces.agency.forms.proofs import PublicChecksForm
from proche.faces.agency.views.people_sections import person_of
from proche.platforms.public_pages import SITES

Network = Connection.Network
PAST_SHOWN = 5


@dataclass(frozen=True)
class NetworkCard:
    name: str
    label: str
    connection: Connection | None
    form: NetworkForm


@workspace
def reading(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        manages(request)
        return _turned(request, PublicChecksForm(request.POST))
    return _page(request)


def _page(request: StaffRequest, sent: NetworkForm | None = None) -> HttpResponse:
    programme = request.programme
    held, connected = public_checks.in_force(programme), connecting.in_force(programme)
    past = programme.connections.filter(off_at__isnull=False).select_related("on_by", "off_by")
    context: dict[str, Any] = {
        "form": PublicChecksForm(initial={"with_images": held.with_images if held else False}),
        "held": held,
        "connected": [Network(name).label for name in sorted(connected)],
        "networks": [_card(network, connected.get(network), sent) for network in Network],
        "past": past[:PAST_SHOWN],
        "may_manage": may_manage_team(request.user, programme),
        "sites": [
            (Platform(name).label, site.hosts, site.oembed) for name, site in sorted(SITES.items())
        ],
    }
    return render(request, "agency/posts/reading.html", context)


def _card(network: Network, held: Connection | None, sent: NetworkForm | None) -> NetworkCard:
    form = sent if sent and sent.data.get("network") == network else None
    servers = "\n".join(held.servers) if held else ""
    form = form or NetworkForm(network, initial={"servers": servers})
    return NetworkCard(network.value, str(network.label), held, form)


def _turned(request: StaffRequest, form: PublicChecksForm) -> HttpResponse:
    if "off" in request.POST:
        public_checks.turn_off(request.programme, by=request.actor)
        ui.toast(request, _("Off: the server reads no public page any more."))
    elif form.is_valid():
        with_images = form.cleaned_data["with_images"]
        public_checks.turn_on(request.programme, with_images=with_images, by=request.actor)
        ui.toast(request, _("On: the server reads the public pages of posts."))
    return redirect("agency:posts_reading")


@workspace
@require_POST
def network(request: StaffRequest) -> HttpResponse:
    """Connect one, change its servers, or disconnect it."""
    manages(request)
    name = request.POST.get("network", "")
    if name not in Network.values:
        raise Http404
    label = Network(name).label
    if "off" in request.POST:
        connecting.disconnect(request.programme, name, by=request.actor)
        ui.toast(request, _("%(network)s is disconnected: nothing more is asked.")
                 % {"network": label})  # fmt: skip
        return redirect("agency:posts_reading")
    form = NetworkForm(name, request.POST)
    if not form.is_valid():
        return _page(request, form)
    servers = form.cleaned_data.get("servers", [])
    connecting.connect(request.programme, name, servers=servers, by=request.actor)
    ui.toast(request, _("%(network)s is connected.") % {"network": label})
    return redirect("agency:posts_reading")


@workspace
@require_POST
def confirm_figures(request: StaffRequest, key: str, account: int) -> HttpResponse:
    """Ask the network of an account for its figures; the answer comes with the job."""
    decides(request)
    person = person_of(request, key)
    row = get_object_or_404(person.accounts.all(), pk=account)
    figures.ask(row, by=request.actor)
    ui.toast(request, _("Asked. The answer will stand in the story."))
    return redirect("agency:person", key=person.key)
