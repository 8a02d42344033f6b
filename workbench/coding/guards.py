"""What the database itself refuses: acts are only ever added, and only withdrawn words may be erased from them."""

from typing import TYPE_CHECKING

from workbench.coding.acts import VOICE, Act

if TYPE_CHECKING:
    from sqlalchemy import Connection

_REFUSAL = "acts are only ever added"
_ERASABLE = ("memo", "quote")

# The words of a document that is withdrawn as a whole, or one of whose voices is.
_ON_IT = "FROM acts w WHERE w.document = NEW.document AND w.kind"
_WITHDRAWN = (
    f"((SELECT w.kind {_ON_IT} IN ('withdraw', 'restore') AND w.target IS NULL ORDER BY w.id DESC LIMIT 1) "
    f"= 'withdraw' OR EXISTS (SELECT 1 {_ON_IT} = 'withdraw' AND w.target = '{VOICE}'))"
)
_UNCHANGED = " AND ".join(
    f'NEW."{name}" {{same}} OLD."{name}"' if name not in _ERASABLE else
    f'(NEW."{name}" {{same}} OLD."{name}" OR NEW."{name}" IS NULL)'
    for name in Act._fields
)  # fmt: skip
_ERASES_ONLY = f"({_WITHDRAWN} AND {_UNCHANGED})"

_SQLITE = (
    "DROP TRIGGER IF EXISTS acts_refuse_update",
    "CREATE TRIGGER acts_refuse_update BEFORE UPDATE ON acts "
    f"WHEN NOT coalesce({_ERASES_ONLY.format(same='IS')}, 0) BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    "CREATE TRIGGER IF NOT EXISTS acts_refuse_delete BEFORE DELETE ON acts "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
)
# The path of names is fixed: a temporary table called `acts` must not be asked in the place of the store's.
_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION acts_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
    "CREATE OR REPLACE FUNCTION acts_refuse_unless_erased() RETURNS trigger LANGUAGE plpgsql "
    "SET search_path FROM CURRENT AS "
    f"$$ BEGIN IF coalesce({_ERASES_ONLY.format(same='IS NOT DISTINCT FROM')}, false) THEN RETURN NEW; END IF; "
    f"RAISE EXCEPTION '{_REFUSAL}'; END $$",
    "DROP TRIGGER IF EXISTS acts_refuse_change ON acts",
    "DROP TRIGGER IF EXISTS acts_refuse_update ON acts",
    "CREATE TRIGGER acts_refuse_change BEFORE DELETE OR TRUNCATE ON acts "
    "FOR EACH STATEMENT EXECUTE FUNCTION acts_refuse()",
    "CREATE TRIGGER acts_refuse_update BEFORE UPDATE ON acts FOR EACH ROW EXECUTE FUNCTION acts_refuse_unless_erased()",
)


def set_guards(connection: "Connection") -> None:
    """Put the guards in the place of earlier ones."""
    if connection.dialect.name == "postgresql":
        fix_names(connection)
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement)


def fix_names(connection: "Connection") -> None:
    """Let names in this transaction mean the store's own tables, and a session's temporary ones last."""
    connection.exec_driver_sql(
        "SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true)"
    ).close()
