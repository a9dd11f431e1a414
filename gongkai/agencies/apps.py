from django.apps import AppConfig

from gongkai.audit.triggers import Trigger, watch

_REFUSAL = "an administrator holds no post"
_ADMINISTRATOR = "SELECT 1 FROM agencies_person WHERE id = NEW.person_id AND administrator <> ''"
_HOLDER = "NEW.administrator <> '' AND EXISTS (SELECT 1 FROM agencies_tenure WHERE person_id = NEW.id)"
_SINCE = ("agencies", "0002_administrators_hold_no_post")


def _on_sqlite(name: str, moment: str, condition: str, *, reads: str) -> Trigger:
    table = name.rpartition("_")[0]
    sql = f"CREATE TRIGGER {name} BEFORE {moment} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    return Trigger(name, table, _SINCE, sql, reads)


def _on_postgresql(table: str, moment: str, condition: str) -> Trigger:
    sql = f"""CREATE OR REPLACE FUNCTION {table}_check() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF {condition} THEN RAISE EXCEPTION '{_REFUSAL}'
   USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER {table}_check BEFORE {moment} ON {table}
  FOR EACH ROW EXECUTE FUNCTION {table}_check();"""
    return Trigger(f"{table}_check", table, _SINCE, sql)


class AgenciesConfig(AppConfig):
    name = "gongkai.agencies"
    label = "agencies"
    verbose_name = "机构"
    # 三员分立 (ACL-03).
    triggers = {
        "sqlite": [
            _on_sqlite(
                "agencies_tenure_insert", "INSERT", f"EXISTS ({_ADMINISTRATOR})", reads="agencies_person"
            ),
            _on_sqlite(
                "agencies_tenure_update", "UPDATE", f"EXISTS ({_ADMINISTRATOR})", reads="agencies_person"
            ),
            _on_sqlite("agencies_person_update", "UPDATE OF administrator", _HOLDER, reads="agencies_tenure"),
        ],
        "postgresql": [
            _on_postgresql("agencies_tenure", "INSERT OR UPDATE", f"EXISTS ({_ADMINISTRATOR})"),
            _on_postgresql("agencies_person", "UPDATE OF administrator", _HOLDER),
        ],
    }

    def ready(self) -> None:
        watch(self)
