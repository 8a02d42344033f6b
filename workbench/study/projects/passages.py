"""Codings of another program on the study's texts: where each lies, whose it is, which are new."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbench.coding.anchor import Anchored
from workbench.errors import Problem, Problems
from workbench.exchange.read_codings import occurrences
from workbench.language.counted import counted
from workbench.study.projects.memos import parts_of_note
from workbench.study.projects.placing import Signs, follow

if TYPE_CHECKING:
    from workbench.exchange.refi.model import Project, Quoted, RefiCoding, Selection, Source
    from workbench.study.projects.texts import Matched
    from workbench.study.study import Study


@dataclass(kw_only=True)
class Brought:
    """What the codings of a project come to.

    Parameters
    ----------
    rows : list of dict
        New codings, for `store.bring_in`.
    places : dict of str to (str, int, int)
        GUID of every passage that was found to document, start and end.
    read, known : int
        Codings that the file has, and of these those that the study had already.
    noted : set of str
        Notes and passages whose words have become memos of codings.
    coded : set of (str, str)
        Coder and transcript of every coding that the file has and that is in the study now.
    problems : Problems
        What the notes on a coding say otherwise.
    lost : dict
        Why codings could not be placed, with what to do, to where they stand and how many are there.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    places: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    read: int = 0
    known: int = 0
    noted: set[str] = field(default_factory=set)
    coded: set[tuple[str, str]] = field(default_factory=set)
    problems: Problems = field(default_factory=Problems)
    lost: dict[tuple[str, str], list[tuple[str, int]]] = field(default_factory=dict)

    def told(self, most: int = 12) -> list[Problem]:
        """Return what a person must look at: each reason once, with all its places and the codings in them."""
        found = []
        for (why, remedy), places in self.lost.items():
            where = [place for place, _ in places]
            more = f" and {len(where) - most:,} more" if len(where) > most else ""
            what = f"{counted(sum(number for _, number in places), 'coding')} could not be placed: {why}"
            found.append(Problem(place=f"{'; '.join(where[:most])}{more}", what=what, remedy=remedy))
        return [*found, *self.problems.found]


def bring_codings(
    study: "Study",
    project: "Project",
    matched: "Iterable[Matched]",
    *,
    codes: Mapping[str, str],
    coders: Mapping[str | None, str],
) -> Brought:
    """Find the passages of a project in the study's texts and return the codings that are new there.

    Parameters
    ----------
    study : Study
        Its texts are in the store.
    project, matched : Project, iterable of Matched
        What was read, and which transcript each of its texts is.
    codes, coders : Mapping
        GUID to code, and to coder.
    """
    found, matched = Brought(), list(matched)
    writer = _Writer(study, project, found, codes, coders)
    for each in matched:
        spans = [(one.start, one.end) for one in each.source.selections]
        for selection, place in zip(each.source.selections, places_in(study, each, spans), strict=True):
            writer.selection(each.document, each.source, selection, place)
    names = {each.source.name: each.document for each in matched}
    for quoted in project.quoted:
        writer.quoted(quoted, names)
    return found


def places_in(study: "Study", matched: "Matched", spans: list[tuple[int, int]]) -> list[Anchored]:
    """Return where spans of a source's text lie in the store's text of its transcript."""
    store_text, theirs = Signs(study.store.text(matched.document)), Signs(matched.source.text)
    if theirs.signs == store_text.signs:
        return follow(theirs, store_text, spans)
    if not (study.has_transcripts and matched.document in set(study.raw_corpus.documents["document"])):
        return follow(theirs, store_text, spans)
    from workbench.pseudonymisation.pseudonymise import setting

    document = study.raw_corpus.document(matched.document)
    masked = study.register.forms.map(document.text, setting(document))
    if masked.text != store_text.text:
        return follow(theirs, store_text, spans)
    places = follow(theirs, Signs(document.text), spans)
    return [place if place.why else Anchored(*masked.to_pseudonymised(place.start, place.end)) for place in places]


class _Writer:
    """Turns passages into rows, and counts."""

    def __init__(
        self,
        study: "Study",
        project: "Project",
        found: Brought,
        codes: Mapping[str, str],
        coders: Mapping[str | None, str],
    ) -> None:
        self.study, self.found, self.codes, self.coders = study, found, codes, coders
        self.notes = project.notes_about()
        in_force = study.store.codings()
        columns = ("coder", "document", "start", "end", "code")
        self.here = dict(zip(zip(*(in_force[name] for name in columns), strict=True), in_force["id"], strict=True))
        self.memos = dict(zip(in_force["id"], in_force["memo"], strict=True))
        self.known = study.store.codings_known_as(
            coding.guid for source in project.sources for one in source.selections for coding in one.codings
        )
        self.present = study.store.present_codes()
        self.rows: dict[tuple[Any, ...], dict[str, Any]] = {}

    def selection(self, document: str, source: "Source", selection: "Selection", place: Anchored) -> None:
        """Take over the codings of a passage."""
        self.found.read += len(selection.codings)
        where = f"{source.name}, {selection.start} to {selection.end}"
        new = [coding for coding in selection.codings if coding.guid not in self.known]
        for coding in selection.codings:
            if coding.guid in self.known:
                self.found.known += 1
                self.found.coded.add((self.coders.get(coding.user, self.coders[None]), document))
                self._compare(self.known[coding.guid], document, self._notes(coding.guid), where)
        if place.why:
            if new or selection.description:
                self._lost(where, place.why, "Code the passage by hand", len(new))
            return
        self.found.places[selection.guid] = (document, place.start, place.end)
        comment = self._comment(selection)
        for coding in new:
            said = self._notes(coding.guid)
            if comment and coding is self._first(selection, new):
                said.append(comment)
                self.found.noted |= {selection.guid, *(note.guid for note in self.notes.get(selection.guid, ()))}
            self._add(document, place, coding, said, selection=selection.guid, at=selection.at)

    def quoted(self, quoted: "Quoted", names: Mapping[str, str]) -> None:
        """Take over codings of words whose place the file does not say."""
        from workbench.study.projects.texts import stem_of

        held = [str(name) for name in self.study.store.documents()["document"]]
        wanted = names.get(quoted.document, stem_of(quoted.document))
        documents = [name for name in held if name == wanted] if quoted.document else held
        self.found.read += len(quoted.codes)
        if not quoted.codes:
            return
        places = [(name, *span) for name in documents for span in self._stands(quoted.quote, name)]
        if len(places) != 1:
            what = "its words stand in no transcript of the study" if not places else f"stand {len(places)} times"
            if quoted.document and not documents:
                what = f"the study has no transcript {wanted!r}"
            self._lost(quoted.place, what, "Put the transcript in, or code the passage by hand", len(quoted.codes))
            return
        document, start, end = places[0]
        from workbench.exchange.refi.model import RefiCoding

        for number, code in enumerate(quoted.codes):
            guid = quoted.guid if number == 0 else ""
            coding = RefiCoding(guid=guid, code=code, user=quoted.user, at=quoted.at)
            self._add(document, Anchored(start, end), coding, [quoted.description] * bool(quoted.description))

    def _lost(self, place: str, why: str, remedy: str, codings: int) -> None:
        self.found.lost.setdefault((why, remedy), []).append((place, codings))

    def _stands(self, quote: str, document: str) -> list[tuple[int, int]]:
        text = self.study.store.text(document)
        found = occurrences(quote, text, 0, len(text))
        return found or occurrences(self.study.register.replaced(quote, document), text, 0, len(text))

    def _add(
        self,
        document: str,
        place: Anchored,
        coding: "RefiCoding",
        said: list[str],
        *,
        selection: str = "",
        at: str = "",
    ) -> None:
        coder, code = self.coders.get(coding.user, self.coders[None]), self.present.now(self.codes[coding.code])
        if self.present.retired(code) or self.present.parts(code):
            why = f"{code} is {'retired' if self.present.retired(code) else 'split'}, so no new coding can have it"
            remedy = f"Code it anew{' with a part of it' if self.present.parts(code) else ''}"
            self._lost(f"{document}, {place.start} to {place.end}", why, remedy, 1)
            return
        self.found.coded.add((coder, document))
        key = (coder, document, place.start, place.end, code)
        if key in self.here:
            self.found.known += 1
            self._compare(self.here[key], document, said, f"{document}, {place.start} to {place.end}")
            return
        stance, origin, memos = self._said(said, document)
        row = self.rows.get(key)
        if row is not None:  # the file has it twice: one coding, with what both say
            self.found.known += 1
            row["memo"] = "\n\n".join(dict.fromkeys([*filter(None, [row["memo"]]), *memos]))
            row["stance"] = row["stance"] or stance
            return
        self.rows[key] = row = {
            "document": document, "start": place.start, "end": place.end, "code": code, "coder": coder,
            "stance": stance, "origin": origin, "memo": "\n\n".join(memos), "at": coding.at or at or None,
            "guid": coding.guid, "selection": selection, "place": document,
        }  # fmt: skip
        self.found.rows.append(row)

    def _said(self, said: list[str], document: str) -> tuple[str | None, str, list[str]]:
        """Return stance, origin and memos of the notes on a coding."""
        stance, origin, memos = None, "human", []
        for text in said:
            one, by, memo = parts_of_note(text)
            stance, origin = one or stance, by if by != "human" else origin
            memos += [self.study.register.replaced(memo, document)] if memo else []
        return stance, origin, memos

    def _compare(self, identity: str, document: str, said: list[str], where: str) -> None:
        """Tell where the file notes something on a coding of the study that the study does not."""
        _, _, memos = self._said(said, document)
        mine = self.memos.get(identity)
        if mine is not None and [memo for memo in memos if memo not in (mine or "")]:
            what = "the note on a coding that the study has already is another one; the study's stays"
            self.found.problems.add(where, what, remedy="Change the memo by hand if the file's is the right one")

    def _notes(self, guid: str) -> list[str]:
        """Return what the file notes on a coding."""
        notes = self.notes.get(guid, [])
        self.found.noted |= {note.guid for note in notes}
        return [note.text for note in notes]

    def _comment(self, selection: "Selection") -> str:
        """Return what the file says of the passage itself."""
        said = [selection.description, *(note.text for note in self.notes.get(selection.guid, ()))]
        return "\n\n".join(dict.fromkeys(text for text in said if text))

    @staticmethod
    def _first(selection: "Selection", codings: "list[RefiCoding]") -> "RefiCoding":
        """Return the coding that takes the comment on its passage: one of whoever made the passage."""
        return next((coding for coding in codings if coding.user == selection.user), codings[0])
