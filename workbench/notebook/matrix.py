"""The framework matrix in a notebook: passages beside the summary that somebody writes of them."""

from collections.abc import Mapping
from typing import Any

import anywidget
import traitlets

from workbench.errors import InputError, Problem, WorkbenchError, did_you_mean
from workbench.exchange.matrix_cell import plain, version
from workbench.notebook.coder_who import who_codes
from workbench.notebook.matrix_cells import NONE, Across, Summary, cells, choices, key, matrix_of, summaries_of
from workbench.notebook.matrix_screen import script, style
from workbench.study import Study
from workbench.theory_testing.framework import Axis


class Matrix(anywidget.AnyWidget):
    """Summarise what each case says to each element of the theory: its passages beside the summary, saved as written.

    One element is shown at a time with all its cases, or one case with all elements, so that a large matrix stays
    quick. A summary is an act in the store before the screen says so; earlier versions stay there. One that somebody
    else changed meanwhile is shown beside one's own, never written over in silence.

    Parameters
    ----------
    study : Study
        From `open_study`.
    by : {"person", "scheme", "document"}
        What a case is.
    coder : str, optional
        Who writes the summaries; by default as for `Coder`.

    Raises
    ------
    InputError
        If nobody is named, the study has no theory, or nobody's talk is in its store.

    References
    ----------
    Ritchie & Spencer (1994), in Bryman & Burgess (eds), Analyzing Qualitative Data; Gale et al. (2013), BMC Medical
    Research Methodology 13:117.

    Examples
    --------
    In a notebook: ``wb.Matrix(wb.open_study("my-study"), by="person", coder="Ana")``.
    """

    _esm = script()
    _css = style()
    across = traitlets.Unicode("element").tag(sync=True)
    focus = traitlets.Unicode("").tag(sync=True)
    by = traitlets.Unicode("person").tag(sync=True)
    writer = traitlets.Unicode("").tag(sync=True)
    home = traitlets.Unicode("").tag(sync=True)
    choices: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    cells: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    saved = traitlets.Dict().tag(sync=True)
    told = traitlets.Unicode("").tag(sync=True)
    about = traitlets.Unicode("").tag(sync=True)
    drawn = traitlets.Int(0).tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)

    def __init__(self, study: Study, by: Axis = "person", *, coder: str | None = None) -> None:
        if coder is not None and not coder.strip():
            raise InputError("summaries need the name of who writes them: Matrix(study, coder=…)")
        self._study, self._matrix = study, matrix_of(study, by)
        if self._matrix.table.empty:
            remedy = "study.take_in() brings the transcripts in"
            raise InputError(Problem(place="study", what="nobody's talk is in the store yet", remedy=remedy))
        super().__init__()
        self.by, self.writer, self.home = by, who_codes(study, coder), str(study.path)
        self._latest, self._trouble = "", ""
        self._summaries: dict[tuple[str, str], Summary] = {}
        self._look_again()
        self._open("element", next((each["id"] for each in self._counted if each["n"]), self._counted[0]["id"]))
        self._show(self._left())
        self.on_msg(lambda _widget, message, _buffers: self.decide(message))

    def decide(self, message: object) -> None:
        """Carry out one wish of the screen, store it, and show what is there; a mistake is told, not raised.

        Parameters
        ----------
        message : mapping
            `act` (look, open, save) and what it is about. What is no such thing is told too.
        """
        asked = message if isinstance(message, Mapping) else {}
        known, self._trouble, failed = self._trouble, "", True
        told: str | None
        try:
            told, failed = self._decided(asked), False
        except WorkbenchError as error:
            told = str(error)
        except Exception as error:
            remedy = "Put that right (space on the disk, the store's folder, the server), then save it once more"
            self._trouble = f"Not saved: the store could not be written or read ({_why(error)}). {remedy}."
            told = None if self._trouble == known and asked.get("act") == "look" else self._trouble
        if known and not self._trouble:
            told = f"The store answers again. {told or ''}".strip()
        if told is not None:
            of_cell = failed and asked.get("act") == "save"
            self._show(told, key(str(asked.get("element")), str(asked.get("case"))) if of_cell else "")
        self.answered += 1

    def _decided(self, message: Mapping[str, Any]) -> str | None:
        act = message.get("act")
        if act == "look":
            return self._looked()
        if act == "open":
            self._open(str(message.get("across")), str(message.get("focus")))
            return self._left()
        if act == "save":
            return self._save(message)
        raise InputError(f"the screen asked for {act!r}, which is nothing that can be done here")

    def _save(self, message: Mapping[str, Any]) -> str:
        """Store one summary, if the one that it takes the place of is still what the screen showed."""
        element, case, text = (message.get(name) for name in ("element", "case", "text"))
        if not (isinstance(element, str) and isinstance(case, str) and isinstance(text, str)):
            raise InputError("The screen did not say which summary: look again. Nothing was saved.")
        table = self._matrix.table
        if not ((table["element"] == element) & (table["case"] == case)).any():
            raise InputError(f"{element} × {case} is not in the study any more. Nothing was saved.")
        self._summaries = summaries_of(self._study)
        there = self._summaries.get((element, case), NONE)
        same = version(text) == version(there["text"])
        if not same and message.get("version") != version(there["text"]):
            self._count()
            whose = f"{there['by']} changed it meanwhile" if there["by"] else "It was changed meanwhile"
            raise InputError(f"{whose}: {element} × {case}. Nothing of yours was saved; both are shown there.")
        if not same:
            self._study.store.summarise(element, case, plain(text), by=self.writer)
            self._summaries = summaries_of(self._study)
        self._count()
        self.saved = {"key": key(element, case), "sent": text, "drawn": self.drawn + 1}
        return f"Saved: {element} × {case}{', cleared' if not plain(text) else ''}.{self._beside(element, case, there)}"

    def _beside(self, element: str, case: str, before: Summary) -> str:
        """Tell that somebody wrote in the same moment, which no look beforehand can see."""
        now = self._summaries.get((element, case), NONE)
        if before["at"] and now["earlier"] > before["earlier"] + 1 and now["by"] == self.writer:
            return " Somebody else wrote one in the same moment; it is kept as an earlier version."
        return ""

    # What is shown

    def _looked(self) -> str | None:
        """Look whether anybody did anything since; tell what others wrote."""
        if self._study.store.latest() == self._latest:
            return None
        before, shown, counted = self._summaries, self.cells, self._counted
        self._look_again()
        own = [
            f"{now['by']} {'wrote' if now['text'] else 'cleared'} {element} × {case}."
            for (element, case), now in self._summaries.items()
            if now["by"] != self.writer and now != before.get((element, case), NONE)
        ]
        more = f" And {len(own) - 3:,} more." if len(own) > 3 else ""
        same = (shown, counted) == (self._cells, self._counted)
        return None if same and not own else f"{' '.join(own[:3])}{more} {self._left()}".strip()

    def _look_again(self) -> None:
        """Read everything before anything is shown: a store may fail."""
        latest = self._study.store.latest()
        matrix, summaries = matrix_of(self._study, self._matrix.axis), summaries_of(self._study)
        self._matrix, self._summaries, self._latest = matrix, summaries, latest
        self._count()

    def _open(self, across: str, focus: str) -> None:
        if across not in ("element", "case"):
            raise InputError(f"the screen asked for one {across!r}: there are elements and cases")
        known = self._matrix.table[across].unique()
        if focus not in known:
            remedy = did_you_mean(focus, known) or "Choose another"
            raise InputError(Problem(place="matrix", what=f"there is no {across} {focus!r}", remedy=remedy))
        self.across, self.focus = across, focus
        self._count()

    def _count(self) -> None:
        across: Across = "case" if self.across == "case" else "element"
        self._counted = choices(self._matrix, self._summaries, self._study, across)
        self._cells = cells(self._matrix, self._summaries, across, self.focus)

    def _left(self) -> str:
        """Say how much of what is shown has a summary."""
        one = next((each for each in self._counted if each["id"] == self.focus), None)
        if one is None:
            return f"{self.focus} is not in the study any more: choose another."
        return f"{self.focus}: {one['written']:,} of {one['spoken']:,} cells with passages have a summary."

    def _show(self, told: str, about: str = "") -> None:
        """Hand the screen what there is, and make it draw."""
        self.choices, self.cells = self._counted, self._cells
        self.told, self.about = told.strip(), about
        self.drawn += 1


def _why(error: Exception) -> str:
    return (str(getattr(error, "orig", error)).splitlines() or [type(error).__name__])[0]
