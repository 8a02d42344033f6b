"""The coding desk: one transcript, its codings in the margin, and codes by key."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import anywidget

from workbench.errors import InputError, Problem, WorkbenchError
from workbench.notebook.coder_acts import ACTS
from workbench.notebook.coder_desk import Desk
from workbench.notebook.coder_documents import document_rows
from workbench.notebook.coder_screen import script, style
from workbench.notebook.coder_who import who_codes
from workbench.study import Study


class Coder(anywidget.AnyWidget):
    """Code a study's transcripts in JupyterLab, with the mouse or with the keyboard alone.

    Each act is in the store before the screen says that it is saved. The transcript's words are drawn on the
    screen only: a notebook that is saved holds none of them.

    Parameters
    ----------
    study : Study
        From `open_study`. Its transcripts, corrections and withdrawals are taken in first.
    document : str, optional
        The transcript to open; without it, a list of all, with how far each is.
    coder : str, optional
        Who codes. By default the coder that the server knows this connection as; without a server the user of this
        computer.
    blind : bool
        Whether what others coded stays hidden until this coder has finished the document.

    Raises
    ------
    InputError
        If the study has no codebook or no transcript, does not know the document, or the server knows the coder by
        another name.

    Examples
    --------
    In a notebook: ``wb.Coder(wb.open_study("my-study"), "du-user-01", coder="Ana")``. The key ``?`` shows all keys.
    """

    _esm = script()
    _css = style()

    def __init__(
        self, study: Study, document: str | None = None, *, coder: str | None = None, blind: bool = False
    ) -> None:
        study.up_to_date()
        self._desk = Desk(study, coder=who_codes(study, coder), blind=blind)
        if document is not None:
            self._desk.check(document)
        self._first = document
        super().__init__()
        self.on_msg(lambda _widget, message, _buffers: self.send(self.answer(message)))

    def answer(self, message: object) -> dict[str, Any]:
        """Carry out one wish of a screen and return what that screen is told; a mistake is told, not raised.

        Parameters
        ----------
        message : mapping
            `act`, the `tab` that asks and its `id`; for most acts the `document` and what the act is about.

        Returns
        -------
        dict
            `tab` and `id` again; `ok`, `told`, `at` (local time of the act, "" where nothing was written); where they
            apply `desk`, `documents`, `document`, `changes` and `picked`.
        """
        asked = message if isinstance(message, Mapping) else {}
        reply: dict[str, Any] = {"tab": asked.get("tab"), "id": asked.get("id"), "ok": True, "told": "", "at": ""}
        try:
            reply |= self._answered(asked)
        except WorkbenchError as error:
            reply |= {"ok": False, "told": f"Not done. {error}"}
        except Exception as error:
            why = str(getattr(error, "orig", error)).splitlines()[0]
            remedy = "Put that right (space on the disk, the store's folder, the server), then do it once more"
            reply |= {"ok": False, "told": f"Not saved: the store could not be written or read ({why}). {remedy}."}
        return reply

    def _answered(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        act, tab = asked.get("act"), str(asked.get("tab"))
        if act == "hello":
            opened = {"document": self._desk.open(tab, self._first)} if self._first else self._listed()
            return {"desk": self._desk.to_screen(), "told": "Open."} | opened
        if act == "documents":
            return self._listed()
        document = self._desk.check(asked.get("document"))
        if act == "open":
            return {"document": self._desk.open(tab, document), "told": f"{document} is open."}
        if act == "look":
            return self._desk.look(tab, document)
        if not isinstance(act, str) or act not in ACTS:
            raise InputError(Problem(place="screen", what=f"it asked for {act!r}", choices=("hello", "open", *ACTS)))
        told, picked = ACTS[act](self._desk, document, asked)
        at = datetime.now().strftime("%H:%M:%S") if told.saved else ""
        news = self._desk.news(tab, document)
        words = told.words if news else f"{told.words} It was in {document}."
        return {"told": words, "at": at, "picked": picked} | news

    def _listed(self) -> dict[str, Any]:
        return {"documents": document_rows(self._desk.study.store, self._desk.coder), "told": ""}
