"""Put pseudonyms into a corpus."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.corpus import Consent, Corpus, Document
from workbench.errors import Problem
from workbench.pseudonymisation.entry import form_key, words_of
from workbench.pseudonymisation.forms import Setting, lowered
from workbench.pseudonymisation.offset_map import OffsetMap
from workbench.pseudonymisation.register import Register

_KEPT = ("scheme", "role", "wave", "kind", "date", "fictional", "sha256", "language")
"""Attributes that are ids or dates of the study, and name nobody."""


@dataclass(frozen=True, kw_only=True)
class Pseudonymised:
    """A corpus with pseudonyms, and the way back.

    Parameters
    ----------
    corpus : Corpus
        As it was, but for the names in its words.
    maps : Mapping[str, OffsetMap]
        Document to its map. It holds the original text: keep it where the key is.
    named : Sequence[Problem]
        Documents whose id holds a name: a person renames their files.
    """

    corpus: Corpus
    maps: Mapping[str, OffsetMap]
    named: Sequence[Problem]

    def map(self, document: str) -> OffsetMap:
        """Return where the spans of one document lie, before and after."""
        self.corpus.document(document)
        return self.maps[document]


def pseudonymise(corpus: Corpus, register: Register) -> Pseudonymised:
    """Replace every waiting and accepted form of a register by its pseudonym.

    Parameters
    ----------
    corpus : Corpus
        The transcripts as they are, with names.
    register : Register
        The study's.

    Returns
    -------
    Pseudonymised
        Texts, turns, speakers, roles, consents, attributes and doubts with pseudonyms. Ids of documents stay.

    Notes
    -----
    With an empty register nothing changes, and doing it twice changes nothing either. The result is still personal
    data: names that nobody found and stories that point at one person are in it.

    See Also
    --------
    workbench.pseudonymisation.Register : what it follows.
    """
    maps: dict[str, OffsetMap] = {}
    documents: list[Document] = []
    named: list[Problem] = []
    for name in corpus.documents["document"]:
        document = corpus.document(name)
        maps[name] = register.forms.map(document.text, setting(document))
        documents.append(_with_pseudonyms(document, maps[name], register))
        named += _named(document, register)
    withdrawn = [
        replace(
            each,
            speaker=_label(each.speaker, each.document, register),
            note=register.replaced(each.note, each.document),
        )
        for each in corpus.withdrawn
    ]
    problems = [_told(problem, register) for problem in corpus.problems]
    return Pseudonymised(corpus=Corpus(documents, problems=problems, withdrawn=withdrawn), maps=maps, named=named)


def _named(document: Document, register: Register) -> list[Problem]:
    """Tell whether a document's id holds forms of the register."""
    words = document.id.replace("_", " ").replace("-", " ")
    held = [words[place.start : place.end] for place in register.forms.places(words, Setting(document.id, anyhow=True))]
    what = f"the file's name holds {', '.join(repr(each) for each in held)}, which the register replaces"
    remedy = "Rename the file, or reject the form if it is no name"
    return [Problem(place=document.source, what=what, remedy=remedy)] if held else []


def setting(document: Document) -> Setting:
    """Return what is known about a transcript before its names are sought."""
    labels = {turn.speaker for turn in document.turns}
    words = {form_key(word.strip("()[].,:*")) for label in labels for word in label.split()} - words_of("role")
    talk = " ".join(document.text[turn.start : turn.end] for turn in document.turns)
    return Setting(
        document=document.id,
        turns=[(turn.start, turn.end) for turn in document.turns],
        labels=frozenset(words | {form_key(label) for label in labels}),
        lowered=lowered(talk or document.text),
    )


def _with_pseudonyms(document: Document, there: OffsetMap, register: Register) -> Document:
    speakers = [*(turn.speaker for turn in document.turns), *document.roles, *document.consent]
    label = {speaker: _label(speaker, document.id, register) for speaker in dict.fromkeys(speakers)}
    turns = []
    for turn in document.turns:
        start, end = there.to_pseudonymised(turn.start, turn.end)
        turns.append(replace(turn, speaker=label[turn.speaker], start=start, end=end))
    roles: dict[str, str] = {}
    for speaker, role in document.roles.items():
        if roles.get(label[speaker], "unknown") == "unknown":
            roles[label[speaker]] = role
    consent: dict[str, Consent] = {}
    for speaker, given in document.consent.items():
        given = replace(given, note=register.replaced(given.note, document.id))
        consent[label[speaker]] = _stricter(consent.get(label[speaker], given), given)
    attributes = {
        name: value if name in _KEPT else register.forms.replaced(value, document.id, label=name == "speakers")
        for name, value in document.attributes.items()
    }
    doubts = [register.forms.replaced(doubt, document.id, label=True) for doubt in document.doubts]
    if doubts != list(document.doubts):
        document = replace(document, doubts=doubts)
    return replace(document, text=there.text, turns=turns, roles=roles, consent=consent, attributes=attributes)


def _label(speaker: str, document: str, register: Register) -> str:
    return register.forms.replaced(speaker, document, label=True)


def _stricter(first: Consent, second: Consent) -> Consent:
    """Join the consents of two labels that are one person: what either forbids is forbidden."""

    def least(one: bool | None, other: bool | None) -> bool | None:
        return False if False in (one, other) else one if other is None or one is None else True

    return Consent(
        analysis=least(first.analysis, second.analysis),
        quotation=least(first.quotation, second.quotation),
        archive=least(first.archive, second.archive),
        withdrawn=first.withdrawn or second.withdrawn,
        note="; ".join(dict.fromkeys(note for note in (first.note, second.note) if note)),
    )


def _told(problem: Problem | str, register: Register) -> Problem | str:
    if isinstance(problem, str):
        return register.replaced(problem)
    choices = [register.replaced(choice) for choice in problem.choices]
    what, remedy = register.replaced(problem.what), register.replaced(problem.remedy)
    return replace(problem, what=what, choices=choices, remedy=remedy)
