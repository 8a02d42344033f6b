"""What people said, through the gate: attributed to a group that is large enough, with an alias for its coding."""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace
from re import Pattern
from typing import Any

import pandas as pd

from workbench.disclosure import Permission, Release, Rules, attribution, people_per_group, unasked
from workbench.report.aliases import Aliases
from workbench.report.markup import block, escape
from workbench.report.masking import without_names
from workbench.report.places import Places

EVERYBODY = "Somebody who was interviewed"
HELD_BACK = "[held back until somebody has reviewed it]"
LONGEST = 420
FITTING = 180
"""Characters of a quote that tells enough and can be read in passing; the nearest to it come first."""


@dataclass(frozen=True, kw_only=True)
class Groups:
    """What speakers are called beside a quote or a count.

    Parameters
    ----------
    labels : Mapping of (role, scheme) to str
        The most detailed name whose group is large enough.
    sizes : Mapping[str, int]
        People behind each name.
    """

    labels: Mapping[tuple[str, str], str]
    sizes: Mapping[str, int]

    def label(self, row: Mapping[Hashable, Any]) -> str:
        """Return what the speaker of a row with `role` and `scheme` is called."""
        return self.labels.get((str(row["role"]), str(row["scheme"])), EVERYBODY)


@dataclass(frozen=True, kw_only=True)
class Talk:
    """What must be known of the talk before anything of it is shown.

    Parameters
    ----------
    documents : Collection[str]
        Ids of transcripts, which tell role and scheme.
    speakers : Groups
        What speakers are called.
    names : Pattern or None
        Names that speakers' labels hold.
    permission : callable
        What consent, the review for names and people's decisions say of a coding's words.
    unreviewed : Collection[str]
        Transcripts that nobody has reviewed for names: no word of theirs leaves.
    places : Places
        What schemes are called beside counts of what people said.
    """

    documents: Collection[str] = ()
    speakers: Groups = field(default_factory=lambda: Groups(labels={}, sizes={}))
    names: Pattern[str] | None = None
    permission: Permission = unasked
    unreviewed: Collection[str] = ()
    places: Places = field(default_factory=Places)


@dataclass(frozen=True, kw_only=True)
class Quoting:
    """What every quote passes on its way out.

    Parameters
    ----------
    gate : Release
        Decides and keeps the record.
    talk : Talk
        What speakers are called, and names to mask.
    aliases : Aliases
        Stand for the ids of codings.
    decided : dict of str to (str or None)
        What the gate made of the codings that were asked about: a quote on two pages is decided on once.
    """

    gate: Release
    talk: Talk
    aliases: Aliases
    decided: dict[str, str | None] = field(default_factory=dict)

    def reasons(self, coding: str) -> tuple[str, ...]:
        """Return the gate's reasons on a coding that was asked about."""
        alias = self.aliases.of(coding)
        return next((each.reasons for each in self.gate.entries if (each.kind, each.name) == ("quote", alias)), ())


def groups(turns: pd.DataFrame, rules: Rules) -> Groups:
    """Name speakers so that every name fits at least `rules.quote_group` people.

    The gate names a speaker by role and scheme, or more coarsely. What is left
    over by role alone may still be one person, when the rest of the role is
    named by scheme: such names are put together until each is large enough.

    Parameters
    ----------
    turns : pandas.DataFrame
        With `person`, `role` and `scheme`.
    rules : Rules
        Names the smallest group.
    """
    spoken = turns[~turns["role"].isin(["interviewer", "unknown"])]
    people = people_per_group(spoken)
    labels = {key: attribution({"role": key[0], "scheme": key[1]}, people, rules) for key in people}
    while True:
        sizes = Counter(dict.fromkeys(labels.values(), 0))
        for key, number in people.items():
            sizes[labels[key]] += number
        joining = _joining(sizes, rules)
        if joining is None:
            break
        labels = {key: EVERYBODY if label == joining else label for key, label in labels.items()}
    called = {name: _elsewhere(name, sizes) for name in sizes}
    return Groups(
        labels={key: called[label] for key, label in labels.items()},
        sizes={called[name]: size for name, size in sizes.items()},
    )


def _joining(sizes: Mapping[str, int], rules: Rules) -> str | None:
    """Return the name that must be given up next: the smallest that is too small; None where all are large enough."""
    ordered = sorted((name for name in sizes if name != EVERYBODY), key=lambda name: (sizes[name], name))
    small = [name for name in ordered if sizes[name] < rules.quote_group]
    if not small and 0 < sizes.get(EVERYBODY, 0) < rules.quote_group:
        small = ordered  # everybody else is too few: the smallest group joins them
    return small[0] if small and len(sizes) > 1 else None


def _elsewhere(name: str, sizes: Mapping[str, int]) -> str:
    """Return a role's name with “elsewhere” when other people of that role are named by scheme."""
    if name == EVERYBODY:
        return name
    return f"{name}, elsewhere" if any(other.startswith(f"{name}, ") for other in sizes) else name


def chosen(rows: pd.DataFrame, quoting: Quoting, *, most: int = 2) -> list[str]:
    """Return quotes as Markdown: at most one a person, from different groups first, each through the gate.

    What the gate refuses is passed over. What it wants reviewed is held back: a
    line says so, where there are not enough other quotes. Where no passage may
    be quoted at all, a line says why.

    Parameters
    ----------
    rows : pandas.DataFrame
        id, quote, person, role, scheme, document, turn.
    quoting : Quoting
        Gate, speakers, aliases.
    most : int
        Most quotes to return.
    """
    people = quoting.talk.speakers
    found: list[str] = []
    held: list[str] = []
    persons: set[str] = set()
    named: set[str] = set()
    waiting, reasons = _permitted(rows, quoting)
    while waiting and len(found) < most:
        fresh = [row for row in waiting if people.label(row) not in named] or waiting
        row = fresh[0]
        waiting.remove(row)
        text = None if row["person"] in persons else passed(row, quoting)
        if text is None:
            continue
        shown = quote(text, people.label(row), quoting.aliases.of(str(row["id"])))
        if text == HELD_BACK:
            held.append(shown)
            continue
        persons.add(row["person"])
        named.add(people.label(row))
        found.append(shown)
    told = [*found, *held[: most - len(found)]]
    return told or [none_may_be_quoted(reasons)] * bool(reasons)


def none_may_be_quoted(reasons: Mapping[str, int]) -> str:
    """Return the line that stands where no passage may be quoted, with the number of passages for each reason."""
    why = "; ".join(f"{reason} ({number:,})" for reason, number in sorted(reasons.items()))
    return block("notes", escape(f"None of these may be quoted: {why}."))


def _permitted(rows: pd.DataFrame, quoting: Quoting) -> tuple[list[dict[Hashable, Any]], Counter[str]]:
    """Return the passages whose words may leave as far as people are concerned, and the reasons of all others."""
    permitted, reasons = [], Counter[str]()
    for row in ordered(rows):
        why, _ = quoting.talk.permission(row)
        if not why:
            permitted.append(row)
            continue
        reasons[why] += 1
        passed(row, quoting)
    return permitted, reasons


def passed(row: Mapping[Hashable, Any], quoting: Quoting) -> str | None:
    """Return the words that may be shown, without names, or `HELD_BACK`; None where the gate refuses."""
    coding = str(row["id"])
    if coding not in quoting.decided:
        quoting.decided[coding] = _passed(row, quoting, quoting.aliases.of(coding))
    return quoting.decided[coding]


def _passed(row: Mapping[Hashable, Any], quoting: Quoting, alias: str) -> str | None:
    said = without_names(str(row["quote"]), quoting.talk.names)
    gate = quoting.gate
    turn = {"role": row["role"], "scheme": row["scheme"]}
    withheld, released_by = quoting.talk.permission(row)
    if gate.quote(alias, said, turn, {}, withheld=withheld, released_by=released_by) is None:
        return None
    entry = gate.entries[-1]
    if said != str(row["quote"]):
        gate.entries[-1] = replace(entry, reasons=(*entry.reasons, "a speaker's name was masked"))
    return HELD_BACK if entry.decision == "review" else said


def written(text: str, name: str, quoting: Quoting, *, withheld: str = "") -> str | None:
    """Return what a coder wrote, without names, or `HELD_BACK`; None where the gate refuses.

    Parameters
    ----------
    text : str
        A reason or a summary: it may repeat what somebody said.
    name : str
        Goes into the gate's record.
    quoting : Quoting
        Gate, and names to mask.
    withheld : str
        Why the words that it rests on may not leave; then it does not leave either.
    """
    said = without_names(text, quoting.talk.names)
    if quoting.gate.quote(name, said, {"role": "", "scheme": ""}, {}, withheld=withheld) is None:
        return None
    return HELD_BACK if quoting.gate.entries[-1].decision == "review" else said


def ordered(rows: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Return one row a passage, however many coders marked it, the most readable first."""
    each = rows.drop_duplicates(["document", "turn"]).to_dict(orient="records")
    return sorted(each, key=lambda row: (abs(len(str(row["quote"])) - FITTING), str(row["quote"])))


def quote(text: str, who: str, alias: str, *, longest: int = LONGEST) -> str:
    """Return a quote with its speaker's group and the alias of its coding, cut after so many characters."""
    said = " ".join(text.split())
    if len(said) > longest:
        said = f"{said[:longest].rsplit(' ', 1)[0]} […]"
    source = block("source", f"{escape(who)} · quote `{alias}`")
    return block("quote", f"> {escape(said)}" if text == HELD_BACK else f"> “{escape(said)}”", source)
