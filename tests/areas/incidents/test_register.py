"""Nothing of the register is deleted, and a correction leaves what was written before."""

from datetime import date
from typing import Any

import pytest

from proche.areas.incidents.actions import correct_incident, write_incident
from proche.areas.incidents.models import FACTS, IncidentVersion
from proche.areas.incidents.queries import every_version, register
from proche.common.errors import Refusal
from tests.cast import Cast

pytestmark = pytest.mark.django_db


TOLD = date(2026, 3, 5)


def facts(**more: Any) -> dict[str, Any]:
    told: dict[str, Any] = dict.fromkeys(FACTS)
    return told | {
        "what": "Un colis à la mauvaise adresse.",
        "known_on": date(2026, 3, 4),
        "information": "Une adresse.",
        "whose": "Une membre",
        "people": 1,
        "estimated": False,
        "serious": False,
        "why_serious": "Rendu fermé.",
        "public_notice": "",
        "measures": "Relu à deux.",
        **more,
    }


def test_incidents_are_numbered_in_their_programme_and_the_last_known_comes_first(
    cast: Cast,
) -> None:
    write_incident(cast.programme, facts(known_on=date(2026, 5, 1)), by=cast.owner)
    write_incident(cast.programme, facts(), by=cast.owner)
    stranger = cast.stranger.roles.get()
    write_incident(stranger.programme, facts(), by=cast.stranger)
    shown = [(one.incident.number, one.known_on.month) for one in register(cast.programme)]
    assert shown == [(1, 5), (2, 3)]
    assert register(stranger.programme).get().incident.number == 1


def test_a_correction_is_a_version_with_its_reason_and_the_earlier_one_stays(cast: Cast) -> None:
    first = write_incident(cast.programme, facts(), by=cast.owner)
    told: dict[str, Any] = {"by": cast.owner, "read": 1}
    with pytest.raises(Refusal) as nothing:
        correct_incident(first.incident, facts(), reason="Relu.", **told)
    with pytest.raises(Refusal) as silent:
        correct_incident(first.incident, facts(people=3), reason=" ", **told)
    assert (nothing.value.code, silent.value.code) == ("no_change", "reason_needed")
    correct_incident(first.incident, facts(people=3), reason="Recompté.", **told)
    with pytest.raises(Refusal) as meanwhile:
        correct_incident(first.incident, facts(people=4), reason="Recompté encore.", **told)
    assert meanwhile.value.code == "changed_since"
    rows = every_version(cast.programme).values_list("version", "people", "reason")
    assert list(rows) == [(1, 1, ""), (2, 3, "Recompté.")]
    assert register(cast.programme).get().people == 3


@pytest.mark.parametrize(
    ("more", "to_tell"),
    [
        ({}, False),
        ({"serious": True}, True),
        ({"serious": True, "commission_told_on": TOLD}, True),
        ({"serious": True, "people_told_on": TOLD}, True),
        (
            {"serious": True, "commission_told_on": TOLD, "public_notice": "Avis."},
            False,
        ),
        (
            {
                "serious": True,
                "commission_told_on": TOLD,
                "people_told_on": TOLD,
            },
            False,
        ),
    ],
)
def test_somebody_is_still_to_be_told_of_a_serious_one_until_both_were(
    more: dict[str, Any], to_tell: bool
) -> None:
    assert IncidentVersion(**facts(**more)).to_tell is to_tell


def test_it_is_kept_five_years_at_least_from_the_day_it_was_known() -> None:
    assert IncidentVersion(**facts()).kept_until == date(2031, 3, 4)
    assert IncidentVersion(**facts(known_on=date(2024, 2, 29))).kept_until == date(2029, 2, 28)
