"""三员分立. The database itself refuses to give an administrator a post, or a post holder an administrator's office (ACL-03)."""

from django.db import migrations

REFUSAL = "an administrator holds no post"
ON_TENURE = "SELECT 1 FROM agencies_person WHERE id = NEW.person_id AND administrator <> ''"
ON_PERSON = "SELECT 1 FROM agencies_tenure WHERE person_id = NEW.id"

SQLITE = [
    f"CREATE TRIGGER agencies_tenure_{verb.lower()} BEFORE {verb} ON agencies_tenure WHEN EXISTS ({ON_TENURE}) "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb in ("INSERT", "UPDATE")
] + [
    "CREATE TRIGGER agencies_person_update BEFORE UPDATE OF administrator ON agencies_person "
    f"WHEN NEW.administrator <> '' AND EXISTS ({ON_PERSON}) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
]
POSTGRESQL = f"""
CREATE FUNCTION agencies_tenure_check() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF EXISTS ({ON_TENURE}) THEN RAISE EXCEPTION '{REFUSAL}'
   USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER agencies_tenure_check BEFORE INSERT OR UPDATE ON agencies_tenure
  FOR EACH ROW EXECUTE FUNCTION agencies_tenure_check();
CREATE FUNCTION agencies_person_check() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF NEW.administrator <> '' AND EXISTS ({ON_PERSON}) THEN RAISE EXCEPTION '{REFUSAL}'
   USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER agencies_person_check BEFORE UPDATE OF administrator ON agencies_person
  FOR EACH ROW EXECUTE FUNCTION agencies_person_check();
"""


def separate(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for statement in SQLITE:
            schema_editor.execute(statement)


def join(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "DROP TRIGGER agencies_tenure_check ON agencies_tenure; DROP FUNCTION agencies_tenure_check();"
            "DROP TRIGGER agencies_person_check ON agencies_person; DROP FUNCTION agencies_person_check();"
        )
    else:
        for name in ("tenure_insert", "tenure_update", "person_update"):
            schema_editor.execute(f"DROP TRIGGER agencies_{name}")


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]
    operations = [migrations.RunPython(separate, join)]
