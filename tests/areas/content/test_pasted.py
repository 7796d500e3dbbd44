"""Several posts at once: blocks, spreadsheets and exports, each told by its owner's number."""

import json

import pytest

from proche.areas.content.pasted import LONGEST, MOST_POSTS, as_text, in_file, in_text
from proche.common.errors import Refusal

META = "Été à Rimouski".encode().decode("latin-1")


def told(data: object, name: str = "posts.json") -> list[tuple[int, str, str]]:
    sent = data if isinstance(data, bytes) else json.dumps(data).encode()
    return [(one.number, one.text, one.url) for one in in_file(sent, name)]


def test_a_blank_line_parts_two_posts_and_an_address_alone_says_where_one_stands() -> None:
    text = (
        "Un.\r\nDeux.\r\n \r\n\r\nhttps://www.tiktok.com/@c/video/1\nTrois.\n\nhttps://a.example\n"
    )
    assert [(one.number, one.text, one.url) for one in in_text(text)] == [
        (1, "Un.\nDeux.", ""),
        (2, "Trois.", "https://www.tiktok.com/@c/video/1"),
        (3, "https://a.example", ""),
    ]
    assert in_text(" \n\n") == []


def test_where_dashes_part_the_posts_their_blank_lines_stay() -> None:
    posts = in_text("Un.\n\nEncore un.\n---\nDeux.\n\n -----\n\n")
    assert [one.text for one in posts] == ["Un.\n\nEncore un.", "Deux."]
    assert in_text(as_text(posts)) == posts


def test_what_was_not_read_comes_back_as_it_was() -> None:
    posts = in_text(f"https://x.com/c/status/1\nUn.\n---\n{'x' * (LONGEST + 1)}")
    assert [(one.number, bool(one.problem)) for one in posts] == [(1, False), (2, True)]
    assert in_text(as_text(posts)) == posts


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_spreadsheet_is_read_by_the_name_of_its_columns(separator: str) -> None:
    rows = [["Date", "Légende", "Permalien", "URL"], ["1er", '"Un,\ndeux; trois"', "", "n/d"]]
    rows += [["2", "", "", ""], ["3", "Quatre", "", "https://x.com/c/status/4"]]
    data = "\r\n".join(separator.join(cells) for cells in rows).encode("cp1252")
    posts = in_file(data, "Mes publications.CSV")
    assert [(one.number, one.text, one.url, bool(one.problem)) for one in posts] == [
        (2, "Un,\ndeux; trois", "", False),
        (3, "", "", True),
        (4, "Quatre", "https://x.com/c/status/4", False),
    ]


def test_a_sheet_of_one_column_needs_no_name() -> None:
    assert told(b"Un\nDeux\n", "a.csv") == [(1, "Un", ""), (2, "Deux", "")]


@pytest.mark.parametrize(
    ("export", "texts"),
    [
        (["Un", "Deux"], ["Un", "Deux"]),
        # Instagram: one picture, then several under one caption.
        (
            [
                {"media": [{"title": META, "uri": "a.jpg"}]},
                {"media": [{"title": ""}], "title": "B"},
            ],
            ["Été à Rimouski", "B"],
        ),
        ({"ig_reels_media": [{"media": [{"title": "Un reel"}]}]}, ["Un reel"]),
        # Facebook: the title says who, not what.
        (
            [
                {"title": "Camille a publié", "data": [{"update_timestamp": 1}, {"post": META}]},
                {"title": "Camille a ajouté une photo", "data": []},
            ],
            ["Été à Rimouski"],
        ),
        # TikTok: private messages and comments stand in the same file.
        (
            {
                "Direct Messages": {"ChatHistory": {"Chat": [{"Content": "secret"}]}},
                "Comment": {"CommentsList": [{"Comment": "à autrui", "text": "à autrui"}]},
                "Post": {"Posts": {"VideoList": [{"Title": "Ma vidéo", "Link": "https://a.b/1"}]}},
            },
            ["Ma vidéo"],
        ),
        (
            {
                "orderedItems": [
                    {"object": {"content": "<p>Un &amp; deux<br>trois</p>"}},
                    {"object": "x"},
                ]
            },
            ["Un & deux\ntrois"],
        ),
    ],
)
def test_an_export_gives_its_posts_and_nothing_else(export: object, texts: list[str]) -> None:
    assert [text for _number, text, _url in told(export)] == texts


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"[", "a.json", "JSON"),
        (b"[" * 100_000, "a.json", "JSON"),
        (b"{}", "a.json", "Aucune publication"),
        (b"", "a.txt", "Aucune publication"),
        (b"", "a.csv", "Aucune publication"),
        (b"a,b\n1,2\n", "a.csv", "caption"),
        (b"\x00\x01\x02\xff" * 40, "a.txt", "CSV"),
        (b"PK\x03\x04", "instagram.zip", "posts_1.json"),
        (b"x", "a.exe", "posts_1.json"),
        (json.dumps(["x"] * (MOST_POSTS + 1)).encode(), "a.json", "Partagez"),
        (json.dumps(["x" * 4000] * 600).encode(), "a.json", "Partagez"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(
    data: bytes, name: str, words: str
) -> None:
    with pytest.raises(Refusal) as refused:
        in_file(data, name)
    assert words in str(refused.value.sentence)
