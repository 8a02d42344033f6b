"""The queue of found names, to decide on in a notebook."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from workbench.errors import InputError, WorkbenchError
from workbench.pseudonymisation import LABELS, waiting
from workbench.study import Study
from workbench.study.review import note_review

STATIC = Path(__file__).parent / "static"
SHOWN = ["id", "kind", "form", "pseudonym", "n", "documents", "why", "left", "match", "right"]
"""Columns of the queue that the screen draws."""


class NameReview(anywidget.AnyWidget):
    """Go through the names that were found in a study's transcripts: hide, show, add, and say when one is reviewed.

    Each decision is in the register on disk before the row goes. The queue holds names: clear the notebook's
    output before the notebook leaves the secure room.

    Parameters
    ----------
    study : Study
        From `open_study`; the folder of its pseudonym key must be within reach.
    by : str
        Who decides; written beside each decision.

    Examples
    --------
    In a notebook: ``wb.NameReview(wb.open_study("my-study"), by="Ana")``. Search for names before, in a terminal:
    ``workbench names find my-study``.
    """

    _esm = STATIC / "name_review.js"
    _css = STATIC / "name_review.css"
    rows: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    transcripts: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    kinds = traitlets.List(list(LABELS)).tag(sync=True)
    told = traitlets.Unicode("").tag(sync=True)
    drawn = traitlets.Int(0).tag(sync=True)

    def __init__(self, study: Study, *, by: str) -> None:
        if not by.strip():
            raise InputError("a review needs the name of who decides: NameReview(study, by=…)")
        super().__init__()
        self._study, self._by = study, by.strip()
        self._search()
        self._show("")
        self.on_msg(lambda _widget, message, _buffers: self.decide(message))

    def decide(self, message: Mapping[str, Any]) -> None:
        """Carry out one wish of the screen, store it, and show what waits then; a mistake is told, not raised."""
        try:
            told = self._decided(message)
        except WorkbenchError as error:
            told = str(error)
        self._show(told)

    def _decided(self, message: Mapping[str, Any]) -> str:
        register, act = self._study.register, message.get("act")
        ids: Sequence[int] = message.get("ids", ())
        if act == "accept":
            register.accept(ids, by=self._by)
        elif act == "reject":
            register.reject(ids, by=self._by)
        elif act == "add":
            register.add(message["form"], message["kind"], by=self._by, pseudonym=message.get("pseudonym") or None)
        elif act == "done":
            return self._reviewed(str(message["document"]))
        else:
            raise InputError(f"the screen asked for {act!r}, which is nothing that can be done here")
        register.save()
        if act == "add":
            self._search()
        return "Saved."

    def _reviewed(self, document: str) -> str:
        note_review(self._study, [document], by=self._by)
        return f"{document} is reviewed."

    def _search(self) -> None:
        """Find where the waiting entries stand: once, because the transcripts do not change meanwhile."""
        corpus, register = self._study.raw_corpus, self._study.register
        queue = waiting(corpus, register)[SHOWN].to_dict(orient="records")
        self._queue: list[dict[str, Any]] = [{str(name): _plain(value) for name, value in row.items()} for row in queue]
        self._open = {
            name: set(waiting(corpus, register, document=name)["id"]) for name in corpus.documents["document"]
        }

    def _show(self, told: str) -> None:
        """Hand the screen what waits, and make it draw."""
        undecided = {entry.id for entry in self._study.register.entries if entry.decision == "waiting"}
        self._open = {name: ids & undecided for name, ids in self._open.items()}
        reviewed = self._study.store.reviewed()
        self.rows = [row for row in self._queue if row["id"] in undecided]
        self.transcripts = [
            {"document": name, "waiting": len(ids), "reviewed": name in reviewed} for name, ids in self._open.items()
        ]
        self.told = f"{told} {len(self.rows):,} wait.".strip()
        self.drawn += 1


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value
