"""Runs a script as an installation would: its own folder, SQLite in a file, the real settings."""

import os
import subprocess
import sys
from pathlib import Path

# An open call that asks for accounts, in `call`.
OPENING = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from django.utils import timezone
from proche.areas.accounts.models import Programme, User
from proche.areas.recruitment import actions
from proche.areas.recruitment.actions import Admitted, NamedAccount
today = timezone.localdate()
programme = Programme.objects.create(name="P", agency_name="Voisine", officer_name="O",
    officer_email="o@voisine.example", postal_address="Rimouski")
owner = User.objects.create_user("o@voisine.example")
actions.accept_duties(programme, by=owner, kept_days=10)
call = actions.open_call(programme, slug="gens", partner_name="B", title_fr="T", title_en="T",
    text_fr="T", text_en="T", asks_handles=True, opens_on=today, closes_on=today)
"""


def output_of(script: str, folder: Path, *arguments: str) -> str:
    """What the script said; all it wrote on both outputs is kept in `log.txt` of the folder."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PROCHE_")} | {
        "DJANGO_SETTINGS_MODULE": "proche.settings",
        "PROCHE_DATA_DIR": str(folder),
        "PROCHE_MANIFEST_STATIC": "0",
    }
    environment.pop("DATABASE_URL", None)
    (folder / "static").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    (folder / "log.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
