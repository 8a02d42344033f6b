"""Saturation: after how many interviews hardly any code comes up that earlier ones did not have."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd

from workbench.coding.settle import CodedTalk, Decided, decided, spoken
from workbench.errors import Problems
from workbench.finding import Finding
from workbench.language.counted import counted
from workbench.provenance import Provenance

REACHED, NOT_REACHED, TOO_FEW = "reached", "not reached", "too few interviews"
COLUMNS = (
    "group", "role", "scheme", "status", "n", "codes", "value", "low", "high", "share_seen", "new_information",
    "share_reached", "note",
)  # fmt: skip
FEWEST_SHUFFLES = 40
"""Of fewer, 2.5 per cent is less than one."""

_NUMBERS = ("value", "low", "high", "share_seen", "new_information", "share_reached")
_NOT_ASKED = ("interviewer", "unknown", "")
Array = np.ndarray[Any, np.dtype[Any]]


def saturation(
    store: CodedTalk, *, base: int = 4, run: int = 2, threshold: float = 0.05, orders: int = 200, seed: int = 2020
) -> Finding:
    """Say in each role and scheme after how many interviews hardly any new code came, over shuffled orders.

    An interview is a transcript that somebody has finished and in which somebody of the role and scheme speaks. Its
    codes are those that any coder gave to their talk, decisions on differences in force. The first `base` interviews
    are the measure: new information is the number of codes that first come up in a run of `run` interviews, as a
    share of the different codes of the base. Runs overlap: after interviews 5 and 6 come 6 and 7.

    Parameters
    ----------
    store : CodedTalk
        A coding store, or one as it stood on a day.
    base, run : int
        Interviews, 1 at least.
    threshold : float
        Share of new information up to which a run brings hardly anything new, from 0 to 1: 0.05 is 5 %.
    orders : int
        Orders of the interviews that are tried, 40 at least.
    seed : int
        For the same orders again.

    Returns
    -------
    Finding
        One row a role and scheme: group (both in words), role, scheme, status (reached: in more than half of the
        orders; not reached; too few interviews: fewer than base and one run), n (interviews), codes (different ones),
        value (interviews, those of the run counted in, after which the threshold was met first: the median over the
        orders, of which one that never meets it counts as the last), low and high (2.5 and 97.5 percentiles; no
        `high` where more than 2.5 % of the orders never meet it), share_seen (of all codes of the group, those that had
        come up by then: the median over the orders that meet it), new_information (of the last run, a share of the
        base's codes: the mean over the orders in which the base has a code), share_reached (of the orders), note.
        `trace(row)` gives the coding ids.

    Raises
    ------
    InputError
        If a number is out of its range.

    References
    ----------
    Guest, Namey & Chen (2020), PLoS ONE 15(5): e0232076; Braun & Clarke (2021), Qualitative Research in Sport,
    Exercise and Health 13(2), and Low (2019), Pacific Sociological Review 62(2), on what it does not show.
    """
    _check(base, run, threshold, orders)
    settled = decided(store)
    said, turns, finished = counted_codings(store, settled), spoken(store), set(store.read_by()["document"])
    told = turns[turns["document"].isin(finished) & ~turns["role"].fillna("").isin(_NOT_ASKED)]
    talk = told[["role", "scheme", "document", "person"]].drop_duplicates().fillna({"scheme": ""})
    mine = dict(iter(said.fillna({"scheme": ""}).groupby(["role", "scheme"])))
    rows, ids = list[dict[str, Any]](), list[tuple[str, ...]]()
    for key, who in talk.groupby(["role", "scheme"]):
        role, scheme = map(str, key)
        coded = mine.get(key, said.iloc[:0])
        rng = np.random.default_rng(seed)  # anew: no group's answer hangs on which others there are
        row = _row(who, coded, (base, run, threshold), rng, orders)
        rows.append({"group": _in_words(role, scheme), "role": role, "scheme": scheme} | row)
        ids.append(tuple(coded["id"]))
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict.fromkeys(_NUMBERS, "float64"))
    return Finding(
        name="saturation",
        title="After how many interviews did hardly any new code come?",
        table=table,
        statements=_statements(table, threshold),
        notes=_notes(base, run, threshold, orders),
        provenance=Provenance(
            call=f"saturation(store, base={base}, run={run}, threshold={threshold:g}, orders={orders}, seed={seed})",
            inputs={"acts": store.fingerprint()},
        ),
        evidence=lambda row: tuple(one for each in ids[row] for one in (each, *settled.behind.get(each, ()))),
    )


def new_information(interviews: Sequence[Collection[str]], *, base: int = 4, run: int = 2) -> list[float]:
    """Return the new information of each run, in the order in which the interviews are given.

    Parameters
    ----------
    interviews : sequence of collections of str
        The codes of each.
    base, run : int
        As for `saturation`.

    Returns
    -------
    list of float
        Shares of the base's codes, of the runs that end with interview base + run, base + run + 1, …; NaN where the
        base has no code. Empty where there are fewer interviews than base and one run.

    Examples
    --------
    >>> new_information([{"a", "b"}, {"c", "d"}, {"d"}, {"a", "e"}, {"e"}], base=2, run=2)
    [0.25, 0.25]
    """
    if len(interviews) < base + run:
        return []
    codes = {code: place for place, code in enumerate(sorted({code for codes in interviews for code in codes}))}
    pairs = [(codes[code], place) for place, each in enumerate(interviews) for code in each]
    code, place = (np.array([pair[side] for pair in pairs], dtype="int64") for side in (0, 1))
    order = np.arange(len(interviews))[None, :]
    return [float(share) for share in _shares(_first(code, place, order), (base, run))[0]]


def counted_codings(store: CodedTalk, settled: Decided) -> pd.DataFrame:
    """Return what people coded in the talk of those who were asked, in transcripts that somebody has finished.

    The ledger's rule for whose talk counts. Silences on a link are left out: they say that nothing was said.
    """
    codings, finished = settled.codings, set(store.read_by()["document"])
    asked = ~codings["role"].fillna("").isin(_NOT_ASKED) & codings["document"].isin(finished)
    return codings[asked & (codings["origin"] == "human") & (codings["stance"] != "silent")]


def _check(base: int, run: int, threshold: float, orders: int) -> None:
    problems = Problems()
    for name, number, least in (("base", base, 1), ("run", run, 1), ("orders", orders, FEWEST_SHUFFLES)):
        if number < least:
            problems.add("saturation", f"{name} is {number}", remedy=f"Give {least} or more")
    if not 0 <= threshold <= 1:
        problems.add("saturation", f"the threshold is {threshold}", remedy="Give a share from 0 to 1; 0.05 is 5 %")
    problems.raise_if_any()


def _row(
    who: pd.DataFrame, coded: pd.DataFrame, rule: tuple[int, int, float], rng: np.random.Generator, orders: int
) -> dict[str, Any]:
    base, run, threshold = rule
    documents = sorted(set(who["document"]))
    spoken = coded[["code", "document"]].drop_duplicates().sort_values(["code", "document"])
    row: dict[str, Any] = {"n": len(documents), "codes": spoken["code"].nunique()}
    several = _several(who)
    if len(documents) < base + run:
        short = base + run - len(documents)
        return row | {
            "status": TOO_FEW,
            "note": "; ".join([f"base and one run take {base + run}: {counted(short, 'interview')} short", *several]),
        }
    code = pd.factorize(spoken["code"])[0]
    place = np.searchsorted(np.array(documents, dtype=object), spoken["document"].to_numpy(dtype=object))
    order = rng.permuted(np.broadcast_to(np.arange(len(documents)), (orders, len(documents))), axis=1)
    new = _first(code, place, order)
    shares = _shares(new, (base, run))
    met = shares <= threshold  # never where the base has no code: NaN
    ever, first = met.any(axis=1), met.argmax(axis=1) + base + run
    share, after = float(ever.mean()), np.where(ever, first, np.inf)
    low, value, high = np.quantile(after, (0.025, 0.5, 0.975), method="inverted_cdf")
    last = shares[:, -1][~np.isnan(shares[:, -1])]
    row |= {"new_information": float(last.mean()) if len(last) else np.nan, "share_reached": share}
    reached = share > 0.5
    why = _why(row, share, np.isnan(shares[:, 0]).mean(), np.isinf(high), reached)
    return row | {
        "status": REACHED if reached else NOT_REACHED, "value": value if reached else np.nan,
        "share_seen": _seen(new[ever], first[ever]) if reached else np.nan,
        "low": low if reached else np.nan, "high": high if reached and np.isfinite(high) else np.nan,
        "note": "; ".join([*why, *several]),
    }  # fmt: skip


def _first(code: Array, place: Array, order: Array) -> Array:
    """Return how many codes first come up in each interview of each order: orders × interviews.

    Parameters
    ----------
    code, place : numpy.ndarray
        Which code is in which interview, by number.
    order : numpy.ndarray
        orders × interviews: the position of each interview.
    """
    orders, interviews = order.shape
    if not len(code):
        return np.zeros((orders, interviews))
    by_code = np.argsort(code, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(code[by_code]) != 0])
    came = np.minimum.reduceat(order[:, place[by_code]], starts, axis=1) + np.arange(orders)[:, None] * interviews
    return np.bincount(came.ravel(), minlength=orders * interviews).reshape(orders, interviews)


def _shares(new: Array, rule: tuple[int, int]) -> Array:
    """Return the new information of each overlapping run of each order: orders × runs."""
    base, run = rule
    known = np.cumsum(new, axis=1)
    before = known[:, base - 1 : known.shape[1] - run]
    measure = known[:, base - 1 : base].astype(float)
    shares: Array = (known[:, base + run - 1 :] - before) / np.where(measure > 0, measure, np.nan)
    return shares


def _seen(new: Array, first: Array) -> float:
    """Return the median share of all codes that had come up in the first so many interviews of each order."""
    known = np.cumsum(new, axis=1)
    return float(np.median(known[np.arange(len(known)), first - 1] / known[:, -1]))


def _why(row: dict[str, Any], share: float, without: float, open_end: bool, reached: bool) -> list[str]:
    if not row["codes"]:
        return ["nothing is coded in these interviews"]
    said = [f"the first interviews had no code at all in {without:.0%} of the orders"] if without else []
    if not reached:
        return [f"met in {share:.0%} of the orders, which is not most: no number of interviews is given", *said]
    return [f"never met in {1 - share:.0%} of the orders: no upper end", *said] if open_end else said


def _several(who: pd.DataFrame) -> list[str]:
    """Say where an interview is not one talk with one person whom nobody talked with before."""
    again = int((who.groupby("person")["document"].nunique() > 1).sum())
    groups = int((who.groupby("document")["person"].nunique() > 1).sum())
    said = [f"{counted(again, 'person', 'people')} spoke in several interviews, which bring less that is new"]
    many = [f"{counted(groups, 'interview')} with several of these people, each counted as one"]
    return [*(said if again else []), *(many if groups else [])]


def _in_words(role: str, scheme: str) -> str:
    return f"{role.replace('_', ' ')}, {scheme or 'no scheme'}"


def _statements(table: pd.DataFrame, threshold: float) -> list[str]:
    if table.empty:
        return ["No transcript with a speaker of a known role is finished: nothing can be said of saturation."]
    states = table["status"].value_counts()
    told = f"reached in {states.get(REACHED, 0)}, not reached in {states.get(NOT_REACHED, 0)}"
    sentences = [f"Of {counted(len(table), 'group')} of role and scheme, saturation of codes is {told}."]
    few = table[table["status"] == TOO_FEW]
    if len(few):
        groups = "; ".join(f"{row['group']} ({row['n']})" for row in few.to_dict(orient="records"))
        sentences.append(f"Too few interviews to say in {counted(len(few), 'group')}: {groups}.")
    for row in table[table["status"] != TOO_FEW].to_dict(orient="records"):
        who = f"{row['group']} ({counted(row['n'], 'interview')}, {counted(row['codes'], 'code')})"
        if row["status"] == REACHED:
            end = f"{row['high']:.0f}" if row["high"] == row["high"] else "more than there are"
            sentences.append(
                f"{who}: reached after {row['value']:.0f} interviews ({row['low']:.0f} to {end} over shuffled orders), "
                f"when {row['share_seen']:.0%} of the codes had come up; the last run brought "
                f"{row['new_information']:.1%} new information."
            )
        elif row["codes"]:
            sentences.append(
                f"{who}: not reached; the threshold of {threshold:.0%} was met in {row['share_reached']:.0%} of the "
                "orders."
            )
        else:
            sentences.append(f"{who}: not reached; {row['note']}.")
    return sentences


def _notes(base: int, run: int, threshold: float, orders: int) -> list[str]:
    return [
        "That codes no longer come is not that nothing more is to be understood: saturation of codes is not of "
        "meaning (Braun and Clarke 2021; Low 2019), and a code book made from the theory bounds what can be new.",
        f"Base of {counted(base, 'interview')}, overlapping runs of {run}, threshold {threshold:.1%} (Guest, Namey and "
        f"Chen 2020). The order of the interviews changes the answer: {orders:,} shuffled orders were tried.",
        "An interview is a finished transcript with a speaker of that role and scheme; one without any code counts, "
        "and brings nothing new. A code counts once an interview, whoever gave it and however often.",
        "`value` counts the interviews of the run; `share_seen`, `new_information` and `share_reached` are "
        "shares. Where many codes came only later (`share_seen` is low), one poor run met the threshold by chance.",
    ]
