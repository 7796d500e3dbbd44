"""The database itself refuses to change an answer that a seal speaks of, and to remove it before its
proof is erased, as it does for the proof and its images (0010).

A migration that rebuilds this table on SQLite takes the triggers off it and has to lay them again.
"""

from django.db import migrations

PROOF, ANSWER = "content_proof", "content_proofanswer"
CHANGED = "A proof is never changed. It can only be erased: proche.areas.content.proving.forget"
REMOVED = "A proof is erased before it is removed: proche.areas.content.proving.forget"
STANDS = f"EXISTS (SELECT 1 FROM {PROOF} WHERE id = OLD.proof_id AND erased_at IS NULL)"
# Each trigger: its name, act, when it refuses, with what words, and the row it gives back.
GUARDS = (
    ("proof_answer_unchanged", "UPDATE", "1 = 1", CHANGED, "NEW"),
    ("proof_answer_not_removed", "DELETE", STANDS, REMOVED, "OLD"),
)


def lay(apps, schema_editor):
    for name, act, refused, words, row in GUARDS:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {refused} THEN RAISE EXCEPTION '{words}' USING ERRCODE = "
                f"'restrict_violation'; END IF; RETURN {row}; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {ANSWER} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {ANSWER} WHEN {refused} "
                f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            )


def lift(apps, schema_editor):
    for name, *_rest in GUARDS:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {ANSWER}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):

    dependencies = [("content", "0011_connect_networks")]

    operations = [migrations.RunPython(lay, lift)]
