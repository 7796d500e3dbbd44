"""Where the platform cuts a caption, and what is underlined on each side."""

from proche.areas.content.drawing import Drawn, Piece, draw


def texts(pieces: list[Piece]) -> list[tuple[str, bool]]:
    return [(piece.text, piece.flagged) for piece in pieces]


def test_a_short_caption_has_no_fold() -> None:
    drawn = draw("Bonjour", platform="instagram", format="post", spans=[])
    assert drawn == Drawn(seen=[Piece("Bonjour", False)], hidden=[], fold=None)


def test_the_caption_is_cut_where_the_platform_cuts_it() -> None:
    drawn = draw("a" * 125 + "b" * 10, platform="instagram", format="post", spans=[])
    assert (drawn.fold, texts(drawn.seen), texts(drawn.hidden)) == (
        125,
        [("a" * 125, False)],
        [("b" * 10, False)],
    )


def test_a_caption_as_long_as_the_fold_is_whole() -> None:
    assert draw("a" * 125, platform="instagram", format="post", spans=[]).fold is None


def test_what_is_wrong_is_underlined_on_both_sides_of_the_fold() -> None:
    drawn = draw(
        "a" * 120 + "bbbbbbbbbb" + "c", platform="instagram", format="post", spans=[(120, 130)]
    )
    assert texts(drawn.seen) == [("a" * 120, False), ("bbbbb", True)]
    assert texts(drawn.hidden) == [("bbbbb", True), ("c", False)]


def test_nothing_of_the_caption_is_lost_by_drawing_it() -> None:
    caption = "Ligne un\n\nLigne deux 🌿 #collab " * 9
    drawn = draw(caption, platform="tiktok", format="video", spans=[(3, 7), (5, 60), (200, 999)])
    assert "".join(piece.text for piece in [*drawn.seen, *drawn.hidden]) == caption


def test_an_empty_caption_draws_nothing() -> None:
    assert draw("", platform="instagram", format="post", spans=[]) == Drawn([], [], None)
