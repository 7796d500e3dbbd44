"""The images of a story, each beside what is written on it, and the file of its subtitles."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from proche.areas.content.frames import MOST_FRAMES, PREFIX, said_in, small_picture
from proche.common.errors import Refusal

TEXT, PICTURE, ELSEWHERE = "frame_text", "frame_picture", "frame_elsewhere"
LONGEST_TEXT, LONGEST_PICTURE = 300, 80_000
# What stands in the text of a post for an image on which nothing is written.
NOTHING = "–"


class FilesForm(forms.Form):
    """Read as soon as it is sent, and not kept."""

    images = forms.FileField(
        label=_("Images of the story"),
        help_text=_("PNG, JPEG or WebP, ten at most, in their order."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    subtitles = forms.FileField(
        label=_("Subtitles of the video"),
        help_text=_("A .srt or .vtt file."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".srt,.vtt,text/vtt"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["images"].widget.allow_multiple_selected = True
        self.fields["images"].widget.attrs["multiple"] = True


@dataclass(frozen=True)
class FrameShown:
    number: int
    picture: str
    text: str
    elsewhere: bool

    @property
    def line(self) -> str:
        return " ".join(self.text.split()) or NOTHING


def frames_in(data: QueryDict) -> list[FrameShown]:
    """The images sent before, with what the member typed beside them since."""
    texts, pictures = data.getlist(TEXT), data.getlist(PICTURE)
    elsewhere = set(data.getlist(ELSEWHERE))
    frames = []
    for number, text in enumerate(texts[:MOST_FRAMES]):
        given = pictures[number] if number < len(pictures) else ""
        # Written into the page as an address: nothing but a small picture of our own may be.
        own = given.startswith(PREFIX) and len(given) < LONGEST_PICTURE and given.isascii()
        shown = text[:LONGEST_TEXT]
        frames.append(FrameShown(number, given if own else "", shown, str(number) in elsewhere))
    return frames


def read_files(request: HttpRequest, data: QueryDict) -> list[str]:
    """Bring the files sent into `data`; the refusals, in words. What can be read is kept."""
    refused: list[str] = []
    room = MOST_FRAMES - len(data.getlist(TEXT))
    images = request.FILES.getlist("images")
    if len(images) > room:
        refused.append(str(_("Ten images at most: the others were left out.")))
    for image in images[: max(0, room)]:
        picture = _taken(small_picture, image, refused)
        if picture:
            data.setlist(TEXT, [*data.getlist(TEXT), ""])
            data.setlist(PICTURE, [*data.getlist(PICTURE), picture])
    subtitles = request.FILES.get("subtitles")
    if isinstance(subtitles, UploadedFile):
        data["said"] = _taken(said_in, subtitles, refused) or data.get("said", "")
    return refused


def _taken(read: Any, file: Any, refused: list[str]) -> str:
    try:
        return str(read(file.read(), file.name or ""))
    except Refusal as refusal:
        refused.append(str(refusal.sentence))
        return ""


def with_frames(data: QueryDict) -> list[FrameShown]:
    """What is written on the images that show the brand becomes « written on screen »."""
    frames = frames_in(data)
    if frames:
        data["on_screen"] = "\n".join(one.line for one in frames if not one.elsewhere)
    return frames
