"""The register of incidents on its pages: owners only, nothing lost, nothing removed."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proche.areas.incidents.models import IncidentVersion
from tests.cast import Cast, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/bureau/incidents/"
SAID = {
    "what": "Une liste envoyée à la mauvaise marque.",
    "happened_on": "2026-03-03",
    "known_on": "2026-03-04",
    "information": "Prénoms et régions.",
    "whose": "Des membres",
    "people": "12",
    "serious": "yes",
    "why_serious": "=Peu sensible, mais vu de plusieurs.",
    "measures": "Lien fermé.",
}


def written(browser: Client, **more: str) -> int:
    answer = browser.post(f"{PAGE}nouveau/", SAID | more)
    assert answer.status_code == 302
    return int(answer.headers["Location"].strip("/").rpartition("/")[2])


def test_only_an_owner_opens_the_register_and_a_stranger_finds_no_incident(cast: Cast) -> None:
    number = written(signed_in(cast.owner))
    pages = (PAGE, f"{PAGE}{number}/", f"{PAGE}exporter/", f"{PAGE}nouveau/")
    for colleague in (cast.strategist, cast.assistant):
        browser = signed_in(colleague)
        answers = [browser.get(page) for page in pages]
        assert [answer.status_code for answer in answers] == [409] * 4
        assert all("mauvaise marque" not in answer.content.decode() for answer in answers)
        assert browser.post(f"{PAGE}nouveau/", SAID).status_code == 409
    assert signed_in(cast.stranger).get(f"{PAGE}{number}/").status_code == 404
    assert "mauvaise marque" not in signed_in(cast.stranger).get(PAGE).content.decode()
    assert IncidentVersion.objects.count() == 1


def test_a_wrong_day_is_told_beside_it_and_the_rest_stays_as_typed(cast: Cast) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    wrong = SAID | {"known_on": "2026-03-02", "people_told_on": tomorrow, "serious": ""}
    answer = signed_in(cast.owner).post(f"{PAGE}nouveau/", wrong)
    assert set(answer.context["form"].errors) == {"known_on", "people_told_on", "serious"}
    assert "Une liste envoyée à la mauvaise marque." in answer.content.decode()
    assert IncidentVersion.objects.count() == 0


def test_a_correction_keeps_what_was_written_and_the_file_holds_every_version(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    number = written(owner)
    page = owner.get(f"{PAGE}{number}/corriger/")
    assert page.context["form"]["read"].value() == 1
    told = SAID | {"commission_told_on": "2026-03-05", "people_told_on": "2026-03-05"}
    lost = owner.post(f"{PAGE}{number}/corriger/", told | {"reason": "", "read": "1"})
    assert list(lost.context["form"].errors) == ["reason"]
    owner.post(f"{PAGE}{number}/corriger/", told | {"reason": "Avis envoyés.", "read": "1"})
    shown = owner.get(f"{PAGE}{number}/").content.decode()
    assert "Avis envoyés." in shown
    assert "inconnu, ou rien" in shown
    late = owner.post(f"{PAGE}{number}/corriger/", told | {"reason": "Encore.", "read": "1"})
    assert late.status_code == 200
    assert 'value="Encore."' in late.content.decode()
    rows = list(csv.reader(io.StringIO(owner.get(f"{PAGE}exporter/").content.decode("utf-8-sig"))))
    assert [row[:2] for row in rows[1:]] == [["1", "1"], ["1", "2"]]
    # A spreadsheet runs nothing of what was typed.
    assert "'=Peu sensible, mais vu de plusieurs." in rows[1]
    assert ("2026-03-05" in rows[1], "2026-03-05" in rows[2]) == (False, True)


def test_the_register_asks_as_many_questions_for_one_incident_as_for_three(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            written(owner)
        with CaptureQueriesContext(connection) as asked:
            owner.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15
