"""Co-occurrence: which codes stand together more often, or less, than shuffled codes do."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbench.coding.settle import CodedTalk, decided
from workbench.errors import Problems
from workbench.finding import Finding
from workbench.language.counted import counted
from workbench.provenance import Provenance
from workbench.theory.model import ARROW
from workbench.theory_testing.lenses.saturation import FEWEST_SHUFFLES, counted_codings
from workbench.theory_testing.lenses.shuffles import (
    join_passages,
    meetings,
    shuffle_documents,
    shuffle_passages,
    together,
)  # fmt: skip

WINDOWS = {"segment": "passages that share a character or more", "document": "one transcript"}
COLUMNS = (
    "code", "other", "n", "expected", "low", "high", "lift", "documents", "level", "window", "note",
)  # fmt: skip
MOST_TOLD = 5
FRESH = 20
"""More shuffles, to see how many pairs lie outside the bands of the others."""

_ABOVE, _BELOW = "more often than chance", "less often than chance"
_FIXED = "no shuffle can change it: nothing can be said"
_ONCE = "once, which chance hardly brings: one place is no pattern"
_NO_LIFT = "no shuffle brings them together: no lift"
PART_OF_LINK = "one is an end of the other, a link"
"""Note of a code beside a link that it is an end of."""
Array = np.ndarray[Any, np.dtype[Any]]
Pairs = tuple[Array, Array]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was counted of every pair of codes, and the way back to the codings.

    Parameters
    ----------
    n, expected, low, high, documents : numpy.ndarray
        One number a pair, in the order of `numpy.triu_indices`.
    fixed : numpy.ndarray
        Whether all shuffles give the same.
    outside : float
        Pairs that lie outside their band, and not by one place alone, in a shuffle, on average.
    behind : callable
        Two numbers of codes to the rows of the codings.
    """

    n: Array
    expected: Array
    low: Array
    high: Array
    fixed: Array
    documents: Array
    outside: float
    behind: Callable[[int, int], Array]


def cooccurrence(store: CodedTalk, *, level: str = "segment", permutations: int = 200, seed: int = 2020) -> Finding:
    """Count which codes stand together, beside what shuffled codes give.

    Whose talk counts is as in the ledger; all coders count together, with decisions on differences in force, and
    silences on a link left out. By segment, codings of one code that share a character are first joined to one
    passage, whoever made them: two coders on one place count once. `n` is then the number of pairs of passages, one
    of either code, that share a character or more. It is the same in both directions. Chance is the codes shuffled
    among the passages of each transcript: each code keeps its number of passages there. By document, `n` is the
    number of transcripts that have both codes. Chance is the codes shuffled among transcripts so that each code keeps
    its number of transcripts and each transcript its number of codes: long talks, which have more of everything, do
    not make pairs.

    Parameters
    ----------
    store : CodedTalk
        A coding store, or one as it stood on a day.
    level : str
        segment or document.
    permutations : int
        Shuffles, 40 at least.
    seed : int
        For the same shuffles again.

    Returns
    -------
    Finding
        One row a pair of codes that stands together, or would by chance: code, other (in the order of their names),
        n, expected (mean of the shuffles), low and high (their 2.5 and 97.5 percentiles), lift (n ÷ expected; missing
        where nothing is expected), documents (transcripts in which they stand together), level, window, note (outside
        the band, or why nothing can be said). `trace(row)` gives the coding ids.

    Raises
    ------
    InputError
        If there is no such level, or shuffles are too few.

    References
    ----------
    Gotelli (2000), Ecology 81(9): null models of co-occurrence with both margins kept; Carstens, Hamann, Meyer,
    Penschuck, Tran & Wagner (2018), ESA, LIPIcs 112: global curveball trades, by which transcripts are shuffled.
    """
    problems = Problems()
    if level not in WINDOWS:
        problems.add("cooccurrence", f"there is no level {level!r}", choices=tuple(WINDOWS))
    if permutations < FEWEST_SHUFFLES:
        problems.add("cooccurrence", f"permutations is {permutations}", remedy=f"Give {FEWEST_SHUFFLES} or more")
    problems.raise_if_any()
    settled = decided(store)
    codings = counted_codings(store, settled)
    codes, documents = sorted(set(codings["code"])), codings["document"].nunique()
    pairs = np.triu_indices(len(codes), 1)
    counted_pairs, table = None, pd.DataFrame(columns=list(COLUMNS))
    if len(codes) > 1 and (level == "segment" or documents > 1):
        rng, count = np.random.default_rng(seed), _by_segment if level == "segment" else _by_document
        counted_pairs = count(codings, codes, permutations, rng)
        table, pairs = _table(counted_pairs, codes, pairs, level)
    ids = codings["id"].to_numpy(dtype=object)

    def evidence(row: int) -> tuple[str, ...]:
        behind = ids[counted_pairs.behind(int(pairs[0][row]), int(pairs[1][row]))] if counted_pairs else ()
        return tuple(str(one) for each in behind for one in (each, *settled.behind.get(each, ())))

    return Finding(
        name="cooccurrence",
        title="Which codes stand together?",
        table=table,
        statements=_statements(table, counted_pairs, len(codes), documents, level),
        notes=_notes(level, permutations, len(settled.codings) - len(codings)),
        provenance=Provenance(
            call=f"cooccurrence(store, level={level!r}, permutations={permutations}, seed={seed})",
            inputs={"acts": store.fingerprint()},
        ),
        evidence=evidence,
    )


def _by_segment(codings: pd.DataFrame, codes: list[str], permutations: int, rng: np.random.Generator) -> Counted:
    document, code = _numbers(codings, codes)
    whose, first, end = join_passages(
        document * len(codes) + code, codings["start"].to_numpy(), codings["end"].to_numpy()
    )
    document, code, start = document[first], code[first], codings["start"].to_numpy()[first]
    one, other = meetings(document, start, end)
    pair_of = _pair_numbers(len(codes))
    pair, pairs = pair_of[code[one], code[other]], len(codes) * (len(codes) - 1) // 2
    shuffled = shuffle_passages(document, code, permutations + FRESH, rng)
    counts = np.empty((pairs, permutations + FRESH), dtype=np.min_scalar_type(len(one)))
    for turn, drawn in enumerate(shuffled):
        counts[:, turn] = np.bincount(pair_of[drawn[one], drawn[other]], minlength=pairs + 1)[:pairs]
    # What all shuffles come to can be reckoned: two passages of m bear two given codes in 2ab of m(m - 1) ways.
    size, met = np.bincount(document), np.bincount(document[one], minlength=document.max() + 1)
    held = np.zeros((len(size), len(codes)))
    np.add.at(held, (document, code), 1)
    ways = (held.T * (2 * met / np.maximum(size * (size - 1), 1))) @ held
    places = np.unique(pair.astype("int64") * len(size) + document[one]) // len(size)

    def behind(code_a: int, code_b: int) -> Array:
        here = pair == pair_of[code_a, code_b]
        return np.flatnonzero(np.isin(whose, np.r_[one[here], other[here]]))

    return _counted(
        np.bincount(pair, minlength=pairs), counts, np.bincount(places, minlength=pairs), behind,
        expected=ways[np.triu_indices(len(codes), 1)],
    )  # fmt: skip


def _by_document(codings: pd.DataFrame, codes: list[str], permutations: int, rng: np.random.Generator) -> Counted:
    document, code = _numbers(codings, codes)
    has = np.zeros((document.max() + 1, len(codes)), dtype=bool)
    has[document, code] = True
    above = np.triu_indices(len(codes), 1)
    counts = np.empty((len(above[0]), permutations + FRESH), dtype=np.min_scalar_type(len(has)))
    for turn, drawn in enumerate(shuffle_documents(has, permutations + FRESH, rng)):
        counts[:, turn] = together(drawn, above)

    def behind(code_a: int, code_b: int) -> Array:
        both = has[:, code_a] & has[:, code_b]
        return np.flatnonzero(both[document] & np.isin(code, (code_a, code_b)))

    n = together(has, above)
    return _counted(n, counts, n, behind, expected=counts.mean(axis=1))


def _numbers(codings: pd.DataFrame, codes: list[str]) -> tuple[Array, Array]:
    """Return document and code of each coding as numbers in the order of their names."""
    return pd.factorize(codings["document"], sort=True)[0], pd.Index(codes).get_indexer(pd.Index(codings["code"]))


def _pair_numbers(codes: int) -> Array:
    """Return the number of each pair of codes, the same in both directions; a code and itself come last."""
    numbers = np.full((codes, codes), codes * (codes - 1) // 2, dtype="int32")
    one, other = np.triu_indices(codes, 1)
    numbers[one, other] = numbers[other, one] = np.arange(len(one))
    return numbers


def _counted(
    n: Array, counts: Array, documents: Array, behind: Callable[[int, int], Array], *, expected: Array
) -> Counted:
    drawn, fresh = counts[:, :-FRESH], counts[:, -FRESH:]
    cut = int(0.025 * (drawn.shape[1] + 1)) - 1  # one shuffle more would lie outside in one case of twenty
    ranked = np.partition(drawn, (cut, -1 - cut), axis=1)
    low, high = ranked[:, cut].astype("int64"), ranked[:, -1 - cut].astype("int64")
    fixed = drawn.min(axis=1) == drawn.max(axis=1)
    outside = ((fresh < low[:, None]) | (fresh > np.maximum(high, 1)[:, None])).sum() / FRESH
    return Counted(
        n=n, expected=expected, low=low, high=high, fixed=fixed, documents=documents, outside=float(outside),
        behind=behind,
    )  # fmt: skip


def _table(found: Counted, codes: list[str], pairs: Pairs, level: str) -> tuple[pd.DataFrame, Pairs]:
    """Return the pairs that stand together or would by chance, and their numbers."""
    kept = np.flatnonzero((found.n > 0) | (found.low > 0))
    one, other = pairs[0][kept], pairs[1][kept]
    names = np.array(codes, dtype=object)
    table = pd.DataFrame({"code": names[one], "other": names[other]}).astype("str")
    for name in ("n", "expected", "low", "high", "fixed", "documents"):
        table[name] = getattr(found, name)[kept]
    told = (table[name].tolist() for name in ("code", "other", "n", "expected", "low", "high", "fixed"))
    table["note"] = pd.Series([_note(*row) for row in zip(*told, strict=True)], dtype="str")
    lift = table["n"] / table["expected"].where(table["expected"] > 0)
    table = table.assign(lift=lift, level=level, window=WINDOWS[level])
    return table[list(COLUMNS)], (one, other)


def _note(code: str, other: str, n: int, expected: float, low: int, high: int, fixed: bool) -> str:
    said = [_ABOVE if n > 1 else _ONCE] if n > high else [_BELOW] if n < low else [_FIXED] if fixed else []
    said += [] if expected > 0 else [_NO_LIFT]
    return "; ".join([*said, *([PART_OF_LINK] if _is_end(code, other) or _is_end(other, code) else [])])


def _is_end(code: str, link: str) -> bool:
    return ARROW in link and (code in re.split(f"[{ARROW}()]", link) or f"({code})" in link)


def _statements(table: pd.DataFrame, found: Counted | None, codes: int, documents: int, level: str) -> list[str]:
    if not codes:
        return ["No talk in a finished transcript is coded: nothing can be said of codes together."]
    if found is None:
        what = counted(codes, "code") if codes < 2 else f"{counted(documents, 'transcript')} by document"
        return [f"There is only {what}: nothing can be said of codes together."]
    above, below = (table[table["note"].str.startswith(what)] for what in (_ABOVE, _BELOW))
    sentences = [
        f"Of {counted(len(found.n), 'pair')} of {counted(codes, 'code')}, {int((found.n > 0).sum()):,} stand together "
        f"somewhere ({WINDOWS[level]}); {len(above):,} do so more often than chance and {len(below):,} less often. In "
        f"a shuffle, {found.outside:,.0f} pairs lie outside on average: take single pairs as leads, not as findings."
    ]
    ends = above["note"].str.contains(PART_OF_LINK)
    if ends.any():
        sentences.append(f"{int(ends.sum()):,} of those more often than chance are a link and an end of it: coded so.")
    first = above[~ends]
    first = first.assign(more=first["n"] - first["high"]).sort_values("more", ascending=False, kind="stable")
    for row in first.head(MOST_TOLD).to_dict(orient="records"):
        times = counted(row["n"], "time") if level == "segment" else f"in {counted(row['n'], 'transcript')}"
        sentences.append(
            f"{row['code']} and {row['other']} stand together {times}, where chance gives {row['low']} to "
            f"{row['high']}."
        )
    return sentences


def _notes(level: str, permutations: int, left_out: int) -> list[str]:
    ways = {
        "segment": "Codings of one code that share a character count as one passage, whoever made them. `n` counts "
        "pairs of passages; chance shuffles the codes among the passages of each transcript.",
        "document": "`n` counts transcripts. Chance keeps how many transcripts each code has and how many codes each "
        "transcript has, so long talks do not make pairs.",
    }
    return [
        "A view, not evidence: codes stand together by what people say, by how codes are defined, and by how coders "
        "cut passages.",
        f"Window: {WINDOWS[level]}. {ways[level]}",
        f"The band holds the middle 95 % of {permutations:,} shuffles. Pairs that neither stand together nor would in "
        "nearly all shuffles are left out.",
        f"Left out: {counted(left_out, 'coding')} of interviewers' talk, in transcripts that nobody has finished, of "
        "silence, or not made by people.",
    ]
