"""A worker killed in the middle of an import: nobody is lost, nobody comes twice."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.areas.recruitment.installed import output_of

ROWS = 6_000
OPENING = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from proche.areas.accounts.models import Programme, User
from proche.areas.imports import actions, running
from proche.areas.imports.columns import Choices
from proche.areas.imports.models import ImportBatch
programme = Programme.objects.create(name="P", agency_name="Voisine", officer_name="O",
    officer_email="o@voisine.example", postal_address="Rimouski")
owner = User.objects.create_user("o@voisine.example")
lines = ["Prénom;Nom;Courriel;Instagram;Étiquettes"]
lines += [f"Prénom{{n}};Nom;p{{n}}@exemple.ca;@p{{n}};salon" for n in range({ROWS})]
batch = actions.receive(programme, "liste.csv", "\\n".join(lines).encode(), by=owner)
actions.start_check(batch, batch.mapping, Choices())
running.go_on(batch.pk)
actions.start_import(ImportBatch.objects.get(), by=owner)
"""
GO_ON = """
import django; django.setup()
from proche.areas.imports import actions, running
from proche.areas.imports.models import ImportBatch
running.go_on(ImportBatch.objects.get().pk)
"""
# It watches itself: whoever looked from outside might come when all is done.
CUT = """
import os, signal, threading, time
import django; django.setup()
from proche.areas.imports import running
from proche.areas.imports.models import ImportBatch
def end_once_some_rows_are_done():
    while not ImportBatch.objects.get().done:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)
threading.Thread(target=end_once_some_rows_are_done, daemon=True).start()
running.go_on(ImportBatch.objects.get().pk)
"""
UNDO = """
import django; django.setup()
from proche.areas.accounts.models import User
from proche.areas.imports import actions
from proche.areas.imports.models import ImportBatch
actions.start_undo(ImportBatch.objects.get(), by=User.objects.get())
"""
TELL = """
import django; django.setup()
from proche.areas.imports.models import ImportBatch
from proche.areas.people.models import Account, Person, Tag, TimelineEntry
batch = ImportBatch.objects.get()
print(batch.state, batch.done, batch.rows.count(), Person.objects.count(), Account.objects.count(),
    Tag.people.through.objects.count(), TimelineEntry.objects.count(),
    Person.objects.values("email").distinct().count())
"""


def cut(folder: Path) -> list[str]:
    """Goes on with the batch, is killed once some rows are done, and says where that left it."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PROCHE_")} | {
        "DJANGO_SETTINGS_MODULE": "proche.settings",
        "PROCHE_DATA_DIR": str(folder),
        "PROCHE_MANIFEST_STATIC": "0",
    }
    environment.pop("DATABASE_URL", None)
    worker = subprocess.run([sys.executable, "-c", CUT], env=environment)
    assert worker.returncode == -signal.SIGKILL
    return output_of(TELL, folder).split()


def test_an_import_and_an_undo_killed_on_the_way_go_on_without_loss_or_double(
    tmp_path: Path,
) -> None:
    output_of(OPENING, tmp_path)
    state, done, written, people, *_rest = cut(tmp_path)
    assert state == "importing"
    assert 0 < int(done) < ROWS
    assert done == written == people
    output_of(GO_ON, tmp_path)
    each = str(ROWS)
    assert output_of(TELL, tmp_path).split() == ["imported", *[each] * 7]
    output_of(UNDO, tmp_path)
    state, done, written, people, *_rest = cut(tmp_path)
    assert state == "undoing"
    assert int(people) == int(written) == ROWS - int(done)
    output_of(GO_ON, tmp_path)
    assert output_of(TELL, tmp_path).split() == ["undone", each, *["0"] * 6]
