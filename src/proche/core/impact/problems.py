"""What can be wrong in a results table, and what to do about each case."""

from dataclasses import dataclass
from datetime import date

from proche.core.impact.figures import NBSP
from proche.core.results import Sentence

LONGEST_QUOTE = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to fix; `what` says it, `row` and `column` say where, when that is known."""

    what: Sentence
    row: int | None = None
    column: str | None = None

    @property
    def sentence(self) -> Sentence:
        """The problem with its place, without the name of the file."""
        if self.row is None:
            return self.what
        fr, en = f"ligne {self.row}", f"row {self.row}"
        if self.column:
            fr, en = f"{fr}, colonne {self.column}", f"{en}, column {self.column}"
        return Sentence(self.what.code, f"{fr}{NBSP}: {self.what.fr}", f"{en}: {self.what.en}")


def quoted(text: str) -> tuple[str, str]:
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    short = plain if len(plain) <= LONGEST_QUOTE else f"{plain[:LONGEST_QUOTE]}…"
    return f"«{NBSP}{short}{NBSP}»", f"“{short}”"


def unreadable() -> Sentence:
    return Sentence(
        "unreadable_file",
        "impossible d’ouvrir ce fichier. Vérifiez son nom et son dossier.",
        "this file cannot be opened. Check its name and folder.",
    )


def no_column() -> Sentence:
    return Sentence(
        "missing_column",
        "cette colonne manque. Ajoutez-la; il faut au moins unit, arm, period et outcome.",
        "this column is missing. Add it; at least unit, arm, period and outcome are needed.",
    )


def no_period(has_date: bool) -> Sentence:
    if not has_date:
        return no_column()
    return Sentence(
        "missing_period",
        "cette colonne manque. Ajoutez-la (pre ou post), ou donnez le premier jour de la "
        f"campagne, par exemple{NBSP}: --start 2025-08-14.",
        "this column is missing. Add it (pre or post), or give the first day of the campaign, "
        "for example: --start 2025-08-14.",
    )


def column_twice() -> Sentence:
    return Sentence(
        "column_twice",
        "cette colonne est là deux fois. Gardez-en une.",
        "this column is there twice. Keep one.",
    )


def no_rows() -> Sentence:
    return Sentence(
        "no_rows",
        "il n’y a que les titres des colonnes. Ajoutez une ligne par unité et par période.",
        "there are only column titles. Add one row per unit and period.",
    )


def nothing_after(start: date | None) -> Sentence:
    if start is None:
        return Sentence(
            "nothing_after",
            "toutes les lignes sont avant la campagne. Ajoutez les lignes post.",
            "every row is before the campaign. Add the post rows.",
        )
    return Sentence(
        "nothing_after",
        f"toutes les dates viennent avant le {start}. Vérifiez la date de début.",
        f"every date comes before {start}. Check the start date.",
    )


def no_exposure() -> Sentence:
    return Sentence(
        "missing_exposure",
        "la case est vide. Donnez l’exposition sur toutes les lignes, ou retirez la colonne.",
        "the cell is empty. Give the exposure on every row, or remove the column.",
    )


def broken_row() -> Sentence:
    return Sentence(
        "broken_row",
        "un guillemet n’est pas fermé, ou une case déborde. Corrigez cette ligne.",
        "a quotation mark is left open, or a cell overflows. Fix this row.",
    )


def too_wide(cells: int, width: int) -> Sentence:
    return Sentence(
        "too_many_cells",
        f"{cells} cases pour {width} colonnes. Mettez entre guillemets les textes et nombres "
        "qui contiennent le séparateur.",
        f"{cells} cells for {width} columns. Put quotation marks around texts and numbers "
        "that contain the separator.",
    )


def empty_cell() -> Sentence:
    return Sentence(
        "empty_cell",
        "la case est vide. Remplissez-la, ou retirez la ligne.",
        "the cell is empty. Fill it, or remove the row.",
    )


def not_a_number(text: str) -> Sentence:
    fr, en = quoted(text)
    return Sentence(
        "not_a_number",
        f"{fr} n’est pas un nombre. Écrivez par exemple 12,5.",
        f"{en} is not a number. Write for example 12.5.",
    )


def ambiguous_number(text: str) -> Sentence:
    fr, en = quoted(text)
    return Sentence(
        "ambiguous_number",
        f"{fr} peut se lire de deux façons. Écrivez le nombre sans virgule, "
        "avec un point pour les décimales.",
        f"{en} can be read in two ways. Write the number without a comma, "
        "with a point for decimals.",
    )


def out_of_range(text: str) -> Sentence:
    fr, en = quoted(text)
    return Sentence(
        "out_of_range",
        f"{fr} est trop grand ou trop petit pour un compte. Vérifiez le nombre.",
        f"{en} is too large or too small for a count. Check the number.",
    )


def negative(text: str) -> Sentence:
    fr, en = quoted(text)
    return Sentence(
        "negative",
        f"{fr} est négatif. Écrivez zéro ou plus.",
        f"{en} is negative. Write zero or more.",
    )


def not_a_date(text: str) -> Sentence:
    fr, en = quoted(text)
    return Sentence(
        "not_a_date",
        f"{fr} n’est pas une date. Écrivez l’année, le mois et le jour{NBSP}: 2025-08-14.",
        f"{en} is not a date. Write year, month and day: 2025-08-14.",
    )


def not_a_period(text: str) -> Sentence:
    fr, en = quoted(text)
    return Sentence(
        "not_a_period",
        f"{fr} n’est pas une période. Écrivez pre ou post; si ce sont des dates, donnez le "
        f"premier jour de la campagne, par exemple{NBSP}: --start 2025-08-14.",
        f"{en} is not a period. Write pre or post; if these are dates, give the first day of "
        "the campaign, for example: --start 2025-08-14.",
    )


def other_arm(unit: str, arm: str, row: int) -> Sentence:
    fr, en = quoted(unit)
    group_fr, group_en = quoted(arm)
    return Sentence(
        "two_arms",
        f"{fr} est déjà dans le groupe {group_fr} à la ligne {row}. "
        "Gardez un seul groupe par unité.",
        f"{en} is already in the arm {group_en} on row {row}. Keep one arm per unit.",
    )


def same_day(unit: str, when: date, row: int) -> Sentence:
    fr, en = quoted(unit)
    return Sentence(
        "same_day_twice",
        f"{fr} a déjà une ligne pour le {when}, la ligne {row}. Additionnez-les en une seule.",
        f"{en} already has a row for {when}, row {row}. Add them up into one.",
    )
