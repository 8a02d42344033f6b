"""Which source of a project is which transcript of the study, and what new ones are to be called."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import Problem, Problems
from workbench.provenance import hash_text
from workbench.sources import ENDINGS
from workbench.study.consent_state import whole_withdrawals
from workbench.study.projects.placing import Signs, alike

if TYPE_CHECKING:
    from workbench.exchange.refi.model import Project, Source
    from workbench.study.study import Study

_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


@dataclass(frozen=True, kw_only=True)
class Matched:
    """A source and the transcript that holds its words.

    Parameters
    ----------
    source : Source
        Of the project.
    document : str
        The transcript's name.
    new : bool
        Whether its file is to be written.
    """

    source: "Source"
    document: str
    new: bool


def match_texts(study: "Study", project: "Project", problems: Problems) -> list[Matched]:
    """Find the transcript of each text of a project: by GUID, by name, by its words; or name a new one.

    Parameters
    ----------
    study : Study
        With its transcripts taken in.
    project : Project
        As read.
    problems : Problems
        Receives each source whose text does not come in, with the reason.

    Returns
    -------
    list of Matched
        In the order of the project; sources that do not come in are not there.
    """
    held = _Held(study)
    found: list[Matched] = []
    for source in project.sources:
        place = source.name or f"source {source.guid}"
        if source.kind != "text":
            what = f"a source of the kind {source.kind} has no words here: only what refers to it is carried"
            problems.add(place, what, remedy="Add its transcript as a text")
        elif not Signs(source.text).signs:
            problems.add(place, "the file has no words of it", remedy="Export the project with its sources")
        elif why := held.withdrawn(source):
            problems.add(place, f"{why}: neither its words nor its codings come in")
        elif (document := held.find(source)) is None:
            found.append(Matched(source=source, document=held.name(source.name), new=True))
        elif held.says(document, source.text):
            found.append(Matched(source=source, document=document, new=False))
        else:
            problems.add(
                place,
                f"the study has another text called {document}, so this one and its codings stay out",
                remedy="If it is another talk, rename one of the two; if it was rewritten, replace the study's file",
            )
    return found


class _Held:
    """The transcripts that a study has, to be found by what another program says of them."""

    def __init__(self, study: "Study") -> None:
        self.study = study
        store = study.store
        self.documents = [str(name) for name in store.documents()["document"]]
        self.by_guid = store.names_of("document")
        self.by_name = {_key(name): name for name in self.documents}
        self.gone = {_key(each.document): each.document for each in whole_withdrawals(study)}
        self.erased = store.withdrawn_texts()
        self.taken: set[str] = {*self.by_name, *self.gone, *map(_key, _files(study))}
        self._by_signs: dict[str, str] | None = None

    def withdrawn(self, source: "Source") -> str:
        """Return why the text may not come back, or nothing."""
        names = (self.by_guid.get(source.guid, ""), stem_of(source.name), self.erased.get(hash_text(source.text), ""))
        return next((f"{self.gone[_key(name)]} was withdrawn" for name in names if _key(name) in self.gone), "")

    def find(self, source: "Source") -> str | None:
        """Return the transcript that is meant, or None for a new one."""
        known = self.by_guid.get(source.guid)
        if known in self.documents:
            return known
        signs, named = Signs(source.text).signs, self.by_name.get(_key(stem_of(source.name)))
        if named is not None and any(signs == each.signs for each in forms_of(self.study, named)):
            return named
        return self._words().get(signs) or named

    def says(self, document: str, text: str) -> bool:
        """Tell whether a transcript holds these words, or held them before it was corrected."""
        theirs = Signs(text)
        return any(theirs.signs == each.signs or alike(theirs, each) for each in forms_of(self.study, document))

    def name(self, given: str) -> str:
        """Return a name for a new transcript that no other has, in whatever case."""
        stem = unique(stem_of(given), self.taken)
        self.taken.add(_key(stem))
        return stem

    def _words(self) -> dict[str, str]:
        if self._by_signs is None:
            self._by_signs = {
                each.signs: document for document in self.documents for each in forms_of(self.study, document)
            }
        return self._by_signs


def forms_of(study: "Study", document: str) -> list[Signs]:
    """Return the texts of a transcript: as its file has it, and as the store does."""
    forms = [Signs(study.store.text(document))]
    if study.has_transcripts and document in set(study.raw_corpus.documents["document"]):
        forms.insert(0, Signs(study.raw_corpus.text(document)))
    return forms


def stem_of(name: str) -> str:
    """Return a file's name without ending for a source's name: what no system allows in names becomes a dash.

    Examples
    --------
    >>> stem_of("Interview 3: Dover/Deal.docx")
    'Interview 3- Dover-Deal'
    """
    name = unicodedata.normalize("NFC", name).strip()
    for ending in (*ENDINGS, ".doc", ".html", ".mp3", ".wav", ".m4a", ".mp4"):
        if name.lower().endswith(ending) and len(name) > len(ending):
            name = name[: -len(ending)]
            break
    name = _NOT_IN_NAMES.sub("-", name).strip(" .~")
    name = name.encode()[:180].decode(errors="ignore").strip(" .")
    return f"source {name}".strip() if not name or name.startswith("__MACOSX") or _RESERVED.match(name) else name


def unique(name: str, taken: Collection[str]) -> str:
    """Return the name, or with the first number behind it that makes it another than those taken (casefolded)."""
    found, number = name, 2
    while _key(found) in taken:
        found, number = f"{name} ({number})", number + 1
    return found


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _files(study: "Study") -> Iterable[str]:
    from workbench.corpus.load import transcript_paths

    folder = study.folder("transcripts")
    return [path.stem for path in transcript_paths(folder)] if folder and folder.is_dir() else []


def same_twice(matched: Iterable[Matched]) -> list[Problem]:
    """Tell of sources that are one transcript: their codings come together there."""
    names: dict[str, list[str]] = {}
    for each in matched:
        names.setdefault(each.document, []).append(each.source.name)
    return [
        Problem(place=document, what=f"{len(sources)} sources of the file hold its words: {', '.join(sources)}")
        for document, sources in names.items()
        if len(sources) > 1
    ]


def renamed(matched: Iterable[Matched]) -> list[Problem]:
    """Tell of sources whose transcript has another name here."""
    return [
        Problem(place=each.source.name or f"source {each.source.guid}", what=f"its transcript is {each.document}")
        for each in matched
        if each.document != each.source.name.rpartition(".")[0] and each.document != each.source.name
    ]
