"""The `proche` command: one module per noun, each with a `register(app)`."""

import sys
from importlib import import_module
from pkgutil import iter_modules

import typer

SHARED_MODULES = {"output"}


def build(arguments: list[str]) -> typer.Typer:
    """The application with its commands; only the named one is imported, so that
    `proche disclose` does not pay for DuckDB or Django."""
    app = typer.Typer(
        name="proche",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Proche : programmes de nano-influence. / Nano-influencer programmes.",
    )
    app.callback()(lambda: None)
    names = [m.name for m in iter_modules(__path__) if not _is_shared(m.name)]
    asked = [name for name in names if arguments[:1] == [name]]
    for name in asked or names:
        import_module(f"{__name__}.{name}").register(app)
    return app


def _is_shared(name: str) -> bool:
    return name in SHARED_MODULES or name.startswith("_")


def main() -> None:
    build(sys.argv[1:])()
