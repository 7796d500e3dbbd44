"""Every way the tables are refused: one line, the file first, then what to do."""

from collections.abc import Iterable

from proche.core.results import InputRefused, Sentence

MISSING = {
    "fr": "Ajoutez-la, ou nommez son équivalent dans un fichier donné à --map.",
    "en": "Add it, or name its equivalent in a file given to --map.",
}


def refused(code: str, fr: str, en: str) -> InputRefused:
    return InputRefused(Sentence(code, fr, en))


def listed(names: Iterable[str]) -> str:
    found = list(names)
    return ", ".join(found[:12]) + (" …" if len(found) > 12 else "")


def shortened(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"


def no_table(where: str, wanted: str) -> InputRefused:
    return refused(
        "no_table",
        f"{where} : aucun fichier {wanted} (.csv, .csv.gz ou .parquet). "
        "Vérifiez le chemin, ou nommez le fichier dans --map.",
        f"{where}: no {wanted} file (.csv, .csv.gz or .parquet). "
        "Check the path, or name the file in --map.",
    )


def two_files(table: str, files: Iterable[str]) -> InputRefused:
    names = listed(files)
    return refused(
        "two_files",
        f"{names} : deux fichiers pour la table {table}. Gardez-en un seul.",
        f"{names}: two files for the {table} table. Keep only one.",
    )


def unknown_file(name: str) -> InputRefused:
    return refused(
        "unknown_file",
        f"{name} : ce nom ne dit pas quelle table il contient. Nommez-le accounts, posts, "
        "interactions ou audience (.csv, .csv.gz, .parquet), ou donnez --map.",
        f"{name}: its name does not say which table it holds. Name it accounts, posts, "
        "interactions or audience (.csv, .csv.gz, .parquet), or give --map.",
    )


def empty(name: str) -> InputRefused:
    return refused(
        "empty",
        f"{name} : le fichier est vide. Exportez-le de nouveau, avec sa ligne de titres.",
        f"{name}: the file is empty. Export it again, with its header row.",
    )


def no_rows(name: str) -> InputRefused:
    return refused(
        "no_rows",
        f"{name} : aucune rangée sous les titres. Exportez le fichier de nouveau.",
        f"{name}: no row under the headers. Export the file again.",
    )


def unreadable(name: str) -> InputRefused:
    return refused(
        "unreadable",
        f"{name} : ce n’est pas un tableau lisible. Enregistrez-le en CSV (UTF-8) ou en Parquet.",
        f"{name}: this is not a readable table. Save it as CSV (UTF-8) or Parquet.",
    )


def truncated(name: str) -> InputRefused:
    return refused(
        "truncated",
        f"{name} : le fichier compressé est coupé ou abîmé. Copiez-le de nouveau.",
        f"{name}: the compressed file is cut short or damaged. Copy it again.",
    )


def bad_encoding(name: str) -> InputRefused:
    return refused(
        "bad_encoding",
        f"{name} : l’encodage n’est pas reconnu avec certitude. Enregistrez le fichier en UTF-8.",
        f"{name}: its encoding cannot be told for sure. Save the file as UTF-8.",
    )


def broken_row(name: str, row: int | None) -> InputRefused:
    fr = f", rangée {row}" if row else ""
    en = f", row {row}" if row else ""
    return refused(
        "broken_row",
        f"{name}{fr} : le nombre de colonnes ou les guillemets ne suivent pas les titres. "
        "Corrigez cette rangée, ou exportez le fichier de nouveau.",
        f"{name}{en}: its cells or quotes do not follow the headers. "
        "Fix this row, or export the file again.",
    )


def double_header(name: str, column: str) -> InputRefused:
    return refused(
        "double_header",
        f"{name}, rangée 1, colonne {column} : ce titre paraît deux fois. Renommez-en un.",
        f"{name}, row 1, column {column}: this header appears twice. Rename one of them.",
    )


def missing_column(name: str, column: str, present: Iterable[str]) -> InputRefused:
    names = listed(present)
    return refused(
        "missing_column",
        f"{name}, rangée 1 : la colonne {column} manque (colonnes lues : {names}). "
        + MISSING["fr"],
        f"{name}, row 1: the column {column} is missing (columns read: {names}). " + MISSING["en"],
    )


def mapped_column(mapping: str, name: str, ours: str, theirs: str) -> InputRefused:
    return refused(
        "mapped_column",
        f"{name}, rangée 1 : la colonne {theirs} n’y est pas; {mapping} la donne pour {ours}. "
        "Corrigez le nom dans ce fichier.",
        f"{name}, row 1: there is no column {theirs}; {mapping} gives it for {ours}. "
        "Correct the name in that file.",
    )


def bad_mapping(mapping: str, what_fr: str, what_en: str) -> InputRefused:
    return refused("bad_mapping", f"{mapping} : {what_fr}", f"{mapping}: {what_en}")


def bad_cell(
    name: str, row: int, column: str, value: str, wanted: tuple[str, str], count: int
) -> InputRefused:
    shown = shortened(value)
    more_fr = f" ({count} rangées dans ce cas)" if count > 1 else ""
    more_en = f" ({count} rows like this)" if count > 1 else ""
    return refused(
        "bad_cell",
        f"{name}, rangée {row}, colonne {column} : « {shown} » au lieu "
        f"{wanted[0]}{more_fr}. Corrigez la valeur ou videz la cellule.",
        f"{name}, row {row}, column {column}: “{shown}” instead of "
        f"{wanted[1]}{more_en}. Correct the value or empty the cell.",
    )


def empty_cell(name: str, row: int, column: str, count: int) -> InputRefused:
    more_fr = f" ({count} rangées dans ce cas)" if count > 1 else ""
    more_en = f" ({count} rows like this)" if count > 1 else ""
    return refused(
        "empty_cell",
        f"{name}, rangée {row}, colonne {column} : la cellule est vide{more_fr}. "
        "Remplissez-la ou retirez la rangée.",
        f"{name}, row {row}, column {column}: the cell is empty{more_en}. "
        "Fill it or remove the row.",
    )


def duplicate(name: str, row: int, column: str, value: str, count: int) -> InputRefused:
    more_fr = f" ({count} rangées dans ce cas)" if count > 1 else ""
    more_en = f" ({count} rows like this)" if count > 1 else ""
    return refused(
        "duplicate",
        f"{name}, rangée {row}, colonne {column} : {value} paraît deux fois avec des données "
        f"différentes{more_fr}. Gardez une seule rangée par {column}.",
        f"{name}, row {row}, column {column}: {value} appears twice with different "
        f"data{more_en}. Keep one row for each {column}.",
    )


def mixed_zones(name: str, row: int, column: str, value: str, count: int) -> InputRefused:
    more_fr = f" ({count} rangées dans ce cas)" if count > 1 else ""
    more_en = f" ({count} rows like this)" if count > 1 else ""
    return refused(
        "mixed_zones",
        f"{name}, rangée {row}, colonne {column} : « {shortened(value)} » n’a pas le "
        f"fuseau du reste de la colonne{more_fr}. Écrivez tous ses moments dans le même fuseau.",
        f"{name}, row {row}, column {column}: “{shortened(value)}” is not in the time zone of the "
        f"rest of the column{more_en}. Write all its moments in the same time zone.",
    )
