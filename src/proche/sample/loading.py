"""Loading the sample, part by part, in one transaction."""

from datetime import date

from django.db import transaction

from proche.areas.accounts.models import Programme, Role, User
from proche.areas.people.models import Person
from proche.areas.recruitment.models import Application
from proche.core.results import InputRefused, Sentence
from proche.sample.brands import make_brands
from proche.sample.calendar import Calendar
from proche.sample.calls import make_call
from proche.sample.draw import table
from proche.sample.evidence import make_audiences, make_evidence
from proche.sample.incidents import make_incidents
from proche.sample.mail import make_mail
from proche.sample.people import (
    MEMBERS,
    make_applications,
    make_consents,
    make_people,
    make_tags,
)
from proche.sample.stories import tell_stories
from proche.sample.studies import make_studies
from proche.sample.undeclared import make_undeclared
from proche.sample.walking import walk

REAL = Sentence(
    "real_programme",
    "Un vrai programme est gardé ici. Pour ajouter l’exemple à côté\u00a0: --beside.",
    "A real programme is kept here. To add the sample beside it: --beside.",
)
# Who asks for a review, in questions.toml.
REVIEW = "REVIEW"
TEAM = (
    ("maude@voisine.example", "Maude Gagnon", Role.Kind.OWNER),
    ("jeremie@voisine.example", "Jérémie Caron", Role.Kind.ASSISTANT),
    ("porte@voisine.example", "Ophélie Lavoie", Role.Kind.DOOR),
)


def sample_programme() -> Programme | None:
    return Programme.objects.filter(is_sample=True).first()


@transaction.atomic
def load(today: date, *, beside: bool = False) -> bool:
    """Write the sample as of `today`; False where it is there already.

    Raises InputRefused where a real programme exists, unless it is asked to stand beside it.
    """
    if sample_programme() is not None:
        return False
    if not beside and Programme.objects.exists():
        raise InputRefused(REAL)
    calendar = Calendar(today)
    programme = _programme(calendar)
    maude, jeremie, _door = _team(programme, calendar)
    everybody = make_people(programme, calendar)
    make_consents(everybody)
    make_applications(everybody, calendar, deciders=[maude, maude, maude, jeremie])
    make_evidence(everybody, calendar, signer=maude)
    make_audiences(everybody)
    make_tags(programme, everybody[:MEMBERS])
    make_call(programme, everybody[:MEMBERS], calendar)
    briefs = make_brands(programme, calendar, by=maude)
    cast = {str(made.person): made.person for made in everybody[: len(table("cast")["person"])]}
    _let_in(cast["Camille Ouellet"])
    steps = walk(programme, briefs, cast, calendar, by=maude)
    cast[REVIEW] = Application.objects.get(
        person__programme=programme, state=Application.State.REVIEW
    ).person
    make_mail(programme, steps, cast, calendar, by=maude)
    make_studies(programme, calendar, by=maude)
    make_undeclared(cast, calendar)
    make_incidents(programme, calendar, by=maude)
    tell_stories(programme, steps, calendar)
    return True


def _programme(calendar: Calendar) -> Programme:
    programme = Programme.objects.create(
        name="Voisines et voisins",
        agency_name="Voisine",
        officer_name="Hélène Brisson",
        officer_email="vieprivee@voisine.example",
        postal_address="12, rue de l’Exemple, Rimouski (Québec)  G0G 0G0",
        is_sample=True,
    )
    Programme.objects.filter(pk=programme.pk).update(created_at=calendar.at(560))
    return programme


def _let_in(member: Person) -> None:
    """One member can sign in; the others, were they real, would have an account too."""
    member.user = User.objects.filter(email=member.email).first() or User.objects.create_user(
        member.email, name=str(member), language=member.language, is_sample=True
    )
    member.save(update_fields=["user"])
    User.objects.filter(pk=member.user.pk).update(date_joined=member.joined_at)


def _team(programme: Programme, calendar: Calendar) -> list[User]:
    team = []
    for email, name, kind in TEAM:
        user = User.objects.filter(email=email).first() or User.objects.create_user(
            email, name=name, is_sample=True
        )
        Role.objects.create(user=user, programme=programme, kind=kind)
        team.append(user)
    User.objects.filter(pk__in=[user.pk for user in team]).update(date_joined=calendar.at(559))
    Role.objects.filter(programme=programme).update(given_at=calendar.at(559))
    return team
