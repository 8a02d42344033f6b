"""Tables of an export without names in codes; for an archive, under ids that lead to no other export."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable

import pandas as pd

Tables = dict[str, pd.DataFrame]


def without_names(codings: pd.DataFrame, tables: Tables, replaced: Callable[[str], str]) -> tuple[pd.DataFrame, Tables]:
    """Return codings and tables with pseudonyms for names in the names and texts of codes."""
    return _masked(codings, replaced, ("code", "code_name")), {
        name: _masked(table, replaced, table.columns if name == "codes" else ("code",))
        for name, table in tables.items()
    }  # fmt: skip


def _masked(table: pd.DataFrame, replaced: Callable[[str], str], columns: Iterable[str]) -> pd.DataFrame:
    """Return a table with pseudonyms for names in these columns, as far as it has them."""
    return table.assign(**{
        column: [replaced(cell) if isinstance(cell, str) else cell for cell in table[column]]
        for column in columns if column in table
    }).astype(table.dtypes)  # fmt: skip


def with_new_ids(codings: pd.DataFrame, tables: Tables) -> tuple[pd.DataFrame, Tables]:
    """Return codings and decisions under random ids, so that nothing leads from one deposit to another."""
    new: dict[str, str] = defaultdict(lambda: secrets.token_hex(16))
    codings = codings.assign(id=codings["id"].map(lambda each: new[each]).astype("str"))
    return codings, {
        name: table.assign(id=[new[each] for each in table["id"]]) if name == "settled" else table
        for name, table in tables.items()
    }
