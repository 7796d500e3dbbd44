"""`proche doctor`: is this installation well, and what to do if it is not."""

from typing import Annotated

import typer

from proche.cli.output import print_json, progress, refusing, say

SIGNS = {"ok": "[green]✓[/]", "note": "[yellow]·[/]", "fault": "[red]✗[/]"}


def register(app: typer.Typer) -> None:
    app.command("doctor")(refusing(doctor))


def doctor(
    json: Annotated[
        bool, typer.Option("--json", help="Un document JSON. / One JSON document.")
    ] = False,
) -> None:
    """Examine l’installation sans rien changer. / Examine the installation, change nothing.

    Exemple / example: proche doctor
    """
    from proche.cli._django import set_up

    set_up()
    from proche.cli._examination import examine

    findings = examine()
    if json:
        print_json(
            [
                {
                    "level": f.level,
                    "code": f.sentence.code,
                    "fr": f.sentence.fr,
                    "en": f.sentence.en,
                }
                for f in findings
            ]
        )
    else:
        for finding in findings:
            progress.print(SIGNS[finding.level], end=" ")
            say(finding.sentence)
    raise typer.Exit(1 if any(f.level == "fault" for f in findings) else 0)
