"""The evidence ledger: who speaks for, against or qualifies each link, on what grounds, and what records show."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from workbench.coding.settle import CodedTalk, Decided, decided, speakers
from workbench.finding import Finding
from workbench.theory import Theory
from workbench.theory_testing.sides import AGAINST, BOTH, FOR, QUALIFIES, SILENT, settle_sides

__all__ = ["AGAINST", "BOTH", "COLUMNS", "FOR", "NOT_STATED", "QUALIFIES", "SILENT", "ledger", "passages", "people"]

_SIDES = {"supports": FOR, "contradicts": AGAINST, "qualifies": QUALIFIES, "silent": SILENT}
NOT_STATED = "not stated"
DISPUTED = "disputed"
COLUMNS = (
    "link", "stream", "side", "person", "role", "scheme", "document", "turn", "start", "end", "coder", "source",
    "group", "disposition", "disposed_by", "id", "quote", "quote_sha256",
)  # fmt: skip
TALK, RECORD = "talk", "record"


def ledger(
    theory: Theory, store: CodedTalk, settled: Decided | None = None, fidelity: Iterable[Finding] = ()
) -> pd.DataFrame:
    """Return one row a coding that people made of a link, in the talk of `speakers`, and one a record result on it.

    Where coders' differences were settled, the decision is what is said: see `settled`, by default
    `workbench.coding.settle.decided(store)`. A silence that was coded on the question counts for who was asked.

    Parameters
    ----------
    theory : Theory
        Its links, and which components' records bear on them.
    store : CodedTalk
        A coding store, or one as it stood on a day.
    settled : Decided, optional
        As above.
    fidelity : iterable of Finding
        From `check_fidelity`, one a scheme: results on components named by a link become rows of stream `record`.

    Returns
    -------
    pandas.DataFrame
        link; stream (talk, record); side (for, against, qualifies, silent; missing where no stance was given, and for
        records); person, role, scheme, document, turn, start, end, coder; source (kind of source, or "not stated");
        group (dependence group: as somebody weighed it, else the transcript); disposition (of a case against: limits,
        refutes, error, rival, or "disputed" where people differ) and disposed_by; id, quote, quote_sha256.
    """
    codings = (settled or decided(store)).codings
    asked = speakers(store)
    links = codings[codings["code"].isin(list(theory.links)) & (codings["origin"] == "human")]
    links = _silence_to_who_was_asked(links, store)
    rows = links[links["person"].isin(set(asked["person"]))].reset_index(drop=True)
    rows = rows.assign(link=rows["code"], stream=TALK, side=rows["stance"].map(_SIDES))
    rows = _disposed(_weighed(rows, _said(store, "weighed")), _said(store, "dispositions"))
    rows["quote_sha256"] = [hashlib.sha256(str(quote).encode()).hexdigest() for quote in rows["quote"]]
    found = rows[list(COLUMNS)]
    records = _records(theory, fidelity)
    return pd.concat([found, records], ignore_index=True) if len(records) else found


def people(rows: pd.DataFrame) -> pd.DataFrame:
    """Reduce a ledger to one row a person and link, however many passages and coders.

    What coders made of one turn is settled first: where their stances differ
    the turn says nothing until they have talked about it. A person whose
    turns point both ways is on both sides: saying more often is not more
    evidence, and an inner contradiction is kept as such.

    Returns
    -------
    pandas.DataFrame
        link, person, role, scheme, side (for, against, qualifies, both, silent, coders differ).
    """
    return settle_sides(rows, ["link", "person", "role", "scheme"])


def passages(rows: pd.DataFrame) -> pd.DataFrame:
    """Settle a ledger turn by turn: what the coders together make of each.

    Returns
    -------
    pandas.DataFrame
        link, person, passage (the turn), side (for, against, qualifies, both, silent, coders differ).
    """
    return settle_sides(rows.assign(passage=rows["turn"]), ["link", "person", "passage"])


def _silence_to_who_was_asked(codings: pd.DataFrame, store: CodedTalk) -> pd.DataFrame:
    """Give a silence that was coded on an interviewer's turn to the next person who speaks."""
    unheard = (codings["stance"] == "silent") & (codings["role"] == "interviewer")
    if not unheard.any():
        return codings
    turns = store.turns()
    spoken = turns[~turns["role"].fillna("").isin(("interviewer", "unknown", ""))].sort_values("start")
    answers = {document: rows.to_dict(orient="records") for document, rows in spoken.groupby("document")}
    rows = codings.to_dict(orient="records")
    for row, is_unheard in zip(rows, unheard, strict=True):
        after = (each for each in answers.get(row["document"], ()) if is_unheard and each["start"] >= row["end"])
        if (answer := next(after, None)) is not None:
            row |= {name: answer[name] for name in ("person", "role", "scheme")}
    return codings.assign(**{name: [row[name] for row in rows] for name in ("person", "role", "scheme")})


def _said(store: CodedTalk, what: str) -> pd.DataFrame:
    """Return what people said of evidence; nothing where a store keeps no such thing."""
    ask = getattr(store, what, None)
    return ask() if ask is not None else pd.DataFrame()


def _weighed(rows: pd.DataFrame, weighed: pd.DataFrame) -> pd.DataFrame:
    said = weighed.set_index("coding") if len(weighed) else pd.DataFrame(columns=["source", "group"])
    source, group = rows["id"].map(said["source"].dropna()), rows["id"].map(said["group"].dropna())
    return rows.assign(
        source=source.astype("object").fillna(NOT_STATED).astype("str"),
        group=group.astype("object").where(group.notna(), rows["document"]).astype("str"),
    )


def _disposed(rows: pd.DataFrame, dispositions: pd.DataFrame) -> pd.DataFrame:
    """Say what was decided on each case: a turn that speaks against a link, whoever coded it."""
    cases: dict[tuple[str, str, Any], dict[str, set[str]]] = {}
    places = list(zip(*(rows[name].tolist() for name in ("link", "document", "turn")), strict=True))
    at = dict(zip(rows["id"].tolist(), places, strict=True))
    for each in dispositions.to_dict(orient="records"):
        if each["coding"] in at:
            cases.setdefault(at[each["coding"]], {}).setdefault(each["disposition"], set()).add(each["by"])
    told: list[str | None] = []
    by: list[str | None] = []
    for place, side in zip(places, rows["side"].tolist(), strict=True):
        said = cases.get(place, {}) if side == AGAINST else {}
        told.append(None if not said else next(iter(said)) if len(said) == 1 else DISPUTED)
        by.append("; ".join(sorted({name for names in said.values() for name in names})) or None)
    columns = {"disposition": pd.Series(told, dtype="object"), "disposed_by": pd.Series(by, dtype="object")}
    return rows.assign(**columns)


def _records(theory: Theory, fidelity: Iterable[Finding]) -> pd.DataFrame:
    """Return one row a link, scheme and component whose records bear on it; the quote is the rate in words."""
    rows = []
    for finding in fidelity:
        table = finding.table
        told = table[table["period"] == "all"].set_index("component").to_dict(orient="index")
        scheme = finding.name.removeprefix("fidelity-")
        for name, link in theory.links.items():
            for component in link.records:
                if component in told:
                    said = rate_in_words(component, told[component])
                    sha256 = hashlib.sha256(said.encode()).hexdigest()
                    row = {"link": name, "stream": RECORD, "scheme": scheme, "source": "record", "group": "records"}
                    rows.append(row | {"id": component, "quote": said, "quote_sha256": sha256})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def rate_in_words(component: str, row: Mapping[Any, Any]) -> str:
    """Return a component's rate with its interval, or why there is none."""
    if pd.isna(row.get("value")):
        return f"{component}: {row.get('status') or 'not observable'}"
    return f"{component}: met in {row['value']:.1%} ({row['low']:.1%} to {row['high']:.1%}) of {int(row['total']):,}"
