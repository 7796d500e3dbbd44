"""What was seen of a post: noted, shown, handed over."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.content import actions
from proche.areas.content.bundle import bundle
from proche.areas.content.models import Post
from proche.areas.content.proofs import Proof, ProofImage
from proche.areas.people.kept import Look
from proche.areas.people.looks import looked
from proche.areas.people.models import Person
from proche.common import ui
from proche.common.errors import Refusal
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.proofs import LookForm
from proche.faces.agency.views.posts import post_page


@require_POST
@workspace
def look(request: StaffRequest, post_id: int) -> HttpResponse:
    """Note what one saw: by one click from the list, or with the caption and a screenshot."""
    post = get_object_or_404(Post.objects.for_actor(request.user), pk=post_id)
    form = LookForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.record_look(post, form.saw, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            ui.toast(request, _("Noted, and kept as proof."))
            if request.POST.get("back") == "list":
                return redirect(reverse("agency:posts") + "?state=look_again")
            return redirect("agency:post", post_id=post.pk)
    return post_page(request, post_id, look_form=form)


@require_POST
@workspace
def ask_screenshot(request: StaffRequest, post_id: int) -> HttpResponse:
    """Write to the member, who alone can show a post that the network does not."""
    post = get_object_or_404(Post.objects.for_actor(request.user), pk=post_id)
    actions.ask_screenshot(post, by=request.actor)
    ui.toast(request, _("Written to the member: a screenshot is asked for."))
    return redirect("agency:post", post_id=post.pk)


@workspace
def export(request: StaffRequest, post_id: int, proof_id: int) -> HttpResponse:
    """One proof as a ZIP; the taking is noted."""
    proofs = Proof.objects.for_actor(request.user).filter(post=post_id)
    proofs = proofs.exclude(post__exchange__offer__person__state=Person.State.LEFT)
    related = ("time_stamp", "post__exchange__offer__person")
    proof = get_object_or_404(
        proofs.select_related(*related).prefetch_related("images"), pk=proof_id
    )
    packed = bundle(proof)
    looked(proof.post.exchange.offer.person, by=request.actor, what=Look.What.FILE)
    response = HttpResponse(packed, content_type="application/zip")
    name = f"{_('proof')}-{proof.post_id}-{proof.pk}.zip"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Cache-Control"] = "no-store"
    return response


@workspace
def image(request: StaffRequest, post_id: int, image_key: str) -> HttpResponse:
    images = ProofImage.objects.for_actor(request.user).filter(proof__post=post_id)
    images = images.exclude(exchange__offer__person__state=Person.State.LEFT)
    found = get_object_or_404(images, key=image_key)
    return ui.served(found.stored, found.stored.name, found.kind)
