"""Thresholds are set by hand or from a file; each version is kept, a wrong file refused."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from proche.areas.accounts.models import Programme
from proche.areas.evidence.models import ProgrammeThresholds
from proche.areas.evidence.thresholds import thresholds_of
from tests.cast import Cast, signed_in

PAGE = "/bureau/verdicts/"


def thresholds_file(owner: Client) -> str:
    return owner.get(f"{PAGE}seuils/exporter/").content.decode()


def load(owner: Client, text: str) -> Any:
    given = SimpleUploadedFile("thresholds.toml", text.encode())
    return owner.post(f"{PAGE}seuils/fichier/", {"file": given})


def test_thresholds_are_changed_with_their_version(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    page = owner.get(f"{PAGE}seuils/")
    values = dict(page.context["form"].initial)
    assert values["ceiling"] == cast.programme.follower_ceiling
    owner.post(f"{PAGE}seuils/", values | {"ceiling": 3000})
    cast.programme.refresh_from_db()
    assert cast.programme.follower_ceiling == 3000
    assert "2026.1+" in owner.get(PAGE).content.decode()


def test_a_threshold_out_of_order_keeps_what_was_typed(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    values = dict(owner.get(f"{PAGE}seuils/").context["form"].initial)
    page = owner.post(f"{PAGE}seuils/", values | {"far": 90})
    assert "far" in page.context["form"].errors
    assert 'value="90"' in page.content.decode()


def test_a_file_of_thresholds_is_loaded_under_the_version_it_names(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    text = thresholds_file(owner).replace('"2026.1"', '"2026.1-ici"')
    load(owner, text.replace("ceiling = 5000", "ceiling = 3000").replace("ask = 0.6", "ask = 0.5"))
    own = thresholds_of(Programme.objects.get(pk=cast.programme.pk))
    assert (own.version, own.ceiling, own.ask, own.near) == ("2026.1-ici", 3000, 0.5, 60)
    assert 'version = "2026.1-ici"' in thresholds_file(owner)
    assert "2026.1-ici" in owner.get(f"{PAGE}seuils/").content.decode()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ceiling = 5000", "ceiling = ", "TOML illisible"),
        ("ceiling = 5000", 'ceiling = "beaucoup"', "[size] ceiling"),
        ("ceiling = 5000", "ceiling = 50", "Plafond d’abonnés"),
        ("near = 60", "near = nan", "Proximité jugée grande"),
        ("far = 40", "far = 70", "doit être plus petit que"),
        ("near = 60", "near = 65", "donnez un nouveau nom"),
        ("[size]", "[" * 9_000, "TOML illisible"),
    ],
)
def test_a_wrong_file_says_what_to_correct_and_what_held_stays(
    cast: Cast, old: str, new: str, said: str
) -> None:
    owner = signed_in(cast.owner)
    before = thresholds_of(cast.programme)
    page = load(owner, thresholds_file(owner).replace(old, new))
    assert page.status_code == 200
    assert said in " ".join(page.context["file_form"].errors["file"])
    assert thresholds_of(Programme.objects.get(pk=cast.programme.pk)) == before


def test_what_held_before_is_kept_with_who_changed_it(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    values = dict(owner.get(f"{PAGE}seuils/").context["form"].initial)
    owner.post(f"{PAGE}seuils/", values | {"ceiling": 3000})
    owner.post(f"{PAGE}seuils/", values | {"ceiling": 4000})
    versions = owner.get(f"{PAGE}seuils/").context["versions"]
    assert [version.row.ceiling for version in versions] == [4000, 3000]
    assert versions[0].name != versions[1].name
    assert {version.row.changed_by for version in versions} == {cast.owner}


def test_an_assistant_loads_no_thresholds(cast: Cast) -> None:
    text = thresholds_file(signed_in(cast.owner))
    assert load(signed_in(cast.assistant), text).status_code == 409
    assert ProgrammeThresholds.objects.count() == 0
