"""The ready words of refusals and questions, in both languages; each change is a version."""

from dataclasses import asdict, replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.recruitment.models import Preset
from proche.areas.recruitment.presets import Words, presets_of, take_version_back, write_preset
from proche.common import ui
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.forms.applications import PresetForm

FIELDS = PresetForm.Meta.fields


@workspace
def index(request: StaffRequest) -> HttpResponse:
    held = presets_of(request.programme)
    groups = [(kind, [words for words in held if words.kind == kind]) for kind in Preset.Kind]
    return render(request, "agency/applications/ready_words.html", {"groups": groups})


def _words(request: StaffRequest, code: str) -> Words:
    for words in presets_of(request.programme):
        if words.code == code:
            return words
    raise Http404


@workspace
def add(request: StaffRequest, kind: str) -> HttpResponse:
    if kind not in Preset.Kind.values:
        raise Http404
    return _write(request, Words(kind, "", "", "", ""))


@workspace
def change(request: StaffRequest, code: str) -> HttpResponse:
    return _write(request, _words(request, code))


def _write(request: StaffRequest, words: Words) -> HttpResponse:
    decides(request)
    initial = {name: value for name, value in asdict(words).items() if name in FIELDS}
    form = PresetForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        # The version that was read, so that two people do not write over each other.
        seen = request.POST.get("version", "")
        version = int(seen) if seen.isdigit() and len(seen) < 6 else words.version
        written = replace(words, version=version, **form.cleaned_data)
        row = write_preset(request.programme, written, by=request.actor)
        _say(request, _("The words are kept; the next decision starts from them."), row)
        return redirect("agency:ready_words")
    context = {"form": form, "words": words, "kind": Preset.Kind(words.kind)}
    return render(request, "agency/applications/ready_words_form.html", context)


@workspace
@require_POST
def remove(request: StaffRequest, code: str) -> HttpResponse:
    decides(request)
    row = write_preset(request.programme, _words(request, code), by=request.actor, removed=True)
    _say(request, _("Removed."), row)
    return redirect("agency:ready_words")


def _say(request: StaffRequest, said: str, row: Preset) -> None:
    ui.toast(request, said, undo=reverse("agency:ready_words_undo", args=[row.pk]))


@workspace
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    decides(request)
    take_version_back(request.programme, pk)
    ui.toast(request, _("The words are as they were."))
    return redirect("agency:ready_words")
