"""Where coders who have finished a transcript differ: place by place, with what each of them marked there."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.agreement import disagreements
from workbench.coding.acts import Act
from workbench.coding.coding_table import COLUMNS
from workbench.coding.units import unit_table
from workbench.errors import InputError, Problem, did_you_mean

if TYPE_CHECKING:
    from workbench.coding.coded_document import CodedDocument

MARK, STANCE, BOUNDARY = "marked", "stance", "boundary"
"""One marked it and another did not; both did with different stances (kinds of `disagreements`); both did, but not the
same words."""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One transcript as those coders marked it who have finished it: what agreement is asked of.

    Parameters
    ----------
    opened : CodedDocument
        From `Store.coded_document`.
    coders : tuple of str
        Who is compared.
    """

    opened: "CodedDocument"
    coders: tuple[str, ...]

    def turns(self) -> pd.DataFrame:
        """Return the transcript's turns."""
        return pd.DataFrame(self.opened.turns).assign(document=self.opened.document)

    def codings(self) -> pd.DataFrame:
        """Return what they marked."""
        rows = [{"document": self.opened.document, **row} for row in self.opened.codings if row["coder"] in self.coders]
        return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"start": "int64", "end": "int64"})

    def read_by(self) -> pd.DataFrame:
        """Return that they have finished it."""
        return pd.DataFrame({"coder": list(self.coders), "document": [self.opened.document] * len(self.coders)})

    def text(self, _document: str) -> str:
        """Return the transcript's text."""
        return self.opened.text

    def acts(self) -> pd.DataFrame:
        """Return none: where coders differ does not rest on how they came there."""
        return pd.DataFrame(columns=list(Act._fields))

    def fingerprint(self) -> str:
        """Return what the store's last act is."""
        return self.opened.latest


@dataclass(frozen=True, kw_only=True)
class Place:
    """Turns that belong together because passages marked with one code link them.

    Parameters
    ----------
    code : str
        The code.
    turns : tuple of int
        In order.
    start, end : int
        The words to look at: the turns, and whatever a passage has beyond them.
    differs : tuple of str
        Of `MARK`, `STANCE`, `BOUNDARY`; empty where all say the same of the same words.
    codings : tuple of dict
        What coders marked here, as rows of `CodedDocument.codings`.
    """

    code: str
    turns: tuple[int, ...]
    start: int
    end: int
    differs: tuple[str, ...]
    codings: tuple[Mapping[str, Any], ...] = field(repr=False)

    @property
    def key(self) -> str:
        """What the screen calls it."""
        return f"{self.code} {self.turns[0]}"

    @property
    def counts(self) -> bool:
        """Whether analyses wait for it: coders differ on whether, or on what it says, not on how many words."""
        return MARK in self.differs or STANCE in self.differs

    @property
    def passage(self) -> tuple[int, int]:
        """Everything that any of them marked."""
        return min(row["start"] for row in self.codings), max(row["end"] for row in self.codings)


def who_is_compared(opened: "CodedDocument", coders: Collection[str] | None) -> tuple[tuple[str, ...], list[str]]:
    """Return who is compared, and a sentence for each who is left out.

    Parameters
    ----------
    opened : CodedDocument
        The transcript.
    coders : Collection of str, optional
        Those asked for; all who have finished it by default.

    Raises
    ------
    InputError
        If fewer than two of them have finished it, or one is not known here.
    """
    finished = sorted(set(opened.finished))
    begun = sorted({row["coder"] for row in opened.codings} - set(finished))
    wanted = [*dict.fromkeys(coders)] if coders is not None else [*finished, *begun]
    known = [*finished, *begun]
    unknown = [
        Problem(place="coders", what=f"{name!r} has marked nothing in {opened.document}", choices=known,
                remedy=did_you_mean(str(name), known))
        for name in wanted if name not in known
    ]  # fmt: skip
    if unknown:
        raise InputError(unknown)
    compared = tuple(name for name in finished if name in wanted)
    if len(compared) < 2:
        have = f"{_listed(finished)} finished it" if finished else "nobody has finished it"
        not_yet = f"; {_listed(begun)} begun" if begun else ""
        asked = f" (asked for: {', '.join(wanted)})" if coders is not None else ""
        what = f"two coders must have finished it to be compared{asked}: {have}{not_yet}"
        remedy = "store.read(document, coder=…) says that a coder is through with it"
        raise InputError(Problem(place=opened.document, what=what, remedy=remedy))
    out = [f"{name} has begun and not finished it" for name in begun]
    out += [f"{name} was not asked for" for name in finished if name not in compared]
    return compared, out


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names)} {'has' if len(names) == 1 else 'have'}"


def places(compared: Compared) -> list[Place]:
    """Return the places that at least one coder marked, by their words and code, whether they differ or not.

    What differs is what `agreement.disagreements` says, by turn.
    """
    table = unit_table(compared, "turn")
    kinds = _differing(compared)
    marked = table.codings.astype(object).where(table.codings.notna(), None)
    by_code: dict[str, list[dict[str, Any]]] = {}
    for row in marked.to_dict(orient="records"):
        by_code.setdefault(row["code"], []).append({str(name): value for name, value in row.items()})
    units = [(int(turn), int(start), int(end)) for turn, start, end in table.units[["turn", "start", "end"]].to_numpy()]
    found = [
        _place(code, runs, units, kinds, compared.coders)
        for code, rows in by_code.items()
        for runs in _linked(rows, units)
    ]
    return sorted(found, key=lambda place: (place.start, place.code))


def _differing(compared: Compared) -> dict[str, set[str]]:
    """Return the codings on which coders differ, each with how: as `MARK`, `STANCE`, or both."""
    finding = disagreements(compared, unit="turn")
    found: dict[str, set[str]] = {}
    for row, kind in enumerate(finding.table["kind"]):
        for identity in finding.trace(row):
            found.setdefault(identity, set()).add(kind)
    return found


Run = tuple[int, int, Mapping[str, Any]]


def _linked(rows: Iterable[Mapping[str, Any]], units: Sequence[tuple[int, int, int]]) -> list[list[Run]]:
    """Put codings together that share a turn; each with its first turn's position and the one after its last."""
    starts, ends = [start for _, start, _ in units], [end for _, _, end in units]
    runs = [(bisect_right(ends, row["start"]), bisect_left(starts, row["end"]), row) for row in rows]
    linked: list[list[Run]] = []
    reached = -1
    for run in sorted((run for run in runs if run[0] < run[1]), key=lambda run: run[:2]):
        if run[0] >= reached:
            linked.append([])
        linked[-1].append(run)
        reached = max(reached, run[1])
    return linked


def _place(
    code: str,
    runs: Sequence[Run],
    units: Sequence[tuple[int, int, int]],
    kinds: Mapping[str, set[str]],
    coders: Sequence[str],
) -> Place:
    units = units[min(run[0] for run in runs) : max(run[1] for run in runs)]
    codings = [run[2] for run in runs]
    here = set[str]().union(*(kinds.get(row["id"], ()) for row in codings))
    spans = [frozenset((row["start"], row["end"]) for row in codings if row["coder"] == one) for one in coders]
    if len({span for span in spans if span}) > 1:
        here.add(BOUNDARY)
    return Place(
        code=code,
        turns=tuple(turn for turn, _, _ in units),
        start=min(units[0][1], *(row["start"] for row in codings)),
        end=max(units[-1][2], *(row["end"] for row in codings)),
        differs=tuple(kind for kind in (MARK, STANCE, BOUNDARY) if kind in here),
        codings=tuple(codings),
    )
