"""Read a table of records the way a test compares it."""

from typing import Any


def rows(table: Any, *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of an Ibis table as tuples in order of place, with None for missing."""
    arrow = table.order_by("place").select(*columns).to_pyarrow()
    return [tuple(row[column] for column in columns) for row in arrow.to_pylist()]
