"""Verbs of the bank page: tags for many people with an undo, and views with a name."""

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, User
from proche.areas.people.bank import BankView, TagAct
from proche.areas.people.models import Person, Tag
from proche.areas.people.settling import in_place_of, listed
from proche.common.errors import Refusal

# A database takes so many values in one question.
CHUNK = 5_000
HOLDING = Tag.people.through


@transaction.atomic
def tag_people(programme: Programme, name: str, people: Sequence[int], *, by: User) -> TagAct:
    """Give the tag, made if it is new, to those of the programme who had it not."""
    name = " ".join(name.split())[:40]
    if not name:
        raise Refusal(_("Write the tag first."), code="no_tag", field="tag")
    word = Tag.objects.in_programme(programme).filter(name__iexact=name).first()
    word = word or Tag.objects.create(programme=programme, name=name)
    given: list[int] = []
    for chunk in _chunks(people):
        ours = _ours(programme, chunk)
        given += sorted(ours - _holding(word, chunk))
    _give(word, given)
    return TagAct.objects.create(
        programme=programme, by=by, name=word.name, given=True, people=given
    )


@transaction.atomic
def untag_people(programme: Programme, name: str, people: Sequence[int], *, by: User) -> TagAct:
    """Take the tag from those who have it; the word itself stays."""
    word = Tag.objects.in_programme(programme).filter(name__iexact=name.strip()).first()
    if word is None:
        raise Refusal(_("Nobody has this tag."), code="no_such_tag", field="tag")
    taken = sorted(pk for chunk in _chunks(people) for pk in _holding(word, chunk))
    _take(word, taken)
    return TagAct.objects.create(
        programme=programme, by=by, name=word.name, given=False, people=taken
    )


@transaction.atomic
def take_back(act: TagAct) -> None:
    """Undo once, for those it changed; who left meanwhile stays gone."""
    locked = TagAct.objects.select_for_update().get(pk=act.pk)
    if locked.undone_at:
        raise Refusal(_("This was already undone."), code="already_undone")
    word, _fresh = Tag.objects.get_or_create(programme=locked.programme, name=locked.name)
    if locked.given:
        _take(word, locked.people)
    else:
        there = (_ours(locked.programme, chunk) for chunk in _chunks(locked.people))
        _give(word, sorted(set[int]().union(*there)))
    TagAct.objects.filter(pk=locked.pk).update(undone_at=timezone.now())


def acts_once_merged(kept: Person, other: Person) -> Iterator[tuple[TagAct, str, list[int]]]:
    """Undoing an act reaches the kept person, unless they had the tag for another reason."""
    theirs = {name.casefold() for name in kept.tags.values_list("name", flat=True)}
    for act in listed(TagAct, "people", kept, other):
        if not (act.given and act.name.casefold() in theirs):
            yield act, "people", in_place_of(other, kept, act.people)


def _chunks(people: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(people), CHUNK):
        yield people[start : start + CHUNK]


def _ours(programme: Programme, people: Sequence[int]) -> set[int]:
    found = Person.objects.in_programme(programme).filter(pk__in=people)
    return set(found.values_list("pk", flat=True))


def _holding(word: Tag, people: Sequence[int]) -> set[int]:
    rows = HOLDING.objects.filter(tag=word, person__in=people)
    return set(rows.values_list("person_id", flat=True))


def _give(word: Tag, people: Sequence[int]) -> None:
    rows = (HOLDING(tag_id=word.pk, person_id=pk) for pk in people)
    HOLDING.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)


def _take(word: Tag, people: Sequence[int]) -> None:
    for chunk in _chunks(people):
        HOLDING.objects.filter(tag=word, person__in=chunk).delete()


@transaction.atomic
def keep_view(view: BankView) -> BankView:
    """Save a view under its name; at most one of somebody's views opens the bank."""
    others = BankView.objects.filter(
        programme=view.programme, owner=view.owner, removed_at=None
    ).exclude(pk=view.pk)
    if others.filter(name__iexact=view.name).exists():
        raise Refusal(
            _("You already have a view of this name."), code="view_name_taken", field="name"
        )
    if view.opens_first:
        others.filter(opens_first=True).update(opens_first=False)
    view.save()
    return view


def copy_view(view: BankView, *, by: User) -> BankView:
    """A view of one's own, like one that somebody shares; a number where the name is taken."""
    mine = BankView.objects.filter(programme=view.programme, owner=by, removed_at=None)
    taken = {name.casefold() for name in mine.values_list("name", flat=True)}
    names = [view.name, *(f"{view.name[:55]} {n}" for n in range(2, len(taken) + 3))]
    name = next(name for name in names if name.casefold() not in taken)
    return keep_view(
        BankView(
            programme=view.programme, owner=by, name=name, query=view.query, columns=view.columns
        )
    )


@transaction.atomic
def bring_back(view: BankView) -> BankView:
    """Undo a removal; beside another of the same name it takes a number."""
    same = BankView.objects.filter(
        programme=view.programme, owner=view.owner, removed_at=None, name__iexact=view.name
    )
    BankView.objects.filter(pk=view.pk).update(
        removed_at=None,
        opens_first=False,
        name=f"{view.name[:55]} {same.count() + 1}" if same.exists() else view.name,
    )
    return view
