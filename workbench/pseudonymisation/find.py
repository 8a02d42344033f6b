"""Search transcripts for names, and propose what to replace."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from workbench.corpus import SEVERAL, UNKNOWN, WITHDRAWN, Corpus, Document
from workbench.pseudonymisation.entry import LABELS, PSEUDONYM, Entry, form_key, tidy, words_of
from workbench.pseudonymisation.forms import Forms
from workbench.pseudonymisation.link import Found, Person, full_names, link_short, link_value
from workbench.pseudonymisation.pseudonymise import setting
from workbench.pseudonymisation.register import Register

_NUMBERED = re.compile(r"(?=\S*\d)\S.*", re.DOTALL)
_CODE = re.compile(r"\b[^\W\d_]{1,3}\d{1,4}\b")
_NUMBERS = ("date of birth", "custody reference", "crime reference", "collar number")
SHORTEST = 5
"""Signs that a number needs to stand without the words before it: “412” alone means too much else."""


def find(
    corpus: Corpus,
    register: Register,
    *,
    progress: Callable[[int, int], None] | None = None,
    model: str | None = "auto",
    spared: Collection[str] = (),
) -> int:
    """Search every word of the transcripts for names and identifiers, and propose what is new.

    Parameters
    ----------
    corpus : Corpus
        The transcripts as they are, with names.
    register : Register
        Gets entries that wait for a person. What was decided before stays: a rejected form is not proposed again.
    progress : callable, optional
        Called with how many transcripts are done, and of how many.
    model : str or None
        As `workbench.language.names.find_names` takes it.
    spared : Collection[str]
        Forms that need no pseudonym, because the study names them anyway: its schemes.

    Returns
    -------
    int
        New entries. The register is changed in memory: `save` it.

    Notes
    -----
    No detector finds every name. Waiting entries are replaced until a person says otherwise, and each transcript
    is still for a person to read.
    """
    from workbench.language.names import same_person

    before, documents = len(register), list(_documents(corpus))
    register.reserve(found[0] for document in documents for found in PSEUDONYM.finditer(document.text))
    left_out = {form_key(form) for form in spared}
    forms = {key: each for key, each in _search(documents, register, progress, model).items() if key not in left_out}
    forms = _standing(forms, documents)
    whole = [each for each in forms.values() if each.kind == "person" and " " in each.key]
    people = full_names(whole, register, same_person)
    _add_parts(forms, documents, people, register)
    short = [each for each in forms.values() if each.kind == "person" and " " not in each.key]
    link_short(short, people, register, same_person)
    link_value([each for each in forms.values() if each.kind not in ("person", "place", "organisation")], register)
    for each in [each for _, each in sorted(forms.items()) if each.kind in ("place", "organisation")]:
        if register.entry(each.form) is None:
            register.propose(each.form, each.kind, why=each.reason)
    _propose_heads(documents, forms.values(), register)
    return len(register) - before


def _documents(corpus: Corpus) -> Iterator[Document]:
    return (corpus.document(name) for name in corpus.documents["document"])


def _search(
    documents: list[Document], register: Register, progress: Callable[[int, int], None] | None, model: str | None
) -> dict[str, Found]:
    """Return every form found, by key."""
    from workbench.language.names import find_names

    labels = {document.id: label_names(document) for document in documents}
    codes = {
        form_key(code) for document in documents for turn in document.turns for code in _CODE.findall(turn.speaker)
    }
    known = {name for names in labels.values() for name in names}
    known |= {entry.form for entry in register.entries if entry.kind == "person" and entry.replaces}
    passages = [list(_passages(document)) for document in documents]
    found: dict[str, Found] = {}
    for document, texts, mentions in zip(
        documents, passages, find_names(passages, known=sorted(known), model=model, progress=progress), strict=True
    ):
        for text, inside in zip(texts, mentions, strict=True):
            for mention in inside:
                form = _form(text, mention.start, mention.end, mention.kind)
                if form_key(form) not in codes:  # P11 is a pseudonym already
                    _note(found, form, mention.kind, mention.why, document.id)
        for name in labels[document.id]:
            _note(found, name, "person", "speaker's label", document.id)
    return found


def _standing(found: dict[str, Found], documents: list[Document]) -> dict[str, Found]:
    """Leave out forms that stand nowhere as whole words of one turn; ordinary words may stand by evidence alone."""
    from workbench.language.names import ordinary_words

    stands = set(ordinary_words())
    for many in (True, False):  # apart, so that a short form is not hidden by a longer one
        sought = [each for key, each in found.items() if (" " in key) == many]
        forms = Forms(Entry(id=0, form=each.form, kind=each.kind, pseudonym="") for each in sought)
        for document in documents:
            stands |= {place.entry.key for place in forms.places(document.text, setting(document))}
    return {key: each for key, each in found.items() if key in stands}


def _passages(document: Document) -> Iterator[str]:
    """Yield each turn, and whatever of the text lies between turns."""
    last = 0
    for turn in document.turns:
        between = document.text[last : turn.start]
        if turn.speaker not in (between.strip(" \n\t:*"), between.strip(" \n\t:*[]()")) and between.strip(
            " \n\t:*[]()"
        ):
            yield between
        yield document.text[turn.start : turn.end]
        last = turn.end
    if document.text[last:].strip():
        yield document.text[last:]


def _form(text: str, start: int, end: int, kind: str) -> str:
    form = text[start:end]
    if kind in _NUMBERS:
        number = _NUMBERED.search(form)
        if number and len(number[0]) >= SHORTEST:
            return number[0]
    return form


def _note(found: dict[str, Found], form: str, kind: str, why: str, document: str) -> None:
    form = tidy(form, kind)
    if kind not in LABELS or PSEUDONYM.search(form) or sum(sign.isalnum() for sign in form) < 2:
        return
    if kind in ("person", "place", "organisation") and _names_nobody(form_key(form)):
        return
    each = found.setdefault(form_key(form), Found(form_key(form)))
    each.forms[form] += 1
    each.kinds[kind] += 1
    each.why[why] += 1
    each.documents[document] += 1


def _names_nobody(key: str) -> bool:
    """Tell a word that is never a name alone: a title, a role, “So”, “I've”, “Fridays”."""
    from spacy.lang.en.stop_words import STOP_WORDS

    from workbench.language.names import ordinary_words

    if key in words_of("title") | words_of("time"):
        return True
    if key in ordinary_words():
        return False
    first, contraction, _ = key.partition("'")
    return key in words_of("role") | STOP_WORDS or bool(contraction and first in STOP_WORDS)


def label_names(document: Document) -> list[str]:
    """Return the names in a transcript's speaker labels: “Nicole” of `Nicole (P15)`, nothing of `Interviewer 2`."""
    names = []
    for label in dict.fromkeys(turn.speaker for turn in document.turns):
        bare = re.sub(r"[(\[].*?(?:[)\]]|$)", " ", label)
        words = [word.strip(".,:*") for word in bare.split() if not any(sign.isdigit() for sign in word)]
        name = tidy(" ".join(words), "person")
        parts = [part for part in re.split(r"[^\w'’]+", name.casefold()) if part]
        initials = len(name) <= 3 and name.isupper()
        if label in (UNKNOWN, SEVERAL, WITHDRAWN) or not parts or initials or len(name) < 2:
            continue
        if not words_of("role") & set(parts) and not set(parts) <= words_of("title"):
            names.append(name)
    return names


def _add_parts(
    found: dict[str, Found], documents: list[Document], people: Iterable[Person], register: Register
) -> None:
    """Seek given names and surnames alone where the whole name stands, in case the search passed over them."""
    sought = {(entry.key, ""): entry for entry in register.entries if " " in entry.key}
    for person in people:
        words = person.name.split()
        for part in (words[0], words[-1]):
            key = form_key(part)
            if len(part.rstrip(".")) > 2 and part[0].isupper():
                have = found[key].documents if key in found else {}
                why = f"part of {person.name}"
                for name in person.documents - have.keys():
                    entry = Entry(id=0, form=part, kind="person", pseudonym="", document=name, why=why)
                    sought.setdefault((key, name), entry)
    forms = Forms(sought.values())
    for document in documents:
        for place in forms.places(document.text, setting(document)):
            if not place.entry.pseudonym:
                _note(found, place.entry.form, "person", place.entry.why, document.id)


def _propose_heads(documents: list[Document], found: Iterable[Found], register: Register) -> None:
    """Give an ordinary word that was found at the head of a sentence only an entry for that very transcript."""
    from workbench.language.names import ordinary_words

    doubtful = [each for each in found if each.key in ordinary_words()]
    for document in documents:
        here, where = [each for each in doubtful if document.id in each.documents], setting(document)
        if not here or where.lowered:  # without capitals, an ordinary word alone is never taken for a name
            continue
        stands = {place.entry.key for place in register.forms.places(document.text, where)}
        for each in here:
            entry = register.entry(each.form, document.id)
            if entry is not None and entry.replaces and not entry.document and each.key not in stands:
                why = f"{entry.why}; at the head of a sentence only: read it in its place"
                register.propose(each.form, entry.kind, why=why, pseudonym=entry.pseudonym, document=document.id)
