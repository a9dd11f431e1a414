from django.apps import AppConfig

from gongkai.audit.triggers import Trigger, watch

_REFUSAL = "audit entries are never changed"
_SINCE = ("audit", "0002_nothing_is_edited")


def _on_sqlite(verb: str) -> Trigger:
    name = f"audit_entry_no_{verb.lower()}"
    sql = f"CREATE TRIGGER {name} BEFORE {verb} ON audit_entry BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    return Trigger(name, "audit_entry", _SINCE, sql)


_ON_POSTGRESQL = Trigger(
    "audit_entry_no_change",
    "audit_entry",
    _SINCE,
    f"""CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$;
CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse();""",
)


class AuditConfig(AppConfig):
    name = "gongkai.audit"
    label = "audit"
    verbose_name = "审计"
    triggers = {"sqlite": [_on_sqlite("UPDATE"), _on_sqlite("DELETE")], "postgresql": [_ON_POSTGRESQL]}

    def ready(self) -> None:
        watch(self)
