"""Coders side by side on one transcript, to settle in a notebook what they differ on."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import anywidget
import traitlets

from workbench.coding.adjudication import CODED, NOT_CODED
from workbench.coding.coding import STANCES
from workbench.errors import InputError, Problem, WorkbenchError
from workbench.notebook.compare_places import Compared, Place, places, who_is_compared
from workbench.notebook.compare_rows import borne_on, in_part, is_settled, names, reasons, records, said
from workbench.notebook.compare_screen import script, style
from workbench.study import Study


class Compare(anywidget.AnyWidget):
    """Settle what coders differ on in a transcript: each difference a row, each decision an act with its reason.

    Those who have finished the transcript are compared. A row is a place: passages that turns link. It goes to the
    settled ones when a decision on it is in the store, and the decision bears on all codings of the place, as it does
    in analyses (`coding.settle.borne`); the coders' own codings stay as they are, and agreement is measured on them.

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

    _esm = script()
    _css = style()
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
        self._names = names(study)
        self._seen: tuple[Any, ...] = ()
        self._places: list[Place] = []
        self._place_of: dict[str, Place] = {}
        self._row_of: dict[str, dict[str, Any]] = {}
        self._open: list[dict[str, Any]] = []
        self._trouble = ""
        self._latest = ""
        self._look_again(document or self._first())
        self._show("")
        self.on_msg(lambda _widget, message, _buffers: self.decide(message))

    def decide(self, message: object) -> None:
        """Carry out one wish of the screen, store it, and show what is left; a mistake is told, not raised.

        Parameters
        ----------
        message : mapping
            `act` (look, open, settle, reopen) and what it is about. What is no such thing is told too.
        """
        asked = message if isinstance(message, Mapping) else {}
        try:
            told, trouble = self._decided(asked), ""
        except WorkbenchError as error:
            told, trouble = str(error), ""
        except Exception as error:
            remedy = "Put that right (space on the disk, the store's folder, the server), then do it once more"
            told = trouble = f"Not saved: the store could not be written or read ({_why(error)}). {remedy}."
        if not trouble:
            told, trouble = self._brought_up(told)
        known, self._trouble = self._trouble, trouble
        if known and not trouble:
            told = f"The store answers again. {told or ''}"
        if told is not None and not (asked.get("act") == "look" and trouble and known):  # told already
            self._show(told, str(asked.get("row") or ""))
        self.answered += 1

    def _brought_up(self, told: str | None) -> tuple[str | None, str]:
        """Bring the screen up to date after an act; return what is told, and the trouble where it cannot be."""
        try:
            self._refresh()
        except WorkbenchError as error:
            return f"{told or ''} {error}", ""
        except Exception as error:
            trouble = f"But the store could not be read since ({_why(error)}): what is shown may be old."
            return f"{told or ''} {trouble}", trouble
        return told, ""

    def _decided(self, message: Mapping[str, Any]) -> str | None:
        act = message.get("act")
        if act == "look":
            before = self._open, self.settled, self.lost, self.left_out
            changed = self._refresh() and before != (self._open, self.settled, self.lost, self.left_out)
            return self._news({each["id"] for each in before[1]}) if changed else None
        if act == "open":
            self._look_again(str(message.get("document")))
            return f"{self.document} is open."
        if act == "settle":
            return self._settle(message)
        if act == "reopen":
            self._study.store.unsettle(str(message.get("id")), by=self._by)
            return "Reopened: the coders' own codings count again there."
        raise InputError(f"the screen asked for {act!r}, which is nothing that can be done here")

    def _settle(self, message: Mapping[str, Any]) -> str:
        """Store one decision, if the row is still what the screen showed."""
        self._refresh()
        row = next((row for row in self._open if row["key"] == message.get("row")), None)
        if row is None or row["version"] != message.get("version"):
            raise InputError(self._meanwhile(str(message.get("row"))))
        place, decision = self._place_of[row["key"]], message.get("decision")
        if decision not in (CODED, NOT_CODED):
            raise InputError("Say first whether it is coded: choose a passage, or “not coded”. Nothing was saved.")
        stance, why = message.get("stance") or None, str(message.get("why") or "")
        if not why.strip():
            raise InputError("The reason is missing: say why, others will ask. Nothing was saved.")
        start, end = place.passage
        if decision == CODED:
            chosen = [message.get(name) for name in ("start", "end")]
            if not all(type(at) is int for at in chosen):
                raise InputError("The screen did not say which words: choose the passage again. Nothing was saved.")
            start, end = (place.start + at for at in chosen if at is not None)
        first, last = place.passage
        settled = self._study.store.settle(
            self.document, start, end, place.code, by=self._by, decision=decision, stance=stance, why=why,
            place=(min(start, first), max(end, last)),
        )  # fmt: skip
        return f"Saved: {place.code} in turn {place.turns[0]} is {said(vars(settled))}."

    def _meanwhile(self, key: str) -> str:
        """Say what became of a row that is not as the screen showed it."""
        partly = next((row["partly"] for row in self._open if row["key"] == key), ())
        if partly:
            return f"Part of it was decided meanwhile ({'; '.join(partly)}): look again. Nothing was saved."
        other = next((each for each in self.settled if each["row"] == key), None)
        if other is None:
            return "The codings or the words there changed meanwhile: look again. Nothing was saved."
        return (
            f"{other['by']} settled it meanwhile: {said(other)} (“{other['why']}”). Nothing of yours was "
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
        documents, everything = self._finished_by_two(), self._study.store.settled()
        lost = self._study.store.to_settle_again()  # everything is read before anything is shown: a store may fail
        self.document, self.coders, self.left_out, self.documents = document, list(compared), left_out, documents
        self.reasons = reasons(everything, self._by)
        here = everything[everything["document"] == document]
        self.lost = records(lost[lost["document"] == document])
        now = Compared(opened=opened, coders=compared)
        self._compare(now)
        self._sort_out(records(here), borne_on(here, now))
        self._latest = opened.latest

    def _sort_out(self, decisions: Sequence[Mapping[str, Any]], bears: Mapping[str, set[str]]) -> None:
        """Put each place where it belongs: to those that are settled, or to those that are not, or in part only."""
        self._open = []
        for key, row in self._row_of.items():
            if not is_settled(self._place_of[key], bears):
                partly = in_part(self._place_of[key], decisions, bears)
                self._open.append(row | {"partly": partly, "version": " ".join([row["version"], *partly])})
        home = {row["id"]: place for place in self._places for row in place.codings}
        of = {identity: next((home[it] for it in sorted(ids) if it in home), None) for identity, ids in bears.items()}
        self.settled = [self._settled_row(each, of[each["id"]]) for each in reversed(decisions)]

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
        marked = [f"{row['coder']}: {row['stance'] or 'marked it'}" for row in codings]
        silent = [f"{coder}: did not" for coder in self.coders if coder not in {row["coder"] for row in codings}]
        since = sorted({row["coder"] for row in codings if row["at"] > decision["at"]})
        return {
            **decision, **self._names.get(decision["code"], {}), "row": place.key if place else "",
            "said": list(dict.fromkeys([*marked, *silent])) if place else [], "since": since,
        }  # fmt: skip

    def _show(self, told: str, about: str = "") -> None:
        """Hand the screen what is left, and make it draw."""
        self.rows = self._open
        left = sum(row["counts"] for row in self._open)
        self.told = f"{told.strip()} {left:,} left, {len(self.settled):,} settled.".strip()
        self.about = about
        self.drawn += 1


def _why(error: Exception) -> str:
    return (str(getattr(error, "orig", error)).splitlines() or [type(error).__name__])[0]
