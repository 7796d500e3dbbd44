"""The database itself refuses to change or remove what a seal speaks of.

One road is left, which the law asks for: a proof is erased once, as `proving.forget` does it
(address, text and salt emptied, the moment written, nothing else touched); after that its images,
and the row with whatever it hangs on, may go.

A migration that rebuilds one of the two tables on SQLite takes the triggers off it and has to lay
them again; the tests of this area then fail until it does.
"""

from django.db import migrations

PROOF, IMAGE = "content_proof", "content_proofimage"
# `by` is not sealed, and follows a colleague whose account is removed.
SEALED = (
    *("id", "post_id", "seen_at", "who", "day", "found", "source", "http_status", "reason"),
    *("whole", "verdict", "rules_version", "previous", "sealed"),
)
ERASABLE = ("url", "text", "salt", "erased_at")
OF_IMAGE = ("proof_id", "what", "kind", "sha256")
ERASING = (
    "OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL"
    " AND NEW.url = '' AND NEW.text = '' AND NEW.salt = ''"
)
CHANGED = "A proof is never changed. It can only be erased: proche.areas.content.proving.forget"
REMOVED = "A proof is erased before it is removed: proche.areas.content.proving.forget"
STANDS = f"SELECT 1 FROM {PROOF} WHERE id = OLD.proof_id AND erased_at IS NULL"


def _differ(columns, unlike):
    return "(" + " OR ".join(f"OLD.{name} {unlike} NEW.{name}" for name in columns) + ")"


def _guards(unlike):
    """Each trigger: its name, table, act, when it refuses, and with what words."""
    proof = f"{_differ(SEALED, unlike)} OR ({_differ(ERASABLE, unlike)} AND NOT ({ERASING}))"
    image = f"OLD.proof_id IS NOT NULL AND {_differ(OF_IMAGE, unlike)}"
    return (
        ("proof_unchanged", PROOF, "UPDATE", proof, CHANGED),
        ("proof_not_removed", PROOF, "DELETE", "OLD.erased_at IS NULL", REMOVED),
        ("proof_image_unchanged", IMAGE, "UPDATE", image, CHANGED),
        ("proof_image_not_removed", IMAGE, "DELETE", f"EXISTS ({STANDS})", REMOVED),
    )


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        _lay_on_postgresql(schema_editor)
        return
    for name, table, act, refused, words in _guards("IS NOT"):
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {refused} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )


def _lay_on_postgresql(schema_editor):
    # A condition beside a trigger may ask no other table, so each has a function that does.
    for name, table, act, refused, words in _guards("IS DISTINCT FROM"):
        row = "NEW" if act == "UPDATE" else "OLD"
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {refused} THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'restrict_violation'; "
            f"END IF; RETURN {row}; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def lift(apps, schema_editor):
    for name, table, *_rest in _guards("IS NOT"):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):

    dependencies = [("content", "0009_look_again_every_hour")]

    operations = [migrations.RunPython(lay, lift)]
