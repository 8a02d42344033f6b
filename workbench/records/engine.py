"""The embedded engine: DuckDB in memory through Ibis, with nothing fetched from outside."""

from collections.abc import Mapping
from typing import Any

import pandas as pd


def connect() -> Any:
    """Return an Ibis backend on an empty DuckDB in memory; extensions are neither installed nor loaded."""
    import ibis

    return ibis.duckdb.connect(":memory:", autoinstall_known_extensions=False, autoload_known_extensions=False)


def keep(backend: Any, name: str, frame: pd.DataFrame, kinds: Mapping[str, str]) -> Any:
    """Store a frame as a table with exactly these columns, and return it as an Ibis table."""
    import pyarrow as pa

    types = {
        "text": pa.string(), "whole": pa.int64(), "number": pa.float64(),
        "flag": pa.bool_(), "date": pa.date32(), "time": pa.timestamp("us"),
    }  # fmt: skip
    arrays = [pa.array(frame[column], type=types[kind], from_pandas=True) for column, kind in kinds.items()]
    table = pa.Table.from_arrays(arrays, names=list(kinds))
    # Ibis 12 cannot create a table from a DataFrame; the raw connection takes Arrow.
    backend.con.from_arrow(table).create(name)
    return backend.table(name)
