"""Proposing a verdict from the evidence, and a person signing it (Law 25, s. 12.1)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.evidence.models import BankNorms, Evidence, Verdict
from proche.areas.evidence.queries import bank_norms
from proche.areas.evidence.thresholds import thresholds_of
from proche.areas.people.actions import record
from proche.areas.people.models import Account, Person
from proche.common.errors import Refusal
from proche.core.evidence import Norms
from proche.core.results import Sentence
from proche.core.tiers import Qualified, qualify_records

Record = Mapping[str, Any]


def account_record(person: Person, account: Account) -> dict[str, Any]:
    """One row of the core's `accounts` table (DESIGN section 4)."""
    return {
        "account_id": str(account.pk),
        "platform": account.platform,
        "handle": account.handle,
        "followers": account.followers,
        "following": account.following,
        "posts_total": account.posts_total,
        "bio": account.bio or None,
        "occupation": person.occupation or None,
        "seeks_living": person.seeks_living,
        "language": person.language,
        "region": person.region,
        "proof": account.proof,
        "as_of": account.as_of,
    }


def propose(
    person: Person,
    *,
    as_of: date,
    posts: Sequence[Record] = (),
    interactions: Sequence[Record] = (),
    norms: BankNorms | None = None,
) -> Verdict | None:
    """Measure the person's accounts and propose a verdict to sign; None without any account.

    Compared with `norms`, else with the newest of the programme. Every account must be under
    the ceiling, so the one with the most followers decides.
    """
    accounts = {str(account.pk): account for account in person.accounts.all()}
    known = [a for a in accounts.values() if a.followers is not None]
    if not known:
        return None
    norms = norms or bank_norms(person.programme)
    qualified = qualify_records(
        [account_record(person, account) for account in known],
        posts,
        interactions,
        as_of=as_of,
        thresholds=thresholds_of(person.programme),
        norms=Norms.from_json(norms.body) if norms else None,
    )
    return keep(person, qualified, accounts, as_of=as_of, norms=norms)


@transaction.atomic
def keep(
    person: Person,
    qualified: Sequence[Qualified],
    accounts: Mapping[str, Account],
    *,
    as_of: date,
    norms: BankNorms | None = None,
) -> Verdict:
    """Store what was measured, and the proposal of the largest account."""
    for one in qualified:
        Evidence.objects.filter(account=accounts[one.account_id], as_of=as_of).delete()
        Evidence.objects.bulk_create(facts(person, one, accounts[one.account_id], as_of))
    largest = max(qualified, key=lambda one: accounts[one.account_id].followers or 0)
    person.verdicts.filter(signed_at=None, replaced_at=None).update(replaced_at=timezone.now())
    verdict = Verdict.objects.create(person=person, norms=norms, **_proposal(largest))
    record(person, "verdict_proposed", tier=verdict.tier)
    return verdict


def facts(person: Person, one: Qualified, account: Account, as_of: date) -> list[Evidence]:
    """What was measured of one account, as rows not yet saved."""
    return [
        Evidence(
            person=person,
            account=account,
            measure=m.measure,
            value=m.value,
            n=m.n,
            low=m.low,
            high=m.high,
            percentile=m.percentile,
            proof=m.proof,
            as_of=as_of,
            note=m.unknown or "",
        )
        for m in one.measurements
    ]


def _proposal(one: Qualified) -> dict[str, Any]:
    verdict = one.verdict
    return {
        "proposed_tier": verdict.tier,
        "proposed_archetype": verdict.archetype or "",
        "tier": verdict.tier,
        "archetype": verdict.archetype or "",
        "closeness": verdict.closeness,
        "closeness_low": verdict.closeness_low,
        "closeness_high": verdict.closeness_high,
        "closeness_from": verdict.closeness_measures,
        "authenticity": verdict.authenticity,
        "confidence": verdict.confidence,
        "reasons": [_both(reason) for reason in verdict.reasons],
        "to_confirm": [_both(reason) for reason in verdict.to_confirm],
        "thresholds_version": verdict.thresholds,
        "proposed_at": timezone.now(),
    }


def _both(sentence: Sentence) -> dict[str, str]:
    return {"code": sentence.code, "fr": sentence.fr, "en": sentence.en}


@transaction.atomic
def sign(
    verdict: Verdict, *, by: User, tier: str = "", archetype: str = "", reason: str = ""
) -> Verdict:
    """Sign the proposal, or decide otherwise with a reason; the one in force before is kept."""
    Person.objects.select_for_update().get(pk=verdict.person_id)
    verdict.refresh_from_db()
    if verdict.signed_at or verdict.replaced_at:
        raise Refusal(_("This verdict was already signed or replaced."), code="already_signed")
    verdict.tier = tier or verdict.proposed_tier
    verdict.archetype = archetype or verdict.proposed_archetype
    differs = (verdict.tier, verdict.archetype) != (
        verdict.proposed_tier,
        verdict.proposed_archetype,
    )
    if differs and not reason.strip():
        raise Refusal(
            _("Say why you decide otherwise: the person may ask."),
            code="reason_needed",
            field="reason",
        )
    now = timezone.now()
    verdict.person.verdicts.filter(signed_at__isnull=False, replaced_at=None).update(
        replaced_at=now
    )
    verdict.override_reason = reason.strip() if differs else ""
    verdict.signed_by, verdict.signed_at = by, now
    verdict.save()
    record(verdict.person, "verdict_signed", by=by, tier=verdict.tier)
    return verdict


@transaction.atomic
def reopen(verdict: Verdict, *, by: User) -> Verdict:
    """Propose the same evidence again, to be decided anew; the signed one stays in force."""
    if verdict.person.verdicts.filter(signed_at=None, replaced_at=None).exists():
        raise Refusal(_("A verdict already waits for a signature."), code="already_open")
    copy = Verdict.objects.get(pk=verdict.pk)
    copy.pk = None
    copy._state.adding = True
    copy.tier, copy.archetype = copy.proposed_tier, copy.proposed_archetype
    copy.signed_by = copy.signed_at = copy.replaced_at = None
    copy.override_reason, copy.proposed_at = "", timezone.now()
    copy.run, copy.change = None, ""
    copy.kept_by = copy.kept_at = copy.kept_until = None
    copy.save()
    record(verdict.person, "verdict_reopened", by=by)
    return copy
