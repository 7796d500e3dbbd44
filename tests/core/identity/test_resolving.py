"""Who is the same human, on cases worked by hand."""

from dataclasses import replace

import pytest

from proche.core.identity import Bank, Decision, Profile, Record, resolve
from proche.core.identity.writing import csv_of

JULIE = Record(
    "a",
    "Julie",
    "Tremblay",
    "lune.tuque@gmail.com",
    "Montréal",
    "06",
    "coiffeuse",
    (Profile("instagram", "coupes_de_lune"),),
)


def decisions(*records: Record) -> dict[str, tuple[str, str]]:
    """record_id: its cluster and its decision."""
    found = resolve(records)
    return {one.record_id: (one.cluster_id, one.decision.value) for one in found.placed}


def merged(*records: Record) -> bool:
    return len({cluster for cluster, _ in decisions(*records).values()}) == 1


def asked(*records: Record) -> list[tuple[str, str]]:
    return [(link.left, link.right) for link in resolve(records).queue]


def test_no_record_gives_an_empty_resolution() -> None:
    found = resolve([])
    assert (found.placed, found.merged, found.queue, found.left_out) == ((), (), (), 0)


def test_one_record_is_alone() -> None:
    assert decisions(JULIE) == {"a": ("a", "single")}


def test_exact_duplicates_are_one_person_under_the_smallest_id() -> None:
    same = (replace(JULIE, record_id="c"), JULIE, replace(JULIE, record_id="b"))
    assert decisions(*same) == {"c": ("a", "auto"), "a": ("a", "auto"), "b": ("a", "auto")}


@pytest.mark.parametrize(
    "other",
    [
        Record("b", "JULIE", "TREMBLAY", "lunetuque+promo@gmail.com"),
        Record("b", "Julie", "Tremblay", accounts=(Profile("Instagram", "@Coupes_de_Lune"),)),
        # moved: another handle, the mailbox stayed
        replace(JULIE, record_id="b", city="Gaspé", region="11", accounts=()),
        # married: another family name, the same mailbox and account
        replace(JULIE, record_id="b", family_name="Tremblay-Gagnon"),
        # the two names in the wrong boxes
        replace(JULIE, record_id="b", given_name="Tremblay", family_name="Julie"),
    ],
)
def test_a_mailbox_or_an_account_under_the_same_name_is_one_person(other: Record) -> None:
    assert merged(JULIE, other)


def test_a_short_form_with_the_same_mailbox_is_one_person() -> None:
    full = Record("a", "Jean-François", "Côté", "givre.hibou@videotron.ca", "Alma", "02")
    assert merged(full, replace(full, record_id="b", given_name="JF", family_name="Cote"))


def test_a_handle_moved_to_a_variant_of_its_own_word_is_one_person() -> None:
    moved = Record("b", "Julie", "Tremblay", accounts=(Profile("tiktok", "coupesdelune_mtl"),))
    assert merged(JULIE, moved) or asked(JULIE, moved) == [("a", "b")]


def test_twins_at_one_address_stay_two_people() -> None:
    twin = replace(JULIE, record_id="b", given_name="Mélanie", occupation="", accounts=())
    assert decisions(JULIE, twin)["b"][0] == "b"


def test_father_and_son_of_one_name_are_never_merged_by_themselves() -> None:
    father = Record(
        "a", "Jean", "Gagnon", "jean.gagnon@bell.net", "Alma", "02", "retraité",
        (Profile("facebook", "jean.gagnon.1955"),),
    )  # fmt: skip
    son = Record(
        "b", "Jean", "Gagnon", "givre99@gmail.com", "Alma", "02", "barbier",
        (Profile("facebook", "gagnon.barbier"),),
    )  # fmt: skip
    assert not merged(father, son)


def test_the_same_common_name_in_two_cities_is_two_people() -> None:
    other = Record("b", "Julie", "Tremblay", "j.tremblay@bell.net", "Gaspé", "11", "notaire")
    assert decisions(JULIE, other)["b"] == ("b", "single")


def test_a_couple_sharing_a_mailbox_stays_two_people() -> None:
    him = Record("b", "Marc", "Tremblay", JULIE.email, "Montréal", "06")
    assert not merged(JULIE, him)


def test_clients_of_an_agency_that_share_its_mailbox_stay_apart() -> None:
    mailbox = "bonjour@agence.example"
    clients = [
        Record(f"c{i}", given, family, mailbox)
        for i, (given, family) in enumerate(
            [("Julie", "Roy"), ("Marc", "Roy"), ("Julie", "Cyr"), ("Omar", "Diallo")]
        )
    ]
    assert {one.decision for one in resolve(clients).placed} <= {Decision.SINGLE, Decision.REVIEW}


def test_empty_fields_agree_with_nobody() -> None:
    assert decisions(Record("a"), Record("b"), Record("c", email="pas une adresse")) == {
        name: (name, "single") for name in "abc"
    }


def test_a_chain_of_sure_links_does_not_merge_its_ends() -> None:
    """a and b share a mailbox, b and c an account; a and c have nothing but the name."""
    a = Record("a", "Julie", "Tremblay", "lune.tuque@gmail.com", "Alma", "02")
    b = Record(
        "b",
        "Julie",
        "Tremblay",
        "lune.tuque@gmail.com",
        accounts=(Profile("tiktok", "givre_bleu"),),
    )
    c = Record("c", "Julie", "Tremblay", "j@bell.net", "Gaspé", "11",
               accounts=(Profile("tiktok", "givre_bleu"),))  # fmt: skip
    placed = decisions(a, b, c)
    assert placed["a"][0] != placed["c"][0]


def test_every_pair_of_a_cluster_is_itself_sure() -> None:
    found = resolve(
        [replace(JULIE, record_id=name) for name in "dcba"] + [Record("z", "Omar", "Diallo")]
    )
    together = {(link.left, link.right) for link in found.merged}
    ids = [one.record_id for one in found.placed if one.cluster_id == "a"]
    assert {(x, y) for x in ids for y in ids if x < y} == together
    assert all(link.sure for link in found.merged)


def test_the_order_of_the_records_does_not_change_what_is_decided() -> None:
    records = [JULIE, replace(JULIE, record_id="b", email=""), Record("c", "Omar", "Diallo")]
    assert decisions(*records) == decisions(*reversed(records))


def test_the_same_records_give_the_same_bytes() -> None:
    records = [JULIE, replace(JULIE, record_id="b", email=""), Record("c", "Julie", "Tremblay")]
    assert csv_of(resolve(records)) == csv_of(resolve(records))


def test_an_arrival_is_recognised_in_the_bank() -> None:
    bank = Bank.of([JULIE, Record("z", "Omar", "Diallo", "omar@bell.net")])
    found = bank.links_of(Record("n", "julie", "tremblay", "LUNETUQUE@gmail.com"))
    assert [(link.left, link.right, link.sure, link.keys) for link in found] == [
        ("a", "n", True, ("email",))
    ]


def test_an_arrival_unlike_anybody_finds_nobody() -> None:
    assert Bank.of([JULIE]).links_of(Record("n", "Wei", "Chen")) == []
    assert Bank.of([]).links_of(JULIE) == []
