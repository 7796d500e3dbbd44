"""What is known of each person, measured by the core in one pass over everybody; then the
verdicts the core proposes, most of them signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from proche.areas.accounts.models import Programme, User
from proche.areas.evidence.actions import account_record
from proche.areas.evidence.actions.refreshing import SOURCE_EN, SOURCE_FR
from proche.areas.evidence.actions.verdicts import facts
from proche.areas.evidence.models import AudienceSample, BankNorms, Evidence, Verdict
from proche.areas.people.models import Account, Person
from proche.core.evidence import Norms
from proche.core.tiers import Qualified, norms_from, qualify_records
from proche.sample.activity import SEEN, activity
from proche.sample.calendar import Calendar
from proche.sample.draw import Draw, table
from proche.sample.people import Made

# Places, among the members, of those whose verdict somebody opened again.
OPENED_AGAIN = (41, 77)
# How many of a hundred followers ever react, where an archive or an API shows it.
SEEN_SHARE = 0.62


def make_evidence(everybody: Sequence[Made], calendar: Calendar, *, signer: User) -> None:
    posts, acts = activity(everybody)
    records = [account_record(m.person, a) for m in everybody for a in m.accounts]
    today = calendar.day(0)
    norms = norms_from(records, posts, acts, as_of=today, source=SOURCE_FR)
    found = qualify_records(records, posts, acts, as_of=today, norms=norms)
    _keep_norms(everybody[0].person.programme, norms, len(records), calendar)
    by_account = {one.account_id: one for one in found}
    rows = [
        fact
        for made in everybody
        for account in reversed(made.accounts)
        for fact in _seen(made.person, account, by_account[str(account.pk)])
    ]
    Evidence.objects.bulk_create(rows, batch_size=500)
    _verdicts(everybody, by_account, signer)
    _open_again([everybody[place].person for place in OPENED_AGAIN], calendar)


def _seen(person: Person, account: Account, one: Qualified) -> list[Evidence]:
    """Dated by the day the account was looked at, not by the day the sample is loaded."""
    return facts(person, one, account, one.measurements[0].as_of)


def _keep_norms(programme: Programme, norms: Norms, accounts: int, calendar: Calendar) -> None:
    """Those who apply from now on are compared with the bank of the sample."""
    BankNorms.objects.create(
        programme=programme,
        body=norms.to_json(),
        source_fr=SOURCE_FR,
        source_en=SOURCE_EN,
        computed_at=calendar.at(1, 3),
        accounts=accounts,
    )


def _verdicts(everybody: Sequence[Made], by_account: Mapping[str, Qualified], signer: User) -> None:
    rows = []
    for made in everybody:
        if made.person.application.email_confirmed_at is None:
            continue
        largest = max(made.accounts, key=lambda account: account.followers or 0)
        verdict = Verdict(person=made.person, **_proposal(by_account[str(largest.pk)], made))
        if made.person.joined_at is not None:
            _sign(verdict, made, signer)
        rows.append(verdict)
    Verdict.objects.bulk_create(rows, batch_size=200)


def _open_again(people: Sequence[Person], calendar: Calendar) -> None:
    """The same evidence, to be decided anew; the signed verdict stays in force meanwhile."""
    for verdict in Verdict.objects.filter(person__in=people).order_by("pk"):
        verdict.pk = None
        verdict._state.adding = True
        verdict.tier, verdict.archetype = verdict.proposed_tier, verdict.proposed_archetype
        verdict.signed_by = verdict.signed_at = None
        verdict.override_reason, verdict.proposed_at = "", calendar.at(3, 16)
        verdict.save()


def _sign(verdict: Verdict, made: Made, signer: User) -> None:
    verdict.signed_by = signer
    verdict.signed_at = made.since + timedelta(days=2, hours=3)
    if verdict.archetype != made.person.archetype:
        verdict.archetype = made.person.archetype
        verdict.override_reason = (
            "Ses publications parlent de son métier."
            if made.person.archetype == "professional"
            else "Ses publications parlent de ses goûts, pas d’un métier."
        )


def _proposal(one: Qualified, made: Made) -> dict[str, Any]:
    v = one.verdict
    return {
        "proposed_tier": v.tier,
        "proposed_archetype": v.archetype or "",
        "tier": v.tier,
        "archetype": v.archetype or "",
        "closeness": v.closeness,
        "closeness_low": v.closeness_low,
        "closeness_high": v.closeness_high,
        "closeness_from": v.closeness_measures,
        "authenticity": v.authenticity,
        "confidence": v.confidence,
        "reasons": [{"code": s.code, "fr": s.fr, "en": s.en} for s in v.reasons],
        "to_confirm": [{"code": s.code, "fr": s.fr, "en": s.en} for s in v.to_confirm],
        "thresholds_version": v.thresholds,
        "proposed_at": made.since + timedelta(days=1, hours=2),
    }


@dataclass(frozen=True)
class Crowd:
    """People who may react: those of a region, those who care for a topic, and the rest."""

    first: int
    size: int

    def some(self, chance: np.random.Generator, n: int) -> Any:
        return self.first + chance.integers(0, self.size, n)


def make_audiences(everybody: Sequence[Made]) -> None:
    """Keyed one-way hashes, as many as react to an account; near members share some of them."""
    draw = Draw("audiences")
    rows = []
    for made in everybody:
        for account in made.accounts:
            if account.proof not in SEEN or not account.followers or not account.as_of:
                continue
            seen = max(20, int(account.followers * SEEN_SHARE * draw.uniform(0.6, 1.1)))
            keys = _keys(np.random.default_rng(draw.getrandbits(32)), made, seen)
            rows.append(
                AudienceSample(
                    account=account,
                    keys=keys.astype("<u8").tobytes(),
                    n=len(keys),
                    proof=account.proof,
                    as_of=account.as_of,
                )
            )
    AudienceSample.objects.bulk_create(rows, batch_size=100)


def _keys(chance: np.random.Generator, made: Made, seen: int) -> Any:
    region = int(made.person.region)
    members = table("places")[made.person.region]["members"]
    topic = sum(map(ord, made.person.topics[0]))
    crowds = [
        (Crowd(region * 1_000_000, 1_500 + 250 * members), 0.45),
        (Crowd(100_000_000 + topic * 1_000_000, 7_000), 0.25),
        (Crowd(10_000_000_000, 3_000_000), 0.30),
    ]
    drawn = np.concatenate([crowd.some(chance, int(seen * share)) for crowd, share in crowds])
    return np.unique(_scattered(drawn.astype(np.uint64)))


def _scattered(keys: Any) -> Any:
    """Spread over 64 bits as a hash is (SplitMix64, Steele et al. 2014)."""
    with np.errstate(over="ignore"):
        z = keys + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))
