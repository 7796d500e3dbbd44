"""Ready words for a refusal or a question, in both languages: those of the programme, else ours."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, User
from proche.areas.people.models import new_key
from proche.areas.recruitment.models import Preset
from proche.common.errors import Refusal

Kind = Preset.Kind


@dataclass(frozen=True)
class Words:
    """What one preset says; version 0 is ours, as nobody changed it yet."""

    kind: str
    title_fr: str
    title_en: str
    text_fr: str
    text_en: str
    code: str = ""
    version: int = 0


OURS = (
    Words(
        Kind.REFUSE,
        "Trop d’abonnés",
        "Too many followers",
        "Un de vos comptes dépasse le nombre d’abonnés de ce programme. Il est fait pour des "
        "communautés plus petites.",
        "One of your accounts is above the number of followers of this programme. It is made for "
        "smaller communities.",
        "ceiling",
    ),
    Words(
        Kind.REFUSE,
        "Veut en vivre",
        "Wants to live from it",
        "Vous nous dites vouloir vivre de vos réseaux. Ce programme s’adresse à celles et ceux qui "
        "ne le cherchent pas; une agence de créateurs vous servirait mieux.",
        "You told us that you want to live from your networks. This programme is for people who "
        "do not; an agency for creators would serve you better.",
        "living",
    ),
    Words(
        Kind.REFUSE,
        "Publie peu",
        "Posts little",
        "Vos comptes ont peu de publications pour l’instant. Écrivez-nous de nouveau quand vous "
        "publierez plus régulièrement.",
        "Your accounts have few posts for now. Write to us again once you post more regularly.",
        "quiet",
    ),
    Words(
        Kind.REFUSE,
        "Compte introuvable",
        "Account not found",
        "Nous n’avons pas trouvé le compte que vous indiquez. Avec son nom exact, nous regarderons "
        "de nouveau.",
        "We did not find the account you gave. With its exact name, we will look again.",
        "not_found",
    ),
    Words(
        Kind.ASK,
        "Combien d’abonnés?",
        "How many followers?",
        "Combien d’abonnés votre compte principal montre-t-il aujourd’hui?",
        "How many followers does your main account show today?",
        "followers",
    ),
    Words(
        Kind.ASK,
        "Est-ce votre compte?",
        "Is it your account?",
        "Le compte que vous indiquez est-il le vôtre, ou celui de votre commerce?",
        "Is the account you gave your own, or the one of your business?",
        "whose",
    ),
)


def presets_of(programme: Programme, kind: str = "") -> list[Words]:
    """Ours first, as the programme rewrote them, then its own; the removed ones are left out."""
    held = {words.code: words for words in OURS}
    for row in programme.presets.order_by("version", "pk"):
        if row.removed:
            held.pop(row.code, None)
        else:
            held[row.code] = _words(row)
    return [words for words in held.values() if kind in ("", words.kind)]


def _words(row: Preset) -> Words:
    return Words(
        row.kind,
        row.title_fr,
        row.title_en,
        row.text_fr,
        row.text_en,
        row.code,
        row.version,
    )


@transaction.atomic
def write_preset(programme: Programme, words: Words, *, by: User, removed: bool = False) -> Preset:
    """Add a version; a preset without a code is a new one. Raises Refusal where somebody else
    wrote another version since `words` was read."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    code = words.code or new_key()[:16]
    last = programme.presets.filter(code=code).order_by("-version").first()
    if last is not None and last.version != words.version:
        raise Refusal(
            _("Somebody changed these words in the meantime. Read them, then change them again."),
            code="changed_meanwhile",
        )
    return Preset.objects.create(
        programme=programme,
        written_by=by,
        written_at=timezone.now(),
        removed=removed,
        **asdict(words) | {"code": code, "version": words.version + 1},
    )


@transaction.atomic
def take_version_back(programme: Programme, pk: int) -> None:
    """Undo: the version before counts again. Raises Refusal once another one followed."""
    row = programme.presets.select_for_update().filter(pk=pk).first()
    if row is None or programme.presets.filter(code=row.code, version__gt=row.version).exists():
        raise Refusal(_("These words changed again since."), code="changed_meanwhile")
    row.delete()
