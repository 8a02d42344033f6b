"""Coders side by side on one transcript, to settle in a notebook what they differ on."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from workbench.coding.adjudication import CODED, NOT_CODED, covered
from workbench.coding.coding import STANCES
from workbench.errors import InputError, Problem, WorkbenchError
from workbench.notebook.compare_places import Compared, Place, places, who_is_compared
from workbench.study import Study

STATIC = Path(__file__).parent / "static"
REASONS = 12
"""Reasons given before that are offered again."""


class Compare(anywidget.AnyWidget):
    """Settle what coders differ on in a transcript: each difference a row, each decision an act with its reason.

    Those who have finished the transcript are compared. A row goes to the settled ones when its decision is in the
    store; the coders' own codings stay as they are, and agreement is measured on them.

    Parameters
    ----------
    study : Study
        From `open_study`.
    document : str, optional
        The transcript; by default the first one that two coders have finished.
    by : str
        Who decides; written beside each decision.
    coders : Sequence of str, optional
        Compare only these.

    Raises
    ------
    InputError
        If nobody is named, the transcript is not known, or fewer than two coders have finished it.

    Examples
    --------
    In a notebook: ``wb.Compare(wb.open_study("my-study"), "du-user-01", by="Ana")``.
    """

    _esm = STATIC / "compare.js"
    _css = STATIC / "compare.css"
    rows: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    settled: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    lost: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    documents: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    document = traitlets.Unicode("").tag(sync=True)
    coders: traitlets.List[str] = traitlets.List().tag(sync=True)
    left_out: traitlets.List[str] = traitlets.List().tag(sync=True)
    reasons: traitlets.List[str] = traitlets.List().tag(sync=True)
    stances = traitlets.List(list(STANCES)).tag(sync=True)
    told = traitlets.Unicode("").tag(sync=True)
    about = traitlets.Unicode("").tag(sync=True)
    drawn = traitlets.Int(0).tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)

    def __init__(
        self, study: Study, document: str | None = None, *, by: str, coders: Sequence[str] | None = None
    ) -> None:
        if not isinstance(by, str) or not by.strip():
            raise InputError("a comparison needs the name of who decides: Compare(study, by=…)")
        super().__init__()
        self._study, self._by = study, by.strip()
        self._asked = [coders] if isinstance(coders, str) else coders
        self._names = _names(study)
        self._seen: tuple[Any, ...] = ()
        self._places: list[Place] = []
        self._place_of: dict[str, Place] = {}
        self._row_of: dict[str, dict[str, Any]] = {}
        self._open: list[dict[str, Any]] = []
        self._latest = ""
        self._look_again(document or self._first())
        self._show("")
        self.on_msg(lambda _widget, message, _buffers: self.decide(message))

    def decide(self, message: Mapping[str, Any]) -> None:
        """Carry out one wish of the screen, store it, and show what is left; a mistake is told, not raised."""
        about, told = str(message.get("row", "")), None
        try:
            told = self._decided(message)
        except WorkbenchError as error:
            told = str(error)
            self._refresh()
        if told is not None:
            self._show(told, about)
        self.answered += 1

    def _decided(self, message: Mapping[str, Any]) -> str | None:
        act = message.get("act")
        if act == "look":
            before = self._open, self.settled, self.lost, self.left_out
            changed = self._refresh() and before != (self._open, self.settled, self.lost, self.left_out)
            return self._news({each["id"] for each in before[1]}) if changed else None
        if act == "open":
            self._look_again(str(message["document"]))
            return f"{self.document} is open."
        if act == "settle":
            return self._settle(message)
        if act == "reopen":
            self._study.store.unsettle(str(message["id"]), by=self._by)
            self._refresh()
            return "Reopened: the coders' own codings count again there."
        raise InputError(f"the screen asked for {act!r}, which is nothing that can be done here")

    def _settle(self, message: Mapping[str, Any]) -> str:
        """Store one decision, if the row is still what the screen showed."""
        self._refresh()
        row = next((row for row in self._open if row["key"] == message["row"]), None)
        if row is None or row["version"] != message.get("version"):
            raise InputError(self._meanwhile(str(message["row"])))
        place, decision = self._place_of[row["key"]], message.get("decision")
        if decision not in (CODED, NOT_CODED):
            raise InputError("Say first whether it is coded: choose a passage, or “not coded”. Nothing was saved.")
        stance, why = message.get("stance") or None, str(message.get("why") or "")
        if not why.strip():
            raise InputError("The reason is missing: say why, others will ask. Nothing was saved.")
        start, end = place.passage
        if decision == CODED:
            start, end = (place.start + int(message[name]) for name in ("start", "end"))
        settled = self._study.store.settle(
            self.document, start, end, place.code, by=self._by, decision=decision, stance=stance, why=why
        )
        self._refresh()
        said = f", {settled.stance}" if settled.stance else ""
        return f"Saved: {place.code} in turn {place.turns[0]} is {settled.decision}{said}."

    def _meanwhile(self, key: str) -> str:
        """Say what became of a row that is not as the screen showed it."""
        other = next((each for each in self.settled if each["row"] == key), None)
        if other is None:
            return "The codings or the words there changed meanwhile: look again. Nothing was saved."
        said = f", {other['stance']}" if other["stance"] else ""
        return (
            f"{other['by']} settled it meanwhile: {other['decision']}{said} (“{other['why']}”). Nothing of yours was "
            "saved; reopen it to decide otherwise."
        )

    def _news(self, before: set[str]) -> str:
        new = [each for each in self.settled if each["id"] not in before and each["by"] != self._by]
        return "".join(f"{each['by']} settled {each['code']} in turn {each['turn']}. " for each in new)

    # What is shown

    def _first(self) -> str:
        """Return the first transcript that two coders have finished."""
        choices = self._finished_by_two()
        if choices:
            return str(choices[0]["document"])
        read = self._study.store.read_by().groupby("coder")["document"].count()
        have = ", ".join(f"{coder} {number:,}" for coder, number in read.items()) or "nobody any"
        raise InputError(
            Problem(
                place="study",
                what=f"no transcript was finished by two coders (finished: {have})",
                remedy="store.read(document, coder=…) says that a coder is through with it",
            )
        )

    def _finished_by_two(self) -> list[dict[str, Any]]:
        read = self._study.store.read_by()
        if self._asked is not None:
            read = read[read["coder"].isin(list(self._asked))]
        count = read.groupby("document")["coder"].nunique()
        names = self._study.store.documents()["document"]
        return [{"document": str(name), "coders": int(count[name])} for name in names if count.get(name, 0) >= 2]

    def _refresh(self) -> bool:
        """Look again if anybody did anything since; tell whether."""
        if self._study.store.latest() == self._latest:
            return False
        try:
            self._look_again(self.document)
        except WorkbenchError:  # withdrawn meanwhile, or somebody goes on coding it
            self._latest, self._open, self.settled, self.lost = self._study.store.latest(), [], [], []
            raise
        return True

    def _look_again(self, document: str) -> None:
        """Read the transcript, who may be compared on it, where they differ, and what is settled."""
        opened = self._study.store.coded_document(document)
        compared, left_out = who_is_compared(opened, self._asked)
        self._latest = opened.latest
        self.document, self.coders, self.left_out = document, list(compared), left_out
        self.documents = self._finished_by_two()
        everything = self._study.store.settled()
        self.reasons = _reasons(everything, self._by)
        here = [{str(name): _plain(it) for name, it in row.items()} for row in _records(everything, document)]
        spans = sorted(((it["turn"], it["start"], it["end"]) for it in opened.turns), key=lambda span: span[2])
        self._compare(Compared(opened=opened, coders=compared))
        decided: dict[str, Place | None] = {
            each["id"]: next((place for place in self._places if _same_place(place, each, spans)), None)
            for each in here
        }
        taken = {place.key for place in decided.values() if place is not None}
        lost = _records(self._study.store.to_settle_again(), document)
        self.lost = [{str(name): _plain(it) for name, it in row.items()} for row in lost]
        self._open = [row for key, row in self._row_of.items() if key not in taken]
        self.settled = [self._settled_row(each, decided[each["id"]]) for each in reversed(here)]

    def _compare(self, compared: Compared) -> None:
        """Find where coders differ, unless neither words nor codings changed since: a decision changes neither."""
        opened = compared.opened
        now = (opened.document, opened.text, opened.turns, opened.codings, compared.coders)
        if now == self._seen:
            return
        self._seen, self._places = now, places(compared)
        self._place_of = {place.key: place for place in self._places}
        self._row_of = {place.key: self._row(place, opened.text) for place in self._places if place.differs}

    def _row(self, place: Place, text: str) -> dict[str, Any]:
        """Return a difference as the screen draws it: its words, and places in them counted in code points."""
        marks: dict[str, list[dict[str, Any]]] = {coder: [] for coder in self.coders}
        for row in place.codings:
            what = {name: row[name] or "" for name in ("quote", "stance", "memo")}
            marks[row["coder"]].append(what | {"start": row["start"] - place.start, "end": row["end"] - place.start})
        shown = {
            "key": place.key, "code": place.code, **self._names.get(place.code, {}), "turns": list(place.turns),
            "differs": list(place.differs), "counts": place.counts, "text": text[place.start : place.end],
            "marks": [{"coder": coder, "passages": passages} for coder, passages in marks.items()],
        }  # fmt: skip
        return shown | {"version": hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:16]}

    def _settled_row(self, decision: Mapping[str, Any], place: Place | None) -> dict[str, Any]:
        codings = place.codings if place else ()
        said = [f"{row['coder']}: {row['stance'] or 'marked it'}" for row in codings]
        silent = [f"{coder}: did not" for coder in self.coders if coder not in {row["coder"] for row in codings}]
        since = sorted({row["coder"] for row in codings if row["at"] > decision["at"]})
        return {
            **decision, **self._names.get(decision["code"], {}), "row": place.key if place else "",
            "said": list(dict.fromkeys([*said, *silent])) if place else [], "since": since,
        }  # fmt: skip

    def _show(self, told: str, about: str = "") -> None:
        """Hand the screen what is left, and make it draw."""
        self.rows = self._open
        left = sum(row["counts"] for row in self._open)
        self.told = f"{told.strip()} {left:,} left, {len(self.settled):,} settled.".strip()
        self.about = about
        self.drawn += 1


def _same_place(place: Place, decision: Mapping[str, Any], spans: Sequence[tuple[int, int, int]]) -> bool:
    return place.code == decision["code"] and bool(covered(decision["start"], decision["end"], spans) & {*place.turns})


def _records(table: pd.DataFrame, document: str) -> list[dict[Any, Any]]:
    return table[table["document"] == document].to_dict(orient="records")


def _reasons(settled: pd.DataFrame, by: str) -> list[str]:
    """Return the reasons given last, one's own first."""
    latest = settled.iloc[::-1]
    own = latest["by"] == by
    return list(dict.fromkeys([*latest.loc[own, "why"], *latest.loc[~own, "why"]]))[:REASONS]


def _names(study: Study) -> dict[str, dict[str, str]]:
    """Return what codes are called and what they mean, where the codebook can be read."""
    if not study.settings.codebook:
        return {}
    try:
        book = study.codebook
    except WorkbenchError:
        return {}
    named = {code: {"name": name, "means": ""} for code, name in {**book.link_codes, **book.components}.items()}
    for code, entry in book.codes.items():
        means = [entry.definition, entry.include and f"Include: {entry.include}"]
        means += [entry.exclude and f"Exclude: {entry.exclude}"]
        named[code] = {"name": entry.name, "means": " ".join(" ".join(filter(None, means)).split())}
    return named


def _plain(value: Any) -> Any:
    """Return a value of a table as JSON has it."""
    return None if value is None or pd.isna(value) else value.item() if hasattr(value, "item") else value
