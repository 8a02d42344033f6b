"""What every part of a coding store stands on: its database."""

from typing import TYPE_CHECKING, Self

from workbench.coding.database import Database

if TYPE_CHECKING:
    from sqlalchemy import Engine


class BaseStore:
    """A store's database, open; use `open_store`."""

    def __init__(self, engine: "Engine") -> None:
        self._database = Database(engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._database.engine.dispose()
