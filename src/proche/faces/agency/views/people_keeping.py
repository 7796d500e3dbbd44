"""What the team writes and keeps about a person: corrections, notes, files; each with an undo."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.content import leaving
from proche.areas.people import correcting, notes, papers
from proche.areas.people.kept import Note, PersonFile
from proche.areas.people.looks import What, looked
from proche.areas.people.models import Account, Person
from proche.areas.people.wording import fact_name
from proche.common import ui
from proche.common.errors import Refusal
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.forms.correcting import CorrectionForm
from proche.faces.agency.forms.keeping import FileForm, NoteForm
from proche.faces.agency.views.people_sections import correction_of, paged, person_of, shown


@workspace
def correct(request: StaffRequest, key: str, name: str, account: int = 0) -> HttpResponse:
    """One fact, another value, and why."""
    person = person_of(request, key)
    row = get_object_or_404(person.accounts.all(), pk=account) if account else person
    held = row if isinstance(row, Account) else None
    if name not in (correcting.ACCOUNT_CORRECTED if held else correcting.CORRECTED):
        raise Http404
    form = CorrectionForm(row, name, request.POST or None)
    if request.method == "POST" and form.is_valid():
        value, reason = form.cleaned_data["value"], form.cleaned_data["reason"]
        try:
            said = correcting.correct(
                person, name, value, reason=reason, by=request.actor, account=held
            )
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            undo = reverse("agency:correction_undo", args=[person.key, said.pk])
            ui.toast(request, _("Corrected. The person sees it, and why."), undo=undo)
            return redirect("agency:person_facts", key=person.key)
    context = {"person": person, "form": form, "name": fact_name(name), "account": held}
    return render(request, "agency/people/correct.html", context)


@workspace
@require_POST
def correction_undo(request: StaffRequest, key: str, pk: int) -> HttpResponse:
    person = person_of(request, key)
    correcting.put_back(correction_of(person, pk), by=request.actor)
    ui.toast(request, _("It says again what it said before."))
    return redirect("agency:person_facts", key=person.key)


@workspace
def all_notes(request: StaffRequest, key: str) -> HttpResponse:
    """Read them, and write one."""
    person = person_of(request, key)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = notes.write_note(person, form.cleaned_data["text"], by=request.actor)
        undo = reverse("agency:note_remove", args=[person.key, note.pk])
        ui.toast(request, _("The note is kept."), undo=undo)
        return redirect("agency:person_notes", key=person.key)
    page = paged(request, person.notes.filter(removed_at=None).select_related("author"))
    return shown(request, person, "person_notes", page=page, form=form)


def _note(person: Person, pk: int) -> Note:
    note: Note = get_object_or_404(person.notes.all(), pk=pk)
    return note


@workspace
def change_note(request: StaffRequest, key: str, pk: int) -> HttpResponse:
    person = person_of(request, key)
    note = _note(person, pk)
    form = NoteForm(request.POST or None, initial={"text": note.text})
    if request.method == "POST" and form.is_valid():
        try:
            notes.change_note(note, form.cleaned_data["text"], by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            ui.toast(request, _("The note is changed."))
            return redirect("agency:person_notes", key=person.key)
    return render(request, "agency/people/note_form.html", {"person": person, "form": form})


@workspace
@require_POST
def remove_note(request: StaffRequest, key: str, pk: int) -> HttpResponse:
    person = person_of(request, key)
    notes.remove_note(_note(person, pk), by=request.actor)
    undo = reverse("agency:note_back", args=[person.key, pk])
    ui.toast(request, _("The note is removed; it is destroyed in thirty days."), undo=undo)
    return redirect("agency:person_notes", key=person.key)


@workspace
@require_POST
def note_back(request: StaffRequest, key: str, pk: int) -> HttpResponse:
    person = person_of(request, key)
    notes.put_note_back(_note(person, pk), by=request.actor)
    ui.toast(request, _("The note is back."))
    return redirect("agency:person_notes", key=person.key)


@workspace
def files(request: StaffRequest, key: str) -> HttpResponse:
    """See them, and keep one."""
    person = person_of(request, key)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        try:
            kept = papers.keep_file(person, form.read(), name=form.title, why=why, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            undo = reverse("agency:file_remove", args=[person.key, kept.key])
            ui.toast(request, _("The file is kept."), undo=undo)
            return redirect("agency:person_files", key=person.key)
    page = paged(request, person.files.filter(removed_at=None).select_related("by"))
    return shown(request, person, "person_files", page=page, form=form)


def _file(person: Person, file_key: str) -> PersonFile:
    kept: PersonFile = get_object_or_404(person.files.all(), key=file_key)
    return kept


@workspace
def file(request: StaffRequest, key: str, file_key: str) -> HttpResponse:
    """The bytes, to the team of this programme only; the reading is noted."""
    person = person_of(request, key)
    kept = _file(person, file_key)
    if kept.removed_at:
        raise Http404
    looked(person, by=request.actor, what=What.FILE)
    return ui.served(kept.stored, kept.name, kept.kind)


@workspace
@require_POST
def remove_file(request: StaffRequest, key: str, file_key: str) -> HttpResponse:
    person = person_of(request, key)
    papers.remove_file(_file(person, file_key), by=request.actor)
    undo = reverse("agency:file_back", args=[person.key, file_key])
    ui.toast(request, _("The file is removed; it is destroyed in thirty days."), undo=undo)
    return redirect("agency:person_files", key=person.key)


@workspace
@require_POST
def file_back(request: StaffRequest, key: str, file_key: str) -> HttpResponse:
    person = person_of(request, key)
    papers.put_file_back(_file(person, file_key), by=request.actor)
    ui.toast(request, _("The file is back."))
    return redirect("agency:person_files", key=person.key)


@workspace
def leaves(request: StaffRequest, key: str) -> HttpResponse:
    """Who asks by a message of their own to leave: what they would do on their page."""
    decides(request)
    person = person_of(request, key)
    if request.method == "POST":
        leaving.leave(person, by=request.actor)
        ui.toast(
            request, _("Out of the bank at once. A message tells them what is erased, and when.")
        )
        return redirect("agency:bank")
    context = {
        "question": _("Does %(name)s ask to leave?") % {"name": person},
        "lines": [
            _("Only when they ask for it: a break, or no answer, is no reason."),
            _(
                "At once nobody sees them any more. After %(days)d days who they are is erased for "
                "good; until then only they can come back, by the link in their email."
            )
            % {"days": leaving.GRACE_DAYS},
        ],
        "verb": _("Yes, they asked"),
        "back_url": reverse("agency:person_consents", args=[person.key]),
        "stop": True,
    }
    return render(request, "confirm.html", context)
