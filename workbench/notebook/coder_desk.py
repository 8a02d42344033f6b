"""What each screen of a coding desk was shown, and what has changed since."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.coding.coded_document import CodedDocument
from workbench.errors import InputError, Problem, did_you_mean
from workbench.notebook.coder_change import was_finished
from workbench.notebook.coder_codes import codes_to_give
from workbench.study import Study

TURN = ("turn", "start", "end", "speaker", "role", "line", "mark")
CODING = ("id", "coder", "code", "start", "end", "stance", "origin", "memo", "at")
SUGGESTION = ("id", "code", "start", "end", "source", "score", "why")
WAITING = ("id", "coder", "code", "start", "end", "quote", "why")
NOT_BLIND = "This reading is no longer blind: the codings of others were shown when you had finished it."
TABS = 16
"""Screens whose state is kept; one that was forgotten is sent the whole document again."""

Row = dict[str, Any]


@dataclass
class Shown:
    """What one screen shows."""

    document: str
    text: str
    latest: str
    codings: dict[str, Row]
    suggestions: dict[str, Row]
    waiting: list[Row]
    finished: list[str]
    lifted: bool


class Desk:
    """A study, who codes it, and what each screen shows.

    Parameters
    ----------
    study : Study
        Taken in.
    coder : str
        Who codes.
    blind : bool
        Whether codings of others are kept back until the coder has finished a document.
    """

    def __init__(self, study: Study, *, coder: str, blind: bool) -> None:
        self.study, self.coder, self.blind = study, coder, blind
        self.codes = codes_to_give(study)
        self.documents = [str(name) for name in study.store.documents()["document"]]
        self.unfinished = ""  # the act that took having finished back, if it was not Ctrl+Z
        self._shown: OrderedDict[str, Shown] = OrderedDict()
        if not self.documents:
            raise InputError(
                Problem(
                    place="study",
                    what="it has no transcript",
                    remedy="Put transcripts into its folder, or open the team's store",
                )
            )

    def check(self, document: object) -> str:
        """Return the document's name if the store holds it.

        Raises
        ------
        InputError
            If it does not.
        """
        if document in self.documents:
            return str(document)
        self.documents = [str(name) for name in self.study.store.documents()["document"]]
        if document in self.documents:
            return str(document)
        remedy = did_you_mean(str(document), self.documents)
        raise InputError(
            Problem(place="study", what=f"it has no transcript {document!r}", choices=self.documents, remedy=remedy)
        )

    def to_screen(self) -> dict[str, Any]:
        """Return what every screen needs once."""
        return {
            "coder": self.coder,
            "blind": self.blind,
            "codes": self.codes,
            "fictional": self.study.settings.fictional,
        }

    def coded(self, document: str) -> CodedDocument:
        """Return the document as the store has it now."""
        return self.study.store.coded_document(document)

    def open(self, tab: str, document: str) -> dict[str, Any]:
        """Return the whole document for a screen, and remember that it shows it."""
        self.codes = codes_to_give(self.study)
        coded = self.coded(document)
        now = self._visible(coded)
        at = self.documents.index(document)
        near = {"before": self.documents[at - 1] if at else None, "after": next(iter(self.documents[at + 1 :]), None)}
        self._keep(tab, now)
        about = coded.attributes
        fictional = bool(about.get("fictional")) or self.study.settings.fictional
        return {
            "document": document, "title": str(about.get("title") or document), "fictional": fictional,
            "neighbours": near, "text": coded.text, "turns": [_plain(turn, TURN) for turn in coded.turns],
            "changes": _changes(None, now),
        }  # fmt: skip

    def news(self, tab: str, document: str) -> dict[str, Any]:
        """Return what has changed in a document since the screen was told last; the whole document if its text has."""
        before = self._shown.get(tab)
        coded = self.coded(document)
        if before is not None and before.document != document:
            return {}  # the screen has gone on to another document
        if before is None or before.text != coded.text:
            return {"document": self.open(tab, document)}
        now = self._visible(coded)
        self._keep(tab, now)
        return {"changes": _changes(before, now)}

    def look(self, tab: str, document: str) -> dict[str, Any]:
        """Return what somebody else, or this coder in another window, did since; nothing if nobody did anything."""
        before = self._shown.get(tab)
        if before is not None and before.document == document and before.latest == self.study.store.latest():
            return {}
        if before is not None and before.document != document:  # it was told of another one, and did not hear it
            return {"document": self.open(tab, document)}
        news = self.news(tab, document)
        if "document" in news:
            return news | {"told": "This transcript was corrected meanwhile: it is shown anew."}
        changes = news["changes"]
        count = sum(
            len({*changes[kind]["gone"], *(row["id"] for row in changes[kind]["come"])})
            for kind in ("codings", "suggestions")
        )
        return news | ({"told": f"{count} change{'' if count == 1 else 's'} from elsewhere."} if count else {})

    def hides_others(self, finished: Iterable[str]) -> bool:
        """Tell whether the codings of others are kept back."""
        return self.blind and self.coder not in finished

    def is_blind(self, coded: CodedDocument) -> bool:
        """Tell whether they always were: a document that was finished once and taken back is not read blind."""
        return self.hides_others(coded.finished) and not was_finished(self.study.store, coded.document, self.coder)

    def _keep(self, tab: str, now: Shown) -> None:
        self._shown[tab] = now
        self._shown.move_to_end(tab)
        while len(self._shown) > TABS:
            self._shown.popitem(last=False)

    def _visible(self, coded: CodedDocument) -> Shown:
        """Return what this coder may see of a document."""
        alone = self.hides_others(coded.finished)
        mine = [row for row in coded.codings if not alone or row["coder"] == self.coder]
        waiting = [row for row in coded.waiting if not alone or row["coder"] == self.coder]
        suggestions = [{**_plain(row, SUGGESTION), "decided": self._decided(row)} for row in coded.suggestions]
        return Shown(
            document=coded.document,
            text=coded.text,
            latest=coded.latest,
            codings={row["id"]: _plain(row, CODING) for row in mine},
            suggestions={row["id"]: row for row in suggestions},
            waiting=[_plain(row, WAITING) for row in waiting],
            finished=[name for name in coded.finished if not alone or name == self.coder],
            lifted=alone and not self.is_blind(coded),
        )

    def _decided(self, row: Mapping[str, Any]) -> str:
        """Return what this coder decided on a suggestion; what others decided is not told."""
        if self.coder in row["accepted_by"]:
            return "accepted"
        return "rejected" if self.coder in row["rejected_by"] else ""


def _changes(before: Shown | None, now: Shown) -> dict[str, Any]:
    kinds = {
        kind: _difference(getattr(before, kind) if before else {}, getattr(now, kind))
        for kind in ("codings", "suggestions")
    }
    return {"document": now.document, **kinds, "waiting": now.waiting, "finished": now.finished, "lifted": now.lifted}


def _difference(before: Mapping[str, Row], now: Mapping[str, Row]) -> dict[str, list[Any]]:
    come = [row for identity, row in now.items() if before.get(identity) != row]
    return {"come": come, "gone": [identity for identity in before if identity not in now]}


def _plain(row: Mapping[str, Any], names: Iterable[str]) -> Row:
    """Return these fields as JSON has them: a missing number is null, not NaN."""
    plain = {name: getattr(row.get(name), "item", lambda name=name: row.get(name))() for name in names}
    return {name: None if value != value else value for name, value in plain.items()}
