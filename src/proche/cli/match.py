"""`proche match`: members ranked for a brief, each with the reasons."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from proche.cli.output import language, print_json, refusing, say
from proche.core.results import Sentence

if TYPE_CHECKING:
    from proche.core.matching import Match, Ranking


def register(app: typer.Typer) -> None:
    app.command("match", help="Classer des membres pour un mandat. / Rank members for a brief.")(
        refusing(match)
    )


def match(
    brief: Annotated[Path, typer.Argument(metavar="BRIEF.toml", help="title, text, topics, …")],
    members: Annotated[
        Path, typer.Argument(metavar="MEMBERS", help="CSV, CSV.gz, Parquet: member_id, text, …")
    ],
    top: Annotated[
        int | None,
        typer.Option(min=1, help="Combien de membres; sinon quantity du mandat, sinon 10."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Un document JSON. / One JSON.")] = False,
) -> None:
    from proche.core.matching import Pool, rank
    from proche.core.matching.reading_brief import read_brief
    from proche.core.matching.reading_members import read_members

    asked = read_brief(brief)
    read = read_members(members)
    pool = Pool.of(read.members, given=read.given)
    ranking = rank(asked.brief, pool, top=top or asked.brief.quantity or 10, weights=asked.weights)
    if asked.unread:
        say(_unread(brief.name, asked.unread))
    for note in ranking.notes:
        say(note)
    if json:
        print_json(_document(ranking))
    else:
        _show(ranking)


def _unread(name: str, words: tuple[str, ...]) -> Sentence:
    listed = ", ".join(words)
    return Sentence(
        "brief_words_unread",
        f"{name} : sans effet sur le classement : {listed}.",
        f"{name}: without effect on the ranking: {listed}.",
    )


def _document(ranking: "Ranking") -> dict[str, Any]:
    return {
        "results": [_result(match) for match in ranking.results],
        "considered": ranking.considered,
        "filtered_out": dict(ranking.filtered_out),
        "filters": [_said(sentence) for sentence in ranking.sentences.values()],
        "points": dict(ranking.points),
        "notes": [_said(note) for note in ranking.notes],
    }


def _result(match: "Match") -> dict[str, Any]:
    return {
        "member_id": match.member_id,
        "score": match.score,
        "reasons": [{**_said(reason), "weight": reason.weight} for reason in match.reasons],
        "against": [{**_said(reason), "weight": reason.weight} for reason in match.against],
        "parts": dict(match.parts),
    }


def _said(sentence: Any) -> dict[str, Any]:
    return {"code": sentence.code, "fr": sentence.fr, "en": sentence.en}


def _show(ranking: "Ranking") -> None:
    spoken = language()
    for position, match in enumerate(ranking.results, start=1):
        typer.echo(f"{position:3}  {match.member_id}  {match.score:.0f}")
        for mark, reasons in (("+", match.reasons), ("!", match.against)):
            for reason in reasons:
                typer.echo(f"     {mark} {reason.en if spoken == 'en' else reason.fr}")
    for code, count in ranking.filtered_out.items():
        typer.echo(f"{count:5}  {ranking.sentences[code].in_language(spoken)}")
