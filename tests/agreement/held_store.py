"""A store that only answers questions, as a store on a past day does."""

from typing import Any

import pandas as pd


class HeldStore:
    """Turns, codings and who finished what, in memory.

    Every document is one officer's turn of `length` characters, unless `turns` are given.
    """

    def __init__(
        self,
        codings: list[tuple[str, str, str, int, int]],
        read: list[tuple[str, str]],
        *,
        length: int = 100,
        turns: list[tuple[str, int, int, int, str]] | None = None,
        finished: dict[tuple[str, str], str] | None = None,
        stances: dict[int, str] | None = None,
    ) -> None:
        documents = sorted({document for _, document in read})
        turns = turns or [(document, 1, 0, length, "officer") for document in documents]
        names = ["document", "turn", "start", "end", "role"]
        self._turns = pd.DataFrame(turns, columns=names).assign(scheme="durham", wave="1")
        self._codings = pd.DataFrame(codings, columns=["coder", "document", "code", "start", "end"]).assign(
            id=[f"c{number}" for number in range(len(codings))],
            turn=1, quote="words", memo="", stance=[(stances or {}).get(n) for n in range(len(codings))],
        )  # fmt: skip
        self._read = pd.DataFrame(read, columns=["coder", "document"])
        at = [(finished or {}).get(pair, "2024-01-31T12:00:00+00:00") for pair in read]
        self._acts = self._read.assign(kind="read", at=at)

    def turns(self) -> pd.DataFrame:
        return self._turns

    def codings(self) -> pd.DataFrame:
        return self._codings

    def read_by(self) -> pd.DataFrame:
        return self._read

    def acts(self) -> pd.DataFrame:
        return self._acts

    def text(self, document: str) -> str:
        return f"One sentence of {document}. " * 50

    def fingerprint(self) -> str:
        return "held"


def everybody(coders: str, documents: str) -> list[tuple[str, str]]:
    """All of the coders have finished all of the documents; each is one letter."""
    return [(coder, document) for coder in coders for document in documents]


def only(table: pd.DataFrame, **which: Any) -> dict[str, Any]:
    """The one row that has these values."""
    for column, value in which.items():
        table = table[table[column] == value]
    assert len(table) == 1, f"{len(table)} rows"
    return {str(name): cell for name, cell in table.iloc[0].items()}
