import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proche.areas.impact.models import Result, Study
from proche.core.impact import Study as Trial
from proche.core.impact import Words, analyse, read_results
from proche.core.impact import plan_study as simulate
from tests.cast import Cast, signed_in
from tests.factories.impact import (
    UNCLEAR,
    a_brand,
    a_study,
    dated_table,
    measured,
    table,
)

pytestmark = pytest.mark.django_db

WORDS: dict[str, Any] = {
    "title_fr": "Sirop pétillant",
    "title_en": "Sparkling syrup",
    "product_fr": "du sirop",
    "product_en": "the syrup",
    "unit_fr": "magasin",
    "unit_en": "store",
    "units_fr": "magasins",
    "units_en": "stores",
    "verb_fr": "a vendu",
    "verb_en": "sold",
    "outcome_fr": "bouteilles",
    "outcome_en": "bottles",
    "one_fr": "bouteille",
    "one_en": "bottle",
    "period_fr": "semaine",
    "period_en": "week",
}


def read(client: Client, name: str, *args: Any, **query: Any) -> str:
    return " ".join(
        client.get(reverse(f"agency:{name}", args=args), query).content.decode().split()
    )


def upload(client: Client, study: Study, content: bytes, name: str = "ventes.csv") -> Any:
    file = SimpleUploadedFile(name, content, "text/csv")
    return client.post(
        reverse("agency:study_results", args=[study.pk]), {"upload": "1", "table": file}
    )


def typed(client: Client, study: Study, *rows: tuple[str, ...], **more: str) -> Any:
    data = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": "0", **more}
    for number, row in enumerate(rows):
        for field, value in zip(("unit", "arm", "before", "after", "cost"), row, strict=False):
            data[f"form-{number}-{field}"] = value
    return client.post(reverse("agency:study_results", args=[study.pk]), data)


def test_a_stranger_finds_no_study(cast: Cast) -> None:
    study = measured(cast.programme)
    stranger = signed_in(cast.stranger)
    for name in ("study", "study_change", "study_freeze", "study_results", "study_csv"):
        assert stranger.get(reverse(f"agency:{name}", args=[study.pk])).status_code == 404
    undo = reverse("agency:study_results_undo", args=[study.pk])
    assert stranger.post(undo).status_code == 404
    assert "Sirop pétillant" not in read(stranger, "studies")
    assert Result.objects.count() == 1


def test_the_list_tells_what_is_conclusive_what_is_not_and_what_waits(cast: Cast) -> None:
    client = signed_in(cast.assistant)
    assert "Aucune mesure pour l’instant." in read(client, "studies")
    measured(cast.programme)
    measured(cast.programme, table(UNCLEAR))
    a_study(cast.programme)
    page = read(client, "studies")
    for words in ("Concluantes 1", "Pas assez de données 1", "En attente de résultats 1"):
        assert words in page
    assert "+10,0<small>+9,0 à +11,0</small>" in page
    only = read(client, "studies", state="not_enough")
    assert "+4,0" in only
    assert "+10,0" not in only
    assert "Aucune mesure n’y répond." in read(client, "studies", q="zzz")


def test_a_study_is_planned_frozen_and_then_only_its_words_change(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    brand = a_brand(cast.programme)
    planned = client.post(
        reverse("agency:study_plan"), {**WORDS, "brand": brand.pk, "starts_on": "2025-08-14"}
    )
    study = Study.objects.get()
    assert planned["Location"] == reverse("agency:study", args=[study.pk])
    assert (study.brand, study.starts_on, study.one_en) == (brand, date(2025, 8, 14), "bottle")
    assert "Les résultats ne sont pas encore entrés." in read(client, "study", study.pk)

    assert "Figer le plan de cette mesure?" in read(client, "study_freeze", study.pk)
    client.post(reverse("agency:study_freeze", args=[study.pk]))
    change = reverse("agency:study_change", args=[study.pk])
    client.post(change, {**WORDS, "title_fr": "Sirop d’hiver", "starts_on": "2025-12-01"})
    study.refresh_from_db()
    assert (study.title_fr, study.starts_on) == ("Sirop d’hiver", date(2025, 8, 14))


def test_an_assistant_does_not_freeze_a_plan(cast: Cast) -> None:
    study = a_study(cast.programme)
    page = signed_in(cast.assistant).post(reverse("agency:study_freeze", args=[study.pk]))
    assert page.status_code == 409
    study.refresh_from_db()
    assert study.planned_at is None


def test_the_sentence_is_shown_with_the_words_typed_and_nothing_is_kept(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    sent = {**WORDS, "verb_en": "poured", "preview": "1"}
    page = client.post(reverse("agency:study_plan"), sent).content.decode()
    assert "chaque magasin a vendu 9,4 bouteilles de plus par semaine" in page
    assert "each store poured 9.4 more bottles per week" in page
    assert 'value="poured"' in page
    assert not Study.objects.exists()


def test_an_empty_form_keeps_what_was_typed_beside_its_faults(cast: Cast) -> None:
    page = signed_in(cast.strategist).post(reverse("agency:study_plan"), {"unit_fr": "boutique"})
    assert page.status_code == 200
    assert 'value="boutique"' in page.content.decode()
    assert "field-wrong" in page.content.decode()


def test_a_file_is_read_measured_and_shown(cast: Cast) -> None:
    client = signed_in(cast.assistant)
    study = a_study(cast.programme, units_per_arm=30)
    sent = upload(client, study, dated_table())
    assert sent["Location"] == reverse("agency:study", args=[study.pk])
    page = read(client, "study", study.pk)
    assert (
        "chaque magasin a vendu <mark>10,0 bouteilles de plus par semaine</mark>. "
        "Là où la vedette en a parlé, 5,0 de plus." in page
    )
    assert "2,0 fois" in page
    # Fieller by hand: 24.002 r² - 2 x 49.501 r + 99.002 = 0.
    assert "entre 1,7 et 2,4" in page
    assert "Si l’effet dure après le 21 août 2025." in page
    assert "Le plan en promettait 30 par groupe." in page
    assert "2 comptes avant et 2 après, un par semaine." in page
    assert "12 magasins en comparaison" in page
    assert "d\\u00e9but de la campagne" in page
    assert Result.objects.get().file_name == "ventes.csv"


def test_the_same_page_in_english(cast: Cast) -> None:
    study = measured(cast.programme)
    client = signed_in(cast.strategist)
    client.cookies["django_language"] = "en"
    page = read(client, "study", study.pk)
    assert "each store sold <mark>10.0 more bottles per week</mark>" in page
    assert "2.0 times" in page
    assert "Per extra bottle" in page
    assert "$5" in page


def test_without_bounds_there_is_no_ratio_but_a_reason(cast: Cast) -> None:
    study = measured(cast.programme, table(UNCLEAR))
    page = read(signed_in(cast.strategist), "study", study.pk)
    assert "Pas assez de données pour un rapport" in page
    assert "<mark>l’effet pourrait être nul</mark>" in page
    assert " fois</" not in page
    assert "au moins" in page


def test_without_a_star_the_page_says_that_there_is_no_ratio(cast: Cast) -> None:
    members_only = {arm: gains for arm, gains in UNCLEAR.items() if arm != "star"}
    study = measured(cast.programme, table(members_only, cost=None))
    page = read(signed_in(cast.strategist), "study", study.pk)
    assert "Aucun groupe n’avait de vedette" in page
    assert "Ce que cela a coûté : les résultats n’ont pas de coût." in page.replace("\u00a0", " ")


def test_a_wrong_file_names_each_row_and_keeps_what_stood_before(cast: Cast) -> None:
    client = signed_in(cast.assistant)
    study = measured(cast.programme)
    wrong = b"unit,arm,period,outcome\nA,control,pre,1\nB,nano,post,beaucoup\nC,nano,,3\n"
    page = upload(client, study, wrong, "nouvelles.csv")
    text = page.content.decode()
    assert page.status_code == 422
    assert "nouvelles.csv\u00a0: 2 choses à corriger. Rien n’a été gardé." in text
    assert "<td>3</td><td>résultat</td>" in text
    assert "<td>4</td><td>période</td>" in text
    assert Result.objects.get().file_name == "ventes.csv"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04zzz", b"\x1f\x8b\x08", b"\xff" * 300])
def test_a_file_that_is_no_table_is_refused_in_one_line(cast: Cast, content: bytes) -> None:
    page = upload(signed_in(cast.assistant), a_study(cast.programme), content)
    assert page.status_code == 422
    assert not Result.objects.exists()


def test_no_file_at_all_is_said_beside_the_field(cast: Cast) -> None:
    study = a_study(cast.programme)
    address = reverse("agency:study_results", args=[study.pk])
    page = signed_in(cast.assistant).post(address, {"upload": "1"})
    assert page.status_code == 422
    assert "id_table_error" in page.content.decode()


def test_results_typed_by_hand_are_read_like_a_file(cast: Cast) -> None:
    client = signed_in(cast.assistant)
    study = a_study(cast.programme)
    typed(
        client, study,
        ("A", "control", "40", "40"), ("B", "control", "40", "42,0"), ("", "control"),
        ("C", "nano", "40", "44", "50"), ("D", "nano", "1 040", "1 046"),
    )  # fmt: skip
    figures = Result.objects.get().figures
    assert figures["arms"]["nano"]["lift"] == 4
    assert figures["costs"]["nano"]["total"] == 50
    # The table comes back filled, to be corrected.
    assert 'value="1046"' in read(client, "study_results", study.pk)


def test_a_wrong_row_typed_by_hand_is_told_under_that_row(cast: Cast) -> None:
    study = a_study(cast.programme)
    page = typed(
        signed_in(cast.assistant), study, ("A", "control", "40", "peu"), ("", "nano", "40", "44")
    )
    text = page.content.decode()
    assert page.status_code == 422
    assert text.count("row-wrong") == 2
    assert 'value="peu"' in text
    assert "n’est pas un nombre" in text
    assert not Result.objects.exists()


def test_more_rows_keep_what_was_typed(cast: Cast) -> None:
    study = a_study(cast.programme)
    page = typed(signed_in(cast.assistant), study, ("A", "nano", "40", "41"), more="1")
    text = page.content.decode()
    assert page.status_code == 200
    assert 'name="form-6-unit"' in text
    assert 'value="A"' in text


def test_the_toast_undoes_the_entry_and_then_the_undo(cast: Cast) -> None:
    client = signed_in(cast.assistant)
    study = measured(cast.programme)
    upload(client, study, table(UNCLEAR), "autre.csv")
    undo = reverse("agency:study_results_undo", args=[study.pk])
    assert undo in read(client, "study", study.pk)
    client.post(undo)
    assert Result.objects.get().file_name == "ventes.csv"
    client.post(undo)
    assert Result.objects.get().file_name == "autre.csv"
    assert client.get(undo).status_code == 405


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_example_can_be_entered_as_it_is(cast: Cast, language: str) -> None:
    client = signed_in(cast.assistant)
    client.cookies["django_language"] = language
    content = client.get(reverse("agency:study_example")).content
    first = content.decode("utf-8-sig").splitlines()[0]
    titles = {
        "fr": "unité;groupe;période;date;résultat;coût",
        "en": "unit,arm,period,date,outcome,cost",
    }
    assert first == titles[language]
    impact = analyse(read_results(content).accepted())
    assert [lift.arm for lift in impact.arms] == ["nano", "star"]
    assert upload(client, a_study(cast.programme), content).status_code == 302


def test_the_figures_leave_as_json_and_as_rows(cast: Cast) -> None:
    study = measured(cast.programme)
    client = signed_in(cast.assistant)
    document = json.loads(client.get(reverse("agency:study_json", args=[study.pk])).content)
    assert document == Result.objects.get().figures
    rows = client.get(reverse("agency:study_csv", args=[study.pk])).content.decode("utf-8-sig")
    lines = rows.splitlines()
    assert lines[0] == "figure,arm,period,date,value,low,high,units"
    assert lines[1].startswith("lift,nano,,,10.0,9.00")
    assert any(line.startswith("ratio_bounded,nano/star,,,2.0,") for line in lines)
    assert any(line.startswith("cost_per_extra,star,,,10.0,") for line in lines)


def test_pages_ask_as_few_questions_for_three_studies_as_for_one(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    counts = []
    for more in (1, 2):
        for _study in range(more):
            study = measured(cast.programme, dated_table())
        with CaptureQueriesContext(
            connection,
        ) as listed:
            client.get(reverse("agency:studies"))
        with CaptureQueriesContext(connection) as shown:
            client.get(reverse("agency:study", args=[study.pk]))
        counts.append(len(listed))
        assert len(shown) <= 15
    assert counts[0] == counts[1]
    assert counts[0] <= 15


def test_the_size_a_study_takes_is_told_before_anything_is_spent(cast: Cast) -> None:
    client = signed_in(cast.assistant)
    study = a_study(cast.programme)
    assert reverse("agency:study_size", args=[study.pk]) in read(client, "study", study.pk)
    page = read(client, "study_size", study.pk, usual="23", star="15", members="30")
    table = simulate(Trial(lift_star=15, lift_nano=30))
    assert f"<mark>Environ {table.recommended} magasins par groupe</mark>" in page
    assert page.count("<tr>") == 1 + len(table.rows)
    wrong = read(client, "study_size", study.pk, usual="23", star="zéro")
    assert "field-wrong" in wrong
    assert "<mark>" not in wrong


def test_a_ratio_is_set_beside_the_latest_other_study_that_had_a_star(cast: Cast) -> None:
    study = measured(cast.programme)
    page = signed_in(cast.assistant)
    assert "pour comparer" not in read(page, "study", study.pk)
    measured(cast.programme, table(UNCLEAR), title=Words("Foulards", "Scarves"))
    without = {arm: gains for arm, gains in UNCLEAR.items() if arm != "star"}
    measured(cast.programme, table(without), title=Words("Tuques", "Tuques"))
    a_study(cast.programme)
    shown = read(page, "study", study.pk).replace("\u00a0", " ")
    assert "Foulards : pour comparer" in shown
    assert "Tuques" not in shown


def test_a_study_is_removed_by_a_strategist_who_was_asked_first(cast: Cast) -> None:
    study = measured(cast.programme)
    address = reverse("agency:study_remove", args=[study.pk])
    assert signed_in(cast.assistant).post(address).status_code == 409
    client = signed_in(cast.strategist)
    assert "Retirer cette mesure?" in client.get(address).content.decode()
    assert Study.objects.count() == 1
    client.post(address)
    assert (Study.objects.count(), Result.objects.count()) == (0, 0)
