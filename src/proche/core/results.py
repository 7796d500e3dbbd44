"""Sentences that leave the core: always in both languages, chosen by whoever shows them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in French and English, with the code that names its kind."""

    code: str
    fr: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") else self.fr


class InputRefused(Exception):
    """Input that cannot be read: says which file, row and column, and what to do next.

    `sentence` holds the same line in French and English; `str()` is the English one.
    """

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence
