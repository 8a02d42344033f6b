"""Who may be counted, and what each of them says once coders are settled."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pandas as pd

from workbench.coding.adjudication import CODED, covered, turn_at
from workbench.language.counted import counted

DIFFER = "coders differ"
"""Says nothing yet: coders must talk about it first."""

_NOT_ASKED = ("interviewer", "unknown", "")

Rule = Callable[[frozenset[str]], str]
"""Several different stances, and what they make together."""


class CodedTalk(Protocol):
    """What a coding store, or one as it stood at a time, offers to those who count what people said."""

    def turns(self) -> pd.DataFrame:
        """One row a turn."""

    def codings(self) -> pd.DataFrame:
        """One row a coding in force."""

    def read_by(self) -> pd.DataFrame:
        """Who has finished which document."""

    def fingerprint(self) -> str:
        """One hash over all acts."""


def spoken(store: CodedTalk) -> pd.DataFrame:
    """Return who speaks in which document: of a store that can tell without reading all turns, or of its turns."""
    ask = getattr(store, "speaking", None)
    return ask() if ask is not None else store.turns()


def speakers(store: CodedTalk) -> pd.DataFrame:
    """Return the people whose talk may count, one a row: person, role, scheme.

    Those of a known role, in transcripts that at least one coder has
    finished: numerator and denominator of every count are taken from them.
    """
    turns = spoken(store)
    read = turns["document"].isin(set(store.read_by()["document"]))
    known = turns[read & ~turns["role"].fillna("").isin(_NOT_ASKED)]
    return known[["person", "role", "scheme"]].drop_duplicates("person").reset_index(drop=True)


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What coders said, with every decision in the place of what they said there.

    Parameters
    ----------
    codings : pandas.DataFrame
        Columns of `Store.codings`. Where a decision stands, those who marked the turn in which its passage begins
        say what was decided, and it counts as said by people; nobody says anything else there. Where none of them
        is left, the decision itself is the row: its id, and its maker as coder.
    decisions : pandas.DataFrame
        Columns of `Store.settled`.
    behind : Mapping of str to tuple of str
        Each decision's id, to the ids of the codings in whose place it stands.
    """

    codings: pd.DataFrame
    decisions: pd.DataFrame
    behind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def evidence(self, code: str) -> tuple[str, ...]:
        """Return the ids of the decisions on a code, and of the codings in whose place they stand."""
        ids = () if self.decisions.empty else tuple(self.decisions.loc[self.decisions["code"] == code, "id"])
        return tuple(one for identity in ids for one in (str(identity), *self.behind.get(str(identity), ())))

    def notes(self, codes: Collection[str]) -> list[str]:
        """Return a sentence on how many decisions bear on these codes, and who made how many; none where none do."""
        if self.decisions.empty:
            return []
        by = Counter(self.decisions.loc[self.decisions["code"].isin(list(codes)), "by"])
        if not by:
            return []
        who = ", ".join(f"{name} {number:,}" for name, number in sorted(by.items()))
        stand = "stands" if by.total() == 1 else "stand"
        return [
            f"{counted(by.total(), 'decision')} on differences between coders ({who}) {stand} in the place of what "
            "coders said there."
        ]


def decided(store: CodedTalk) -> Decided:
    """Return the store's codings with every standing decision in the place of what coders said.

    A decision bears on the codings that `borne` says. Coders' own codings
    stay in the store, and agreement is measured on them.

    Parameters
    ----------
    store : CodedTalk
        What has no `settled` has no decisions.
    """
    codings = store.codings()
    decisions: pd.DataFrame = store.settled() if hasattr(store, "settled") else pd.DataFrame()
    if decisions.empty:
        return Decided(codings=codings, decisions=decisions)
    turns = store.turns()
    spans = _spans(turns[turns["document"].isin(set(decisions["document"]))])
    rows_of = borne(decisions, codings, turns)
    begins = codings["turn"].fillna(-1).to_numpy(dtype="int64")
    ids = codings["id"].tolist()
    behind, gone, said, alone = {}, set[int](), dict[int, str | None](), list[dict[Hashable, Any]]()
    for each in decisions.to_dict(orient="records"):
        first, rows = turn_at(each["start"], spans.get(each["document"], [])), rows_of[each["id"]]
        behind[each["id"]] = tuple(ids[row] for row in rows)
        kept = [row for row in rows if each["decision"] == CODED and begins[row] == first]
        gone.update(rows)
        said |= dict.fromkeys(kept, each["stance"])
        if each["decision"] == CODED and not kept:
            alone.append(each)
    codings = _replaced(codings, gone - set(said), said, alone, turns)
    return Decided(codings=codings, decisions=decisions, behind=behind)


def borne(decisions: pd.DataFrame, codings: pd.DataFrame, turns: pd.DataFrame) -> dict[str, tuple[int, ...]]:
    """Return what each decision bears on: every coding of its code that shares a turn with its place.

    The one rule by which analyses apply decisions and by which a comparison
    counts what is settled: a place is settled when each of its codings is
    borne on by a decision.

    Parameters
    ----------
    decisions : pandas.DataFrame
        Columns of `Store.settled`.
    codings : pandas.DataFrame
        document, code, start, end.
    turns : pandas.DataFrame
        document, turn, start, end.

    Returns
    -------
    dict of str to tuple of int
        Each decision's id, to positions of rows of `codings`.
    """
    spans = _spans(turns[turns["document"].isin(set(decisions["document"]))])
    rows_of = codings.groupby(["document", "code"], sort=False).indices
    starts, ends = (codings[name].to_numpy(dtype="int64") for name in ("start", "end"))
    found = {}
    for each in decisions.to_dict(orient="records"):
        here = spans.get(each["document"], [])
        looked_at = covered(each["place_start"], each["place_end"], here)
        asked = (int(row) for row in rows_of.get((each["document"], each["code"]), ()))
        found[str(each["id"])] = tuple(row for row in asked if looked_at & covered(starts[row], ends[row], here))
    return found


def _spans(turns: pd.DataFrame) -> dict[str, list[tuple[int, int, int]]]:
    """Return the turns of each document as (turn, start, end), in the order of the text."""
    rows = turns.sort_values("end", kind="stable")[["document", "turn", "start", "end"]].itertuples(index=False)
    found: dict[str, list[tuple[int, int, int]]] = {}
    for document, turn, start, end in rows:
        found.setdefault(str(document), []).append((int(turn), int(start), int(end)))
    return found


def _replaced(
    codings: pd.DataFrame,
    gone: Collection[int],
    said: Mapping[int, str | None],
    alone: list[dict[Hashable, Any]],
    turns: pd.DataFrame,
) -> pd.DataFrame:
    stances, origins = codings["stance"].tolist(), codings["origin"].tolist()
    for row, stance in said.items():
        stances[row], origins[row] = stance, "human"
    now = {"stance": pd.Series(stances, dtype="object"), "origin": pd.Series(origins, dtype="str")}
    found = codings.reset_index(drop=True).assign(**now).drop(index=sorted(gone))
    if not alone:
        return found.reset_index(drop=True)
    spoken = turns[["document", "turn", "person", "role", "scheme"]].astype({"turn": "Int64"})
    made = pd.DataFrame(alone).rename(columns={"by": "coder", "why": "memo"}).assign(origin="human")
    made = made.astype({"turn": "Int64"}).merge(spoken, on=["document", "turn"], how="left")
    made = made.reindex(columns=found.columns).astype(found.dtypes.to_dict())
    return pd.concat([found, made], ignore_index=True)


def settle(codings: pd.DataFrame, who: Sequence[str], *, together: Rule, between: Rule) -> pd.DataFrame:
    """Reduce codings to one stance for each of `who`, however many passages and coders.

    What coders make of one turn is settled first: by the decision on it where
    there is one (give it `Decided.codings`), by `between` elsewhere. Turns on
    which they differ say nothing, unless there are no others.

    Parameters
    ----------
    codings : pandas.DataFrame
        Columns of `who`, and document, turn, coder and stance; rows without a
        stance are left out.
    who : Sequence[str]
        What is one, such as code and person.
    together : Rule
        What different stances of one coder in one turn make, and of one person
        in several turns. `DIFFER` never reaches it.
    between : Rule
        What different stances of several coders on one turn make; `DIFFER`
        where they must talk about it.

    Returns
    -------
    pandas.DataFrame
        Columns of `who`, and stance: as the rules give it, or `DIFFER`.
    """
    stated = codings.dropna(subset=["stance"])
    if stated.empty:
        return pd.DataFrame(columns=[*who, "stance"])
    turn = [*who, "document", "turn"]
    for by, rule in (([*turn, "coder"], together), (turn, between), (list(who), together)):
        stated = stated.groupby(by, dropna=False)["stance"].agg(_under(rule)).reset_index()
    return stated


def _under(rule: Rule) -> "Callable[[pd.Series[str]], str]":
    """Return the reduction of several stances to one; only different ones need a rule."""

    def one(stances: "pd.Series[str]") -> str:
        said = frozenset(stances) - {DIFFER}
        if not said:
            return DIFFER
        return next(iter(said)) if len(said) == 1 else rule(said)

    return one
