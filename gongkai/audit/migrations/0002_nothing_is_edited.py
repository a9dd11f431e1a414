"""不可改动. The database itself refuses to update or delete an audit entry (AUD-05)."""

from django.db import migrations

TABLE = "audit_entry"
REFUSAL = "audit entries are never changed"


def _sqlite(verb: str) -> str:
    return (
        f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


POSTGRESQL = f"""
CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$;
CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE}
  FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse();
"""
# TRUNCATE has a trigger of its own, apart from these: the roles of the two sides are not granted it.


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(_sqlite(verb))


def unprotect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_change ON {TABLE}; DROP FUNCTION {TABLE}_refuse()")
    else:
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
