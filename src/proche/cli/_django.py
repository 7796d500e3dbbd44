"""Django, set up only by the commands that keep something: the others start in a blink."""

import os

from proche.core.results import InputRefused, Sentence
from proche.locale import compile_catalogues


def set_up() -> None:
    """Raises InputRefused with the name of the setting that is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "proche.settings")
    compile_catalogues()
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        raise InputRefused(
            Sentence(
                "settings", f"Réglage à corriger\u00a0: {wrong}", f"Setting to correct: {wrong}"
            )
        ) from wrong
