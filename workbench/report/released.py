"""Findings as they may be shown: every table, sentence and note through the gate."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from workbench.disclosure import Release, Rules, identifiers
from workbench.fidelity.rows import PEOPLE
from workbench.finding import Finding
from workbench.report.aliases import Aliases
from workbench.report.counted import rounded_counts
from workbench.report.masking import without_documents
from workbench.report.quotes import EVERYBODY, Groups, Talk
from workbench.report.released_theory import on_theory, with_records
from workbench.report.sentences import sentences, step
from workbench.report.wording import Names

AGREEMENT = ("agreement", *(f"agreement-{way}" for way in ("passage", "role", "scheme", "wave", "month")))
ON_THEORY = (
    "theory", "negative-cases", "change-our-mind", "configurations", "framework", "lens-tracing", "lens-causal-map",
    "lens-qca", "saturation", "cooccurrence",
)  # fmt: skip
TALK = ("corpus", "coding", *AGREEMENT, "disagreements", *ON_THEORY, "suggestions", "themes", "emmie", "methods")
"""Findings that count the people who were interviewed. They are the study's sample, which a report must describe, so
their counts stay; every other finding counts people on record and goes through suppression."""

VERBATIM = (
    "quote", "quotes", "text", "left", "right", "memo", "why", "summary", "document", "turn", "person", "codings",
    "cases",
)  # fmt: skip
"""Columns that hold talk, or lead to one transcript: they stay inside the study."""

SPOKEN = PEOPLE
"""Columns of a fidelity table that count interviewed people."""

REST = ("not_due", "not_applicable", "unknown")
"""Columns of a fidelity table that count cases beside n and total."""

HELD_BACK = ("missed", "otherwise", "rests_on", "written")
"""Columns that would give exact counts back, serve the gate alone, or hold a record's own words."""

COARSE = ("value_closed",)
"""Shares whose exact digits would give back counts that are rounded: two decimals are shown."""

NUMBERS = ("n", "total", "value", "low", "high", "selection_rate", *SPOKEN, *REST, *COARSE)
"""The only numeric columns about people on record that leave; any other could hold exact counts."""

COMPARED = ("equity-metricframe",)
"""Findings whose own sentences hold no count of people."""

DESCRIBED = ("records",)
"""Findings whose sentences hold counts as “12 people” and nothing derived from them: these are rounded where they
stand. Their notes are words, and stay beside a withheld count."""

UNREVIEWED_WORDS = "withheld: it rests on transcripts that nobody has reviewed for names"
WITHHELD = "withheld: it may hold a raw identifier"
_PLACE = re.compile(r"; most central: .*$")
"""Where a theme's most central passage stands."""

_BY_ROLE = re.compile(r"\w+_(officer|provider|service_user|stakeholder)")
"""Columns of the theory that count people by role: finer than the groups beside quotes, so they stay inside."""

OURS = ("flag without event", "event without flag")
"""Values of a check on the records that are words of ours, and tell two of its rows apart."""


@dataclass(frozen=True, kw_only=True)
class Released:
    """What a release shows.

    Parameters
    ----------
    findings : Mapping[str, Finding]
        With tables, sentences and notes that may leave.
    gate : Release
        The record of what was decided.
    talk : Talk
        What speakers are called, and what must be masked.
    aliases : Aliases
        Stand for the ids of codings.
    """

    findings: Mapping[str, Finding]
    gate: Release
    talk: Talk
    aliases: Aliases


def release(
    findings: Mapping[str, Finding], rules: Rules, names: Names, talk: Talk, aliases: Aliases | None = None
) -> Released:
    """Pass findings through the disclosure gate, all together.

    Parameters
    ----------
    findings : Mapping[str, Finding]
        By name.
    rules : Rules
        Threshold and rounding.
    names : Names
        What ids are called; used in sentences that are made again.
    talk : Talk
        What speakers are called, and the transcripts' ids, which are masked.
    aliases : Aliases, optional
        Stand for the ids of codings; new ones where none are given.

    Returns
    -------
    Released
    """
    gate, aliases = Release(rules), aliases or Aliases()
    counted = {name: finding for name, finding in findings.items() if name not in TALK}
    safe = gate.tables({name: finding.table for name, finding in counted.items()})
    shown = {name: _of_records(finding, safe[name], rules, names) for name, finding in counted.items()}
    shown |= {name: _of_talk(finding, talk, aliases) for name, finding in findings.items() if name in TALK}
    if "theory" in shown:
        shown["theory"] = with_records(shown["theory"], shown, names)
    for name in shown.keys() - counted.keys():
        gate.record("table", name, "pass", ["counts interviewed people, the study's sample, or none"])
    if "emmie" in shown:
        shown["emmie"] = _said_again(shown["emmie"], {name: shown[name] for name in counted})
    checked = {name: _checked(shown[name], gate) for name in findings}
    return Released(findings=checked, gate=gate, talk=talk, aliases=aliases)


def _of_records(finding: Finding, table: pd.DataFrame, rules: Rules, names: Names) -> Finding:
    """Return a finding about people on record with its sentences made again from what is shown."""
    if "drift_p" in table.columns:
        table["drift_p"] = table["drift_p"].map(step).astype(object)
    numeric = [name for name in table.select_dtypes("number").columns if name not in NUMBERS]
    held_back = {*HELD_BACK, *VERBATIM, *numeric}
    table = table.drop(columns=[name for name in table.columns if name in held_back]).copy()
    for column in SPOKEN:
        if column in table.columns:
            table[column] = finding.table[column]
    for column in COARSE:
        if column in table.columns:
            table[column] = table[column].round(2)
    beside = [column for column in REST if column in table.columns]
    if beside:
        small = table[beside].apply(lambda row: any(rules.is_small(count) for count in row.dropna()), axis=1)
        for column in beside:
            rounded = [None if pd.isna(count) else rules.rounded(float(count)) for count in table[column]]
            table[column] = pd.array(rounded, dtype="Int64")
            # Where one of them is small, the other and the known number of cases would give it back.
            table.loc[small, column] = pd.NA
    told = sentences(table, names)
    if finding.name in (*COMPARED, *DESCRIBED):
        told = [rounded_counts(text, rules) for text in finding.statements] + told
    if finding.name in DESCRIBED and "note" in table.columns:
        table["note"] = _told_apart(finding.table)
    if "note" in table.columns:
        table["note"] = [rounded_counts(note, rules) if isinstance(note, str) else note for note in table["note"]]
    notes = [rounded_counts(note, rules) for note in finding.notes]
    return replace(finding, table=table, statements=told, notes=notes)


def _told_apart(table: pd.DataFrame) -> list[str]:
    """Return notes with the value as written, where that is a word of ours and not of the record."""
    written = table["written"] if "written" in table.columns else [""] * len(table)
    return [f"{note}: {value}" if value in OURS else note for note, value in zip(table["note"], written, strict=True)]


def _of_talk(finding: Finding, talk: Talk, aliases: Aliases) -> Finding:
    """Return a finding about talk without the talk, and without what leads to one transcript."""
    finding = on_theory(finding, talk, aliases)
    table = finding.table
    if finding.name in ("suggestions", "disagreements"):
        table = _counted(table)
    if finding.name == "corpus":
        table = _by_group(table, talk.speakers)
    if finding.name == "themes" and talk.unreviewed:
        table = table.assign(note=[_words(finding, row, talk) for row in range(len(table))])
    held_back = [name for name in table.columns if name in VERBATIM or _BY_ROLE.fullmatch(str(name))]
    table = table.drop(columns=held_back)
    for column in _texts(table):
        table[column] = table[column].map(lambda cell: _masked(cell, talk))
    return replace(
        finding,
        table=table,
        statements=sorted((str(_masked(text, talk)) for text in finding.statements), key=_overall_first),
        notes=[str(_masked(text, talk)) for text in finding.notes],
    )


def _words(finding: Finding, row: int, talk: Talk) -> str:
    """Return a theme's words, where somebody has reviewed every transcript that they come from."""
    rests_on = {place.rpartition(":")[0] for place in finding.trace(row)}
    kept_in = not rests_on or not rests_on.isdisjoint(talk.unreviewed)
    return UNREVIEWED_WORDS if kept_in else str(finding.table["note"].iloc[row])


def _overall_first(sentence: str) -> bool:
    """Sort what is said of all codes together before what is said of one."""
    return not sentence.startswith("All codes")


def _counted(table: pd.DataFrame) -> pd.DataFrame:
    """Return a worklist as counts by code: its rows are passages."""
    by = [column for column in ("code", "method") if column in table.columns]
    if table.empty or not by:
        return pd.DataFrame({column: pd.Series(dtype=str) for column in (*by, "n")})
    return table.groupby(by).size().rename("n").reset_index()


def _texts(table: pd.DataFrame) -> list[str]:
    return [str(name) for name in table.columns if table[name].map(lambda cell: isinstance(cell, str)).any()]


def _masked(cell: object, talk: Talk) -> object:
    return without_documents(_PLACE.sub("", cell), talk.documents) if isinstance(cell, str) else cell


def _by_group(table: pd.DataFrame, speakers: Groups) -> pd.DataFrame:
    """Return the sample by the groups that quotes are given to: a finer count would name who stands behind one."""
    counts = ["n", "people", "turns", "words"]
    rows = table[["role", "scheme"]].replace({"scheme": {"not given": "None"}}).to_dict(orient="records")
    merged = table.assign(group=[speakers.label(row) for row in rows]).groupby("group")[counts].sum()
    order = sorted(merged.index, key=lambda name: (name == EVERYBODY, name))
    return merged.loc[order].reset_index()


def _said_again(emmie: Finding, counted: Mapping[str, Finding]) -> Finding:
    """Return EMMIE with the released sentence of each finding about people on record in place of the exact one."""
    table = emmie.table.copy()
    for row, name in enumerate(table["finding"]):
        if name in counted:
            found = counted[name]
            table.loc[row, "note"] = found.statements[0] if found.statements else f"{found.title}."
    told = [f"{dimension}: {' '.join(rows['note'])}" for dimension, rows in table.groupby("dimension", sort=False)]
    return replace(emmie, table=table, statements=told)


def _checked(finding: Finding, gate: Release) -> Finding:
    """Return a finding in which no text holds a raw identifier; what did is withheld and recorded."""
    table = finding.table.copy()
    kinds: set[str] = set()

    def check(text: object) -> object:
        found = {kind for kind, _, _ in identifiers(text)} if isinstance(text, str) else set()
        kinds.update(found)
        return WITHHELD if found else text

    for column in _texts(table):
        table[column] = table[column].map(check)
    statements, notes = ([str(check(text)) for text in told] for told in (finding.statements, finding.notes))
    if kinds:
        gate.refuse_table(finding.name, [f"held a raw identifier, now withheld: {kind}" for kind in sorted(kinds)])
    return replace(finding, table=table, statements=statements, notes=notes)
