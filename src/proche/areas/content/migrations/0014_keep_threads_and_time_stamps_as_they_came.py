"""The database itself refuses to change what an author said further down a thread, or a time stamp,
and to remove either before its proof is erased, as it does for the rest of a proof (0010, 0012).

A migration that rebuilds one of the two tables on SQLite takes the triggers off it and has to lay
them again.
"""

from django.db import migrations

PROOF, THREAD, STAMP = "content_proof", "content_proofthread", "content_timestamp"
CHANGED = "A proof is never changed. It can only be erased: proche.areas.content.proving.forget"
REMOVED = "A proof is erased before it is removed: proche.areas.content.proving.forget"
STANDS = f"EXISTS (SELECT 1 FROM {PROOF} WHERE id = OLD.proof_id AND erased_at IS NULL)"
# Each trigger: its name, table, act, when it refuses, with what words, and the row it gives back.
GUARDS = (
    ("proof_thread_unchanged", THREAD, "UPDATE", "1 = 1", CHANGED, "NEW"),
    ("proof_thread_not_removed", THREAD, "DELETE", STANDS, REMOVED, "OLD"),
    ("proof_stamp_unchanged", STAMP, "UPDATE", "1 = 1", CHANGED, "NEW"),
    ("proof_stamp_not_removed", STAMP, "DELETE", STANDS, REMOVED, "OLD"),
)


def lay(apps, schema_editor):
    for name, table, act, refused, words, row in GUARDS:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {refused} THEN RAISE EXCEPTION '{words}' USING ERRCODE = "
                f"'restrict_violation'; END IF; RETURN {row}; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {refused} "
                f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            )


def lift(apps, schema_editor):
    for name, table, *_rest in GUARDS:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):

    dependencies = [("content", "0013_keep_the_rest_of_a_thread")]

    operations = [migrations.RunPython(lay, lift)]
