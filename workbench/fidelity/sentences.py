"""What the table says, in sentences with number, base and interval."""

from datetime import date

from workbench.estimates import wilson
from workbench.fidelity.log import EventLog
from workbench.fidelity.rows import Result, undefined_because
from workbench.manual import Manual

SHOWN_DRIFT = 0.05


def statements(results: list[Result], manual: Manual) -> list[str]:
    """Return an overview, then what records and people say of each component."""
    told = [
        sentence for result in results for sentence in (_records(result), _drift(result), _people(result)) if sentence
    ]
    return [_overview(results, manual), *told]


def _overview(results: list[Result], manual: Manual) -> str:
    seen = [result for result in results if result.tally().total and not result.decisions.unseen_because]
    head = f"{manual.title}: records can be held against {len(seen)} of {len(results)} components"
    if not seen:
        return f"{head}."
    if len(seen) == 1:
        return f"{head}; {_share(seen[0])} cases kept {_name(seen[0])}."
    ranked = sorted(seen, key=lambda result: result.tally().met / result.tally().total)
    low, high = (f"{_share(result)} ({_name(result)})" for result in (ranked[0], ranked[-1]))
    return f"{head}; the share of cases that kept one runs from {low} to {high}."


def _records(result: Result) -> str:
    if result.decisions.unseen_because:
        return f"{_name(result)}: not observable in these records ({result.decisions.unseen_because})."
    told = result.tally()
    if not told.total:
        return f"{_name(result)}: undefined. {undefined_because(told)}"
    share = wilson(told.met, told.total)
    parts = [
        f"{_name(result)}: {told.met:,} of {told.total:,} cases kept it "
        f"({_percent(share.value)}, 95% interval {_percent(share.low)} to {_percent(share.high)})"
    ]
    if told.otherwise and _splits(result):
        parts.append(f"of the {told.missed:,} missed, {told.otherwise:,} recorded but {_how(result)}")
    if told.not_due:
        closed = result.tally(closed_only=True)
        among = f", {_percent(closed.met / closed.total)} among those whose time had run out" if closed.total else ""
        parts.append(f"{told.not_due:,} not due yet{among}")
    if told.unknown:
        parts.append(f"{told.unknown:,} cannot be told from what is recorded")
    return "; ".join(parts) + "."


def _drift(result: Result) -> str:
    p = result.drift.value
    if p is None or p >= SHOWN_DRIFT:
        return ""
    (first, start), (last, end) = result.complete_months[0], result.complete_months[-1]
    size = "p < 0.001" if p < 0.001 else f"p = {p:.3f}"
    return (
        f"{result.component.id} moves from month to month ({result.drift.method}, {size}): "
        f"{start.met:,} of {start.total:,} ({_percent(start.met / start.total)}) in {first}, "
        f"{end.met:,} of {end.total:,} ({_percent(end.met / end.total)}) in {last}."
    )


def _people(result: Result) -> str:
    voices = result.voices
    if voices is None or not (voices.heard or voices.coders_differ):
        return ""
    differ = f"; coders differ on what {_count(voices.coders_differ)}" if voices.coders_differ else ""
    both = f", {_count(voices.mixed)} both" if voices.mixed else ""
    return (
        f"{result.component.id} in interviews: {_count(voices.delivered)} it was delivered as written, "
        f"{_count(voices.adapted)} adapted, {_count(voices.not_delivered)} not delivered{both}{differ}."
    )


def limits(results: list[Result], log: EventLog, *, as_of: date) -> list[str]:
    """Return what must be read with the numbers."""
    notes = [
        f"Cut-off: events up to {as_of.isoformat()}. What is not due by then is not counted as missed.",
        "Met and missed are cases; a case with several activations is met when all of them are.",
        "A share says what was recorded. What was done and not written down counts as missed, unless a rule says not.",
        "Each person counts once a component: under what all their passages say, or as saying both. Where two coders "
        "read one turn differently it says nothing until they have settled it.",
        "People were chosen for what they could tell. Records: kept in most cases means at least half of the decided "
        "cases, in few cases means fewer. People: most say means more than half of those who spoke of it; divided "
        "means that no more than half say one thing, and some say delivered or adapted, others not delivered.",
        "The trend test looks at complete months, one component at a time; among many, a few small p come by chance.",
    ]
    tail = sorted({str(month) for result in results for month, told in result.months if told.not_due})
    if tail:
        notes.append(
            f"Truncated tail: in months from {tail[0]} on, some component is not due for all cases yet. "
            "What is kept soon shows at once, and what is missed shows later (the other way round where a thing must "
            "not be): read value_closed beside value."
        )
    unseen = [result.component.id for result in results if result.decisions.unseen_because]
    if unseen:
        notes.append(f"Not observable in these records, which is not the same as not delivered: {', '.join(unseen)}.")
    if any(result.component.rule and result.component.rule.within is None for result in results):
        notes.append("Where a rule sets no time, the log is read as complete at the cut-off.")
    if log.undated:
        notes.append(f"{log.undated:,} events without case or time were left out.")
    return notes


def _splits(result: Result) -> bool:
    rule = result.component.rule
    return rule is not None and rule.template not in ("not_response", "absence", "required_value")


def _how(result: Result) -> str:
    rule = result.component.rule
    template = rule.template if rule else ""
    if template in ("response", "case_within"):
        return "late"
    return "out of order" if template in ("precedence", "init") else "not in the amount or time prescribed"


def _name(result: Result) -> str:
    return f"{result.component.id} {result.component.name}"


def _share(result: Result) -> str:
    told = result.tally()
    return f"{_percent(told.met / told.total)} of {told.total:,}"


def _percent(share: float | None) -> str:
    return "undefined" if share is None else f"{share:.1%}"


def _count(people: int) -> str:
    return "1 person says" if people == 1 else f"{people} people say"
