"""Process tracing: what the clues of each link, found or not, do to the belief that it holds."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import pandas as pd

from workbench.errors import InputError
from workbench.estimates.estimate import Estimate
from workbench.finding import Finding
from workbench.language.counted import counted
from workbench.provenance import Provenance
from workbench.theory import Theory
from workbench.theory_testing.lenses.beforehand import Dated, Traces, order, traces
from workbench.theory_testing.lenses.clue_case import FEWEST, Case, case_of, judged
from workbench.theory_testing.lenses.clues import Clue, Clues, read_clues
from workbench.theory_testing.lenses.probative import (
    METHOD,
    RATIO,
    Judged,
    decibels,
    expected_learning,
    kinds,
    together,
    total_weight,
    update,
    van_evera,
    weight,
)  # fmt: skip

__all__ = ["Judged", "decibels", "expected_learning", "read_clues", "trace_process", "update", "van_evera"]

ALL = "all"
COLUMNS = (
    "link", "coder", "n", "total", "value", "low", "high", "decibels_low", "decibels_high", "clues", "method", "note",
)  # fmt: skip
_NUMBERS = ("value", "low", "high", "decibels_low", "decibels_high")


def trace_process(clues: Clues, theory: Theory, store: Dated | None = None) -> Finding:
    """Weigh the clues of each link by what analysts said beforehand of how likely each is.

    Parameters
    ----------
    clues : Clues
        From `read_clues`. Those that nobody looked for, or that fewer than two analysts judged, count for nothing; of
        one dependence group only the strongest counts.
    theory : Theory
        Names the links.
    store : Store, optional
        Knows when the clues' passages were coded and the clues sealed: without it nobody can tell what was said
        beforehand.

    Returns
    -------
    Finding
        One row a link and analyst, `all` first: link, coder (the analyst), n (clues that count), total (clues of the
        link), value (the probability that the link holds, every range at its middle; of `all`, the analysts' middles
        averaged clue by clue), low and high (its lowest and highest over all corners of the ranges; of `all`, over
        all analysts), decibels_low and decibels_high (the same without the prior), clues (what each was, and which of
        Van Evera's tests it is), method, note. `trace(row)` gives the coding ids of the clues that count.

    References
    ----------
    Humphreys & Jacobs (2023), Integrated Inferences, ch. 5; Fairfield & Charman (2017), Political Analysis 25(3);
    Befani (2020), Evaluation 26(4), on ranges and on naming evidence before looking.
    """
    known = traces(clues, store) if store is not None else {}
    rows, evidence, statements = list[dict[str, Any]](), list[tuple[str, ...]](), list[str]()
    for link in (each for each in theory.links if any(clue.link == each for clue in clues.clues.values())):
        case = case_of(link, [clue for clue in clues.clues.values() if clue.link == link])
        made = [_row(case, by, clues.prior, known) for by in (ALL, *case.analysts)]
        rows += made
        evidence += [tuple(dict.fromkeys(one for clue in case.counts for one in clue.codings))] * len(made)
        statements += _sentences(theory, case, made[0], clues.prior)
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict.fromkeys(_NUMBERS, "float64"))
    acts = {"acts": store.fingerprint()} if store is not None else {}
    return Finding(
        name="lens-tracing",
        title="What do the clues that were looked for do to the belief in each link?",
        table=table,
        statements=statements,
        notes=_notes(clues, known),
        provenance=Provenance(
            call="trace_process(clues, theory, store)",
            inputs={**acts, clues.path.name: clues.sha256, theory.path.name: theory.sha256},
            definitions={"theory": theory.version},
        ),
        evidence=lambda row: evidence[row],
    )


def _row(case: Case, by: str, prior: tuple[float, float], known: Mapping[str, Traces]) -> dict[str, Any]:
    """Return one row of the table: of one analyst, or of all."""
    own = [clue for clue in case.counts if by == ALL or judged(clue, by)]
    row = {
        "link": case.link, "coder": by, "n": len(own), "total": len(case.clues), "method": METHOD,
        "clues": "; ".join(_for_all(clue) if by == ALL else _for_one(clue, by) for clue in own),
    }  # fmt: skip
    people = case.complete if by == ALL else [by]
    said = _missing(case, by) + _late(own, by, known)
    if by == ALL:
        said += [*case.why_not, *_about_codings(own, known)]
    if not own or (by == ALL and len(people) < FEWEST):
        why = f"fewer than {FEWEST} analysts judged every clue that counts" if own else "none of its clues counts"
        return row | {"note": "; ".join([why, *said])}
    each = [[one for clue in own if (one := judged(clue, name))] for name in people]
    ranges = [update(prior, one) for one in each]
    pooled = update(prior, [together(same) for same in zip(*each, strict=True)]) if by == ALL else ranges[0]
    wrong = next((one.undefined_because for one in [*ranges, pooled] if one.undefined_because), None)
    if wrong:
        return row | {"note": "; ".join([wrong, *said])}
    return row | _numbers(pooled, ranges, each) | {"note": "; ".join([*_certain(own, people), *said])}


def _numbers(pooled: Estimate, ranges: Sequence[Estimate], each: Sequence[Sequence[Judged]]) -> dict[str, Any]:
    weights = [total_weight(one) for one in each]
    return {
        "value": pooled.value,
        "low": min(one.low for one in ranges if one.low is not None),
        "high": max(one.high for one in ranges if one.high is not None),
        "decibels_low": min(one[0] for one in weights),
        "decibels_high": max(one[2] for one in weights),
    }


def _for_one(clue: Clue, by: str) -> str:
    """Say which test a clue is for one analyst, and between which decibels it lies."""
    own = judged(clue, by) or Judged((0, 1), (0, 1))
    kind, *others = kinds(own.if_true, own.if_false)
    told = f"{_seen(clue)}: {kind}{_way(own)}"
    if others:
        told += f" (within the ranges also {', '.join(others)})"
    try:
        low, high = weight(own)
    except InputError:
        return f"{told}, but what was seen is impossible both ways"
    return f"{told}, {low:+.1f} to {high:+.1f} dB"


def _for_all(clue: Clue) -> str:
    """Say which test a clue is, and for how many analysts where they differ."""
    told = Counter(_kind(clue, one.by) for one in clue.analysts)
    if len(told) == 1:
        return f"{_seen(clue)}: {next(iter(told))}"
    return f"{_seen(clue)}: analysts differ, " + ", ".join(f"{kind} ({n})" for kind, n in told.items())


def _kind(clue: Clue, by: str) -> str:
    own = judged(clue, by) or Judged((0, 1), (0, 1))
    return f"{van_evera(*own.middle)}{_way(own)}"


def _way(own: Judged) -> str:
    held, failed = own.middle
    return " for the opposite" if held < failed else ""


def _seen(clue: Clue) -> str:
    return f"{clue.id} {'found' if clue.found == 'yes' else 'not found'}"


def _missing(case: Case, by: str) -> list[str]:
    """Say which clues an analyst did not judge, or which analysts are left out of the row of all."""
    if by != ALL:
        left = [clue.id for clue in case.counts if not judged(clue, by)]
        return [f"gave no ranges for {', '.join(left)}, so is not in the row of all"] if left else []
    left = [name for name in case.analysts if name not in case.complete]
    return (
        [f"{counted(len(left), 'analyst')} who did not judge every clue {'is' if len(left) == 1 else 'are'} left out"]
        if left
        else []
    )


def _late(own: Sequence[Clue], by: str, known: Mapping[str, Traces]) -> list[str]:
    """Say which ranges were given after the segment was coded, or on the same day."""
    found: dict[str, list[str]] = {}
    for clue in own if known else ():
        for one in clue.analysts:
            if by in (ALL, one.by):
                when = order(one.date, known[clue.id].coded)
                found.setdefault(when, []).append(f"{clue.id} by {one.by}" if by == ALL else clue.id)
    late, same = found.get("after", []), found.get("the same day", [])
    said = [f"given after the segment was coded: {', '.join(late)}"] if late else []
    return said + (
        [f"given on the day on which the segment was coded, and nobody can tell which came first: {', '.join(same)}"]
        if same
        else []
    )


def _about_codings(own: Sequence[Clue], known: Mapping[str, Traces]) -> list[str]:
    """Say which clues have no passage to show, or have lost one, and which may rest on the same words."""
    said = []
    if bare := [clue.id for clue in own if clue.found == "yes" and not clue.codings]:
        said.append(f"found, but no coding is named: {', '.join(bare)}")
    if gone := [f"{one[-8:]} of {clue.id}" for clue in own if known for one in known[clue.id].gone]:
        said.append(f"no longer in force: coding {', '.join(gone)}")
    if changed := [clue.id for clue in own if known and known[clue.id].changed]:
        said.append(f"changed since it was sealed: {', '.join(changed)}")
    shared = [
        f"{one.id} and {other.id}"
        for one, other in combinations(own, 2)
        if known and known[one.id].documents & known[other.id].documents
    ]
    if shared:
        said.append(f"in the same transcript, yet of different dependence groups: {', '.join(shared)}")
    return said


def _certain(own: Sequence[Clue], people: Sequence[str]) -> list[str]:
    """Say which clues can settle the matter alone, because somebody gave a probability of 0 or 1."""
    sure = []
    for clue in own:
        weights = [weight(one) for name in people if (one := judged(clue, name))]
        if any(abs(end) == float("inf") for pair in weights for end in pair):
            sure.append(clue.id)
    return [f"a probability of 0 or 1 lets one clue settle it alone: {', '.join(sure)}"] if sure else []


def _sentences(theory: Theory, case: Case, row: Mapping[str, Any], prior: tuple[float, float]) -> list[str]:
    """Say what the clues of a link do together, and where analysts differ about the kind of one."""
    name = f"{case.link} ({theory.name(case.link)})"
    if row.get("value") is None:
        return [f"{name}: not computed, as {row['note']}."]
    before = _share(prior[0]) if prior[0] == prior[1] else f"{_share(prior[0])} to {_share(prior[1])}"
    said = (
        f"{name}: from {before} before, {row['n']} of {counted(row['total'], 'clue')} lead to a probability of "
        f"{_share(row['low'])} to {_share(row['high'])} that it holds, over the ranges of "
        f"{counted(len(case.complete), 'analyst')} ({row['decibels_low']:+.1f} to {row['decibels_high']:+.1f} decibels)"
    )
    differ = [_for_all(clue) for clue in case.counts if "analysts differ" in _for_all(clue)]
    return [f"{said}. {'; '.join(differ)}." if differ else f"{said}."]


def _share(value: float) -> str:
    if 0 < value < 0.005:
        return "below 0.01"
    return "above 0.99" if 0.995 <= value < 1 else f"{value:.2f}"


def _notes(clues: Clues, known: Mapping[str, Traces]) -> list[str]:
    notes = [
        "A lens, not a verdict: it shows what analysts' own probabilities imply. Verdicts are in `theory`.",
        "Ranges are carried through by interval arithmetic: the lowest and the highest probability over all their "
        "corners. They are no confidence intervals. Whoever starts from another prior adds the decibels to it: 3 "
        "double the odds, 10 multiply them by ten.",
        f"Kinds of test: what is found counts much where it is at least {RATIO:g} times as likely if the link holds, "
        f"what is not found where its absence is at least {RATIO:g} times as likely if it does not (borders of "
        "Humphreys & Jacobs 2023, ch. 5, for Van Evera's 1997 tests). A straw in the wind is neither, a smoking gun "
        "the first, a hoop the second, a doubly decisive clue both.",
        "Clues that nobody looked for, or that fewer than two analysts judged, count for nothing; of one dependence "
        "group only the strongest counts. Others are taken as independent of each other.",
    ]
    if not known:
        return [
            *notes,
            "No store was given, so nobody can tell which ranges were given before the passages were coded.",
        ]
    before = sum(one.sealed_before for one in known.values())
    return [
        *notes,
        f"The days on which ranges were given are the analysts' word. Of {counted(len(clues.clues), 'clue')}, {before} "
        "were sealed in the store, as they read now, before their passages were coded.",
    ]
