"""The record of the gate: every table, quote and file, what was decided, and why."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import pandas as pd

from workbench.disclosure.quotes import attribution
from workbench.disclosure.rules import Rules
from workbench.disclosure.suppression import PRIMARY, SECONDARY, suppress_together
from workbench.errors import Refused
from workbench.language.identifiers import identifiers
from workbench.provenance import package_version

Decision = Literal["pass", "review", "refuse"]
"""`pass`: may leave. `review`: a person must look at it. `refuse`: may not leave."""

Kind = Literal["table", "quote", "file"]

DELICATE = (
    # Family and those at home, in the words that people use.
    "mother", "mum", "mums", "mummy", "mam", "mom", "father", "dad", "dads", "daddy", "stepmum", "stepdad", "parents",
    "brother", "sister", "twin", "twins", "son", "sons", "daughter", "daughters", "baby", "stepson", "stepdaughter",
    "wife", "husband", "partner", "girlfriend", "boyfriend", "fiance", "fiancé", "fiancée", "ex-wife", "ex-husband",
    "nan", "nana", "gran", "grandma", "grandmother", "grandad", "granddad", "grandfather", "uncle", "auntie", "aunt",
    "cousin", "nephew", "niece", "widow", "widower",
    # Events that others heard of, and where they were.
    "died", "died at", "killed", "funeral", "suicide", "overdose", "pregnant", "miscarriage", "born at",
    "born in", "married", "divorced", "works at", "worked at", "lives at", "lived at",
    "hospital",
    # Marks of one person.
    "address", "surname", "tattoo", "tattoos",
)  # fmt: skip
"""Words and phrases that often come with a story by which a person is known; they ask for a second look."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def delicate(text: str) -> list[str]:
    """Return the words and phrases of `DELICATE` that a text says, in the order of that list.

    Whole words only, in any case; "mum's" says "mum", "grandmother" does not say "mother".
    """
    spoken = f" {' '.join(_WORD.findall(text.casefold()))} "
    return [words for words in DELICATE if f" {words} " in spoken]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that wanted to leave.

    Parameters
    ----------
    kind : str
        table, quote or file.
    name : str
        What it is: name of the table, id of the coding, path of the file.
    decision : str
        pass, review or refuse.
    reasons : tuple of str
        Why; empty for a plain pass.
    """

    kind: Kind
    name: str
    decision: Decision
    reasons: tuple[str, ...] = ()


@dataclass
class Release:
    """One release under one set of rules: hands out what may leave and keeps the record.

    Parameters
    ----------
    rules : Rules
        The rules it goes by.
    entries : list of Entry
        What was decided so far.
    """

    rules: Rules
    entries: list[Entry] = field(default_factory=list)

    def record(self, kind: Kind, name: str, decision: Decision, reasons: Sequence[str] = ()) -> Entry:
        """Write down a decision that was taken elsewhere and return its entry."""
        entry = Entry(kind=kind, name=name, decision=decision, reasons=tuple(reasons))
        self.entries.append(entry)
        return entry

    def refuse_table(self, name: str, reasons: Sequence[str]) -> Entry:
        """Record that something in a table was refused; it stands in place of what was decided on it before."""
        before = [entry for entry in self.entries if (entry.kind, entry.name) == ("table", name)]
        self.entries = [entry for entry in self.entries if entry not in before]
        return self.record("table", name, "refuse", [*reasons, *(why for entry in before for why in entry.reasons)])

    def tables(self, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """Return tables of counts as they may be shown, protected as one, and record each.

        Hand in all tables of a release at once: what one withholds, another
        could give back. Sentences made from the exact tables are not covered;
        make them again from what this returns.
        """
        safe = suppress_together(tables, self.rules)
        for name, table in safe.items():
            if "n" not in tables[name].columns or "status" not in table.columns:
                self.record("table", name, "pass", ["holds no counts"])
                continue
            primary, secondary = (int((table["status"] == status).sum()) for status in (PRIMARY, SECONDARY))
            reasons = [f"counts rounded to {self.rules.rounding}"] if self.rules.rounding > 1 else []
            if primary:
                reasons.append(f"{primary} rows withheld: a count from 1 to {self.rules.threshold - 1}")
            if secondary:
                reasons.append(f"{secondary} rows withheld: they would give back others")
            self.record("table", name, "pass", reasons)
        return safe

    def quote(
        self,
        name: str,
        text: str,
        turn: Mapping[str, Any],
        people: Mapping[tuple[str, str], int],
        *,
        withheld: str = "",
        released_by: str = "",
    ) -> str | None:
        """Return the attribution of a quote that may leave, or None when it is refused; record it.

        Parameters
        ----------
        name : str
            Goes into the record: an alias of the coding.
        text : str
            The words that would be shown.
        turn, people : Mapping
            As for `attribution`.
        withheld : str
            Why the words may not leave, whatever they are: no consent, or nobody reviewed the transcript.
        released_by : str
            Who looked at delicate words and let them go. Nothing that is refused is let go by this.

        Notes
        -----
        A raw identifier refuses the quote. A delicate word lets it through for review.
        """
        kinds = sorted({kind for kind, _, _ in identifiers(text)})
        refusals = [withheld] * bool(withheld) + [f"holds a raw identifier: {kind}" for kind in kinds]
        if refusals:
            self.record("quote", name, "refuse", refusals)
            return None
        reasons = [f"says {words!r}: could somebody know the person by this?" for words in delicate(text)]
        decision: Decision = "review" if reasons else "pass"
        if reasons and released_by:
            decision, reasons = "pass", [*reasons, f"released by {released_by}, who has looked at it"]
        self.record("quote", name, decision, reasons)
        return attribution(turn, people, self.rules)

    def file(self, name: str, content: str) -> Entry:
        """Record a file of text: refused when it holds a raw identifier, whose place and kind are told."""
        found = identifiers(content)
        reasons = [f"line {content.count(chr(10), 0, start) + 1}: {kind}" for kind, start, _ in found]
        return self.record("file", name, "refuse" if found else "pass", reasons)

    @property
    def decision(self) -> Decision:
        """The strictest decision of all."""
        taken = {entry.decision for entry in self.entries}
        return "refuse" if "refuse" in taken else "review" if "review" in taken else "pass"

    def raise_if_refused(self) -> None:
        """Raise `Refused` with everything that may not leave."""
        refused = [entry for entry in self.entries if entry.decision == "refuse"]
        if refused:
            raise Refused("\n".join(f"{each.kind} {each.name}: {'; '.join(each.reasons)}" for each in refused))

    def to_table(self) -> pd.DataFrame:
        """Return one row per entry: kind, name, decision, reasons."""
        rows = [{**asdict(entry), "reasons": "; ".join(entry.reasons)} for entry in self.entries]
        return pd.DataFrame(rows, columns=["kind", "name", "decision", "reasons"])

    def to_json(self) -> str:
        """Return the record as JSON: rules, version of this package, decision, entries."""
        content = {
            "version": package_version(),
            "rules": self.rules.to_dict(),
            "decision": self.decision,
            "entries": [asdict(entry) for entry in self.entries],
        }
        return json.dumps(content, indent=2, ensure_ascii=False)
