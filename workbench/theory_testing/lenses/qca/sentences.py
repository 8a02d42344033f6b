"""What a truth table says, in words for a steering group, and what must be read with it."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from workbench.language.counted import counted
from workbench.theory_testing.lenses.qca.cases import NOT, Cases, named
from workbench.theory_testing.lenses.qca.observed import NOT_SUFFICIENT, SUFFICIENT, Row, Rule, observed
from workbench.theory_testing.lenses.qca.solution import Model, Solution, Term, conservative, parsimonious, remainders

STEP = 0.05
"""How far the cut is moved, either way, to see whether the solution stands."""
LOWEST_CUT = 0.75
MOST_ASSUMED = 32


def statements(cases: Cases, rows: Sequence[Row], rule: Rule, needed: pd.DataFrame) -> list[str]:
    """Return the sentences of the finding: rows, both solutions, other cuts, necessity."""
    good = [row for row in rows if row.status == SUFFICIENT]
    within = sum(len(row.cases) for row in good)
    pri = "" if rule.pri is None else f" and a PRI of {rule.pri:.2f} or more"
    held = f"{len(good)} of them, with {counted(within, 'case')}, {'goes' if len(good) == 1 else 'go'}"
    said = [
        f"{counted(len(cases.ids), 'case')} and {counted(len(cases.conditions), 'condition')}: of "
        f"{counted(2 ** len(cases.conditions), 'possible combination')}, {len(rows)} were seen; "
        f"{held if good else 'none goes'} with {cases.outcome} at a consistency of {rule.cut:.2f} or more{pri}."
    ]
    if good and all(row.status != NOT_SUFFICIENT for row in rows):
        said.append(
            "Every combination that was seen does: with none that fails, nothing shows which condition matters."
        )
    if good:
        plain, short = conservative(cases, rows), parsimonious(cases, rows)
        said += _told(cases, "What was seen (conservative solution)", plain)
        if _terms(plain) == _terms(short):
            said.append("Assuming anything of combinations that nobody saw would make it no shorter.")
        else:
            said += _told(cases, "With assumptions (parsimonious solution)", short)
            said += _incoherent(cases, needed, short)
    return [*said, *_other_cuts(cases, rows, rule), *_one_left_out(cases, rows, rule), *_necessity(cases, needed)]


def notes(cases: Cases, rows: Sequence[Row], rule: Rule) -> list[str]:
    """Return the limits that must be read with the numbers."""
    unseen, every = len(remainders(cases, rows)), 2 ** len(cases.conditions)
    held = "no case" if rule.least == 1 else f"fewer than {rule.least} cases"
    said = [
        "A lens, not a verdict: that cases with a combination show the outcome does not say that it brings it about. "
        "Go back to the cases of each row. Verdicts are in `theory`.",
        f"Limited diversity: {unseen} of {counted(every, 'combination')} hold {held}: nothing here says what would "
        "happen there. Simplifying assumptions are guesses about them that a person must find believable before the "
        "parsimonious solution is used.",
        "`consistency` is the share of a combination that lies within the outcome, `pri` the same without what lies "
        "within its absence too. Every case counts with its membership; `n` and `cases` are those more in than out. "
        f"What goes with the absence is not the mirror of it: ask for {_absence(cases.outcome)} apart.",
    ]
    contradictory = [row.row for row in rows if row.contradictory]
    if contradictory:
        said.append(
            f"Contradictory: {counted(len(contradictory), 'combination')} ({named(contradictory)}) with cases that "
            "show the outcome and cases that do not. A condition may be missing, or a membership wrong."
        )
    if rule.cut < LOWEST_CUT:
        said.append(f"The cut of {rule.cut:.2f} is below {LOWEST_CUT}, the lowest in use (Ragin 2008).")
    return [*said, *_halves(cases), *_skewed(cases)]


def _told(cases: Cases, what: str, solution: Solution) -> Iterator[str]:
    several = len(solution.models) > 1
    if several:
        more = " or more" if solution.more else ""
        yield (
            f"{what}: {len(solution.models)}{more} expressions are equally short, and nothing in the cases chooses "
            "between them; a claim that rests on one of them only is not shown."
        )
    for number, model in enumerate(solution.models, start=1):
        which = f"{what}, {number} of {len(solution.models)}{' listed' if solution.more else ''}" if several else what
        yield _in_short(cases, which, model)
    uniques: dict[str, list[float]] = {}
    terms = [term for model in solution.models for term in model.terms]
    for term in terms:
        uniques.setdefault(term.term, []).append(term.unique)
    for term in {term.term: term for term in terms}.values():
        yield _sentence(cases, term, uniques[term.term])
    yield from dict.fromkeys(left for model in solution.models for left in _left(cases, model))


def _in_short(cases: Cases, which: str, model: Model) -> str:
    said = f"{which}: {' + '.join(cases.words(term.term) for term in model.terms)} → {cases.outcome}; "
    said += f"consistency {model.fit.consistency:.3f}, PRI {model.fit.pri:.3f}, coverage {model.fit.coverage:.3f}"
    if model.assumed:
        assumed = named([cases.words(row) for row in model.assumed], MOST_ASSUMED)
        said += f"; it takes for granted {counted(len(model.assumed), 'combination')} that nobody saw: {assumed}"
    return f"{said}."


def _incoherent(cases: Cases, needed: pd.DataFrame, solution: Solution) -> Iterator[str]:
    """Tell assumptions that lack what the cases show to be necessary (Schneider & Wagemann 2012, ch. 8)."""
    assumed = sorted({row for model in solution.models for row in model.assumed}, reverse=True)
    for name in needed.loc[needed["note"] != "", "condition"]:
        digit = "0" if name in cases.conditions else "1"
        place = cases.conditions.index(name if digit == "0" else name.removeprefix(NOT))
        number = sum(row[place] == digit for row in assumed)
        if number:
            yield (
                f"{number} of these {counted(len(assumed), 'assumption')} would have {cases.outcome} without {name}, "
                "which the cases show as necessary: hard to believe."
            )


def _sentence(cases: Cases, term: Term, uniques: Sequence[float]) -> str:
    parts = list(zip(cases.conditions, term.term, strict=True))
    having, lacking = ([name for name, digit in parts if digit == wanted] for wanted in "10")
    what = [f"{how} {_and(names)}" for how, names in (("with", having), ("without", lacking)) if names]
    own = cases.inside(cases.within(term.term))
    against = [case for case in own if case in cases.inside(1 - cases.y)]
    unique = " to ".join(dict.fromkeys(f"{value:.3f}" for value in (min(uniques), max(uniques))))
    said = f"Cases {', '.join(what) or 'of any kind'} ({named(own)}) go with {cases.outcome}"
    said += f", though {named(against)} did not" if against else ""
    return (
        f"{said}: consistency {term.fit.consistency:.3f}, PRI {term.fit.pri:.3f}, raw coverage "
        f"{term.fit.coverage:.3f}, unique coverage {unique}."
    )


def _left(cases: Cases, model: Model) -> Iterator[str]:
    explained = set(cases.inside(cases.within_any(term.term for term in model.terms)))
    left = [case for case in cases.inside(cases.y) if case not in explained]
    if left:
        show, lie = ("shows", "lies") if len(left) == 1 else ("show", "lie")
        yield f"{named(left)} {show} {cases.outcome} and {lie} in none of these."


def _other_cuts(cases: Cases, rows: Sequence[Row], rule: Rule) -> Iterator[str]:
    now, said = _terms(conservative(cases, rows)), []
    for cut in (round(rule.cut - STEP, 4), round(rule.cut + STEP, 4)):
        if 0 < cut <= 1:
            moved = Rule(cut=cut, pri=rule.pri, least=rule.least)
            then = conservative(cases, observed(cases, moved))
            words = [" + ".join(cases.words(term.term) for term in model.terms) for model in then.models]
            same = "empty" if not words else "the same" if _terms(then) == now else " or ".join(words[:2])
            said.append(f"at a cut of {cut:.2f} it is {same}")
    if said:
        yield f"Whether the conservative solution hangs on the cut: {'; '.join(said)}."


def _one_left_out(cases: Cases, rows: Sequence[Row], rule: Rule) -> Iterator[str]:
    """Tell which single cases the set of sufficient combinations hangs on."""
    now = {row.row for row in rows if row.status == SUFFICIENT}
    carrying = [
        case
        for case in cases.ids
        if {row.row for row in observed(cases.without(case), rule) if row.status == SUFFICIENT} != now
    ]
    told = (
        f"hang on {counted(len(carrying), 'single case')}: {named(carrying)}" if carrying else "hang on no single case"
    )
    yield f"Leaving out one case at a time: which combinations are sufficient would {told}."


def _necessity(cases: Cases, needed: pd.DataFrame) -> Iterator[str]:
    for row in needed[needed["note"] != ""].itertuples():
        yield (
            f"{cases.outcome} is hardly ever there without {row.condition} ({row.note}): consistency of necessity "
            f"{row.consistency:.3f}, coverage {row.coverage:.3f}, relevance {row.relevance:.3f}."
        )
    rest = needed[needed["note"] == ""]
    if len(rest):
        numbers = (f"{r.condition} {r.consistency:.3f}/{r.coverage:.3f}/{r.relevance:.3f}" for r in rest.itertuples())
        yield f"Not necessary for {cases.outcome} (consistency/coverage/relevance): {', '.join(numbers)}."


def _halves(cases: Cases) -> Iterator[str]:
    """Tell memberships of 0.5, which put a case in no row."""
    columns = zip([*cases.conditions, cases.outcome], [*cases.x.T, cases.y], strict=True)
    said = []
    for name, values in columns:
        half = [case for case, value in zip(cases.ids, values, strict=True) if value == 0.5]
        said += [f"{named(half)} in {name}"] if half else []
    if said:
        yield (
            f"A membership of exactly 0.5 is neither in nor out: {'; '.join(said)}. A case that has it in a condition "
            "lies in no row, though it counts in the sums. Decide the case, or move the crossover."
        )


def _skewed(cases: Cases) -> Iterator[str]:
    said = []
    for name, values in zip([*cases.conditions, cases.outcome], [*cases.x.T, cases.y], strict=True):
        for side, where in (("out of", values < 0.5), ("in", values > 0.5)):
            said += [] if np.any(where) else [f"no case is more {side} {name}"]
    if said:
        yield f"Skewed: {'; '.join(said)}. What hardly varies can be neither shown nor ruled out."


def _absence(outcome: str) -> str:
    return outcome.removeprefix(NOT) if outcome.startswith(NOT) else NOT + outcome


def _terms(solution: Solution) -> list[list[str]]:
    return [[term.term for term in model.terms] for model in solution.models]


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
