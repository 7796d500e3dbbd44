"""How much of a file is read at most, and the sentences that say so."""

from dataclasses import dataclass

from proche.core.results import InputRefused, Sentence

MIB = 1024**2


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of the file, bytes once unpacked, rows under the headings, columns, cells in all."""

    file_bytes: int = 20 * MIB
    unpacked_bytes: int = 400 * MIB
    rows: int = 50_000
    columns: int = 200
    cells: int = 3_000_000


LIMITS = Limits()


def refused(code: str, fr: str, en: str) -> InputRefused:
    return InputRefused(Sentence(code, fr, en))


def too_heavy(limits: Limits) -> InputRefused:
    size = limits.file_bytes // MIB
    return refused(
        "too_heavy",
        f"Ce fichier dépasse {size} Mio. Partagez-le en plusieurs, ou enlevez les images et les "
        "feuilles qui ne servent pas.",
        f"This file is larger than {size} MiB. Split it, or take out pictures and sheets that "
        "are not needed.",
    )


def too_large_unpacked() -> InputRefused:
    return refused(
        "unpacks_too_large",
        "Une fois décompressé, ce classeur est démesuré. Enregistrez la seule feuille utile en "
        "CSV, puis envoyez-la.",
        "Once unpacked, this workbook is out of proportion. Save the one sheet that is needed as "
        "CSV, then send that.",
    )


def too_many_rows(limits: Limits) -> InputRefused:
    return refused(
        "too_many_rows",
        f"Plus de {limits.rows} rangées. Partagez le fichier en plusieurs.",
        f"More than {limits.rows} rows. Split the file.",
    )


def too_many_columns(row: int, limits: Limits) -> InputRefused:
    return refused(
        "too_many_columns",
        f"Rangée {row}\u00a0: plus de {limits.columns} colonnes. Enlevez celles qui ne servent "
        "pas, ou vérifiez le séparateur.",
        f"Row {row}: more than {limits.columns} columns. Take out those that are not needed, or "
        "check the separator.",
    )


def too_many_cells() -> InputRefused:
    return refused(
        "too_many_cells",
        "Trop de cellules remplies pour un seul import. Partagez le fichier en plusieurs.",
        "Too many filled cells for one import. Split the file.",
    )
