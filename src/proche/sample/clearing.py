"""Taking the sample away: every row of it, and nothing else."""

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from proche.areas.accounts.models import Programme, User
from proche.areas.content.images import destroy
from proche.areas.content.proofs import Proof, ProofImage
from proche.areas.content.proving import forget


@transaction.atomic
def clear() -> bool:
    """Remove the sample programmes with all they hold; False where there is none.

    Users go with it when it was their only place, whoever added them to its team; the texts of
    the consents stay, they are the installation's.
    """
    programmes = Programme.objects.filter(is_sample=True)
    users = _users_of_sample()
    if not programmes.exists() and not users.exists():
        return False
    leaving = set(users.values_list("pk", flat=True))
    _end_sessions(leaving)
    for programme in programmes:
        forget(list(Proof.objects.in_programme(programme)))
        destroy(list(ProofImage.objects.in_programme(programme)))
    programmes.delete()
    User.objects.filter(pk__in=leaving).delete()
    return True


def _users_of_sample() -> QuerySet[User]:
    here = Q(roles__programme__is_sample=True) | Q(person__programme__is_sample=True)
    elsewhere = Q(roles__programme__is_sample=False) | Q(person__programme__is_sample=False)
    kept = User.objects.filter(elsewhere | Q(is_superuser=True))
    return (
        User.objects.filter(here | Q(is_sample=True)).exclude(pk__in=kept.values("pk")).distinct()
    )


def _end_sessions(users: set[int]) -> None:
    for session in Session.objects.filter(expire_date__gte=timezone.now()):
        if int(session.get_decoded().get("_auth_user_id", 0)) in users:
            session.delete()
