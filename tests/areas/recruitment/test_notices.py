"""The words beside the form: one version, one wording, for ever."""

from hashlib import sha256

from proche.areas.recruitment.notices import BY_VERSION, NOTICES, Notice

# Change a wording and this fails: add a version instead, and its digest here.
SHOWN = {1: "6b24ca9b71251748"}


def digest(notice: Notice) -> str:
    words = (notice.link.fr, notice.link.en, notice.handle.fr, notice.handle.en)
    return sha256("\n".join(words).encode()).hexdigest()[:16]


def test_a_wording_that_was_shown_never_changes() -> None:
    assert {notice.version: digest(notice) for notice in NOTICES} == SHOWN


def test_versions_follow_one_another() -> None:
    assert list(BY_VERSION) == list(range(1, len(NOTICES) + 1))
