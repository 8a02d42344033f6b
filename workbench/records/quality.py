"""What was found while reading: counted, so that nothing is put right in silence."""

from collections.abc import Iterable

import pandas as pd

COLUMNS = ("check", "place", "value", "n", "note")


class Notes:
    """Collects what a reader of the records must know."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str, str], int] = {}

    def add(self, check: str, place: str, *, value: str = "", n: int = 1, note: str = "") -> None:
        """Count one kind of thing at one place; equal entries add up, and zero is not noted."""
        if n:
            key = (check, place, value, note)
            self._found[key] = self._found.get(key, 0) + n

    def add_each(self, check: str, place: str, values: Iterable[object], *, note: str = "") -> None:
        """Count each value by itself."""
        for value in values:
            self.add(check, place, value=str(value), note=note)

    def to_table(self) -> pd.DataFrame:
        """Return one row per kind of thing: check, place, value, n, note."""
        rows = [(check, place, value, n, note) for (check, place, value, note), n in self._found.items()]
        return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"n": int})
