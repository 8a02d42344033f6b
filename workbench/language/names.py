"""Names of people, places and organisations in talk: a names model, lists, surroundings, and what a document itself shows."""  # noqa: E501

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.language.identifiers import identifiers
from workbench.language.letter_case import case_of, is_start, restore, to_lower
from workbench.language.name_lists import ordinary_words, same_person
from workbench.language.name_vocabulary import Vocabulary
from workbench.language.names_in_document import forms_of
from workbench.language.names_in_passage import PATTERN, Candidate, candidates, occurrences, settle, tokens
from workbench.language.names_model import Found, describe_model, find_model, read_with_model
from workbench.language.words_for_people import names_nobody

__all__ = ["Mention", "find_names", "names_model", "ordinary_words", "same_person"]
LISTS = "name lists"


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A name or another direct identifier in a passage.

    Parameters
    ----------
    start, end : int
        Half-open, in code points of the passage; without a title before it or a possessive 's after it.
    kind : str
        "person", "place", "organisation", or a kind of `identifiers`.
    why : str
        What gave it away: "names model", "name lists", "title", "introduction", "elsewhere in the document", …
    """

    start: int
    end: int
    kind: str
    why: str


def find_names(
    documents: Sequence[Sequence[str]],
    *,
    known: Collection[str] = (),
    model: str | None = "auto",
    progress: Callable[[int, int], None] | None = None,
) -> list[list[list[Mention]]]:
    """Find names and direct identifiers in documents, whatever case they are written in.

    Parameters
    ----------
    documents : Sequence[Sequence[str]]
        Documents, each a sequence of passages (turns of talk, paragraphs).
    known : Collection[str]
        Names certain in this study: speakers' labels, a register. Found in any case, unless they are ordinary words.
    model : str or None
        "auto" (the model of `names_model` where it is installed, else lists alone), a spaCy package or folder, or None.
    progress : callable, optional
        Called with how many passages are read, and of how many.

    Returns
    -------
    list of list of list of Mention
        For each document and passage its mentions, apart and in order. No detector is perfect: a person reviews.

    Raises
    ------
    MissingPart
        If the packages with names, or a model asked for, are not installed.
    InputError
        If the model's files are not those that were measured.

    Notes
    -----
    A transcript in small or in capital letters first gets capitals back where lists and a dictionary expect them.
    A name found with good reason is then looked for in its whole document. Countries count as places.

    Examples
    --------
    >>> [[mentions]] = find_names([["Thanks, Sarah. Mr O'Neill lives in Durham."]], model=None)
    >>> [(mention.kind, mention.start, mention.end) for mention in mentions]
    [('person', 8, 13), ('person', 18, 25), ('place', 35, 41)]
    """
    folder = find_model(model)
    vocabulary = Vocabulary(folder)
    cases = [case_of(document) for document in documents]
    written = [
        [_write(passage, case, vocabulary) for passage in document]
        for document, case in zip(documents, cases, strict=True)
    ]
    read = iter(_read([text for document in written for text in document], folder, vocabulary, progress))
    return [
        _in_document(document, texts, [next(read) for _ in texts], _Rules(vocabulary, case != "mixed", known))
        for document, texts, case in zip(documents, written, cases, strict=True)
    ]


def names_model() -> str:
    """Return what "auto" uses, for the methods section."""
    folder = find_model("auto")
    return f"{describe_model(folder)}, {LISTS}" if folder else LISTS


@dataclass(frozen=True)
class _Rules:
    vocabulary: Vocabulary
    restored: bool
    known: Collection[str]


def _write(passage: str, case: str, vocabulary: Vocabulary) -> str:
    shouted = passage.isupper() and passage.count(" ") > 2
    if case == "mixed" and not shouted:
        return passage
    return restore(to_lower(passage), vocabulary.is_capital)


def _read(
    texts: Sequence[str], folder: Path | None, vocabulary: Vocabulary, progress: Callable[[int, int], None] | None
) -> list[Found]:
    """Return what the model finds; passages without a capital letter on any but common words are not read."""
    if folder is None:
        if progress:
            progress(len(texts), len(texts))
        return [[] for _ in texts]
    worth = [
        place
        for place, text in enumerate(texts)
        if any(word[0].isupper() and not vocabulary.is_common(word) for word, _, _ in tokens(text))
    ]
    found: list[Found] = [[] for _ in texts]
    for place, each in zip(worth, read_with_model([texts[it] for it in worth], folder, progress=progress), strict=True):
        found[place] = each
    return found


def _in_document(
    passages: Sequence[str], texts: Sequence[str], read: Sequence[Found], rules: _Rules
) -> list[list[Mention]]:
    small = Counter(word for text in texts for word, _, _ in tokens(text) if word.islower())
    found = [
        [
            it
            for it in candidates(text, spans, rules.vocabulary, small=small, restored=rules.restored)
            if it.rank < PATTERN or not names_nobody(text, it)
        ]
        for text, spans in zip(texts, read, strict=True)
    ]
    forms, slips = forms_of(texts, found, rules.vocabulary, restored=rules.restored)
    settled = []
    for passage, text, each in zip(passages, texts, found, strict=True):
        again = [
            it
            for it in occurrences(text, forms, "elsewhere in the document", any_case=rules.restored)
            if not (is_start(text, it.start) and rules.vocabulary.is_ordinary(text[it.start : it.end]))
            and not names_nobody(text, it)
        ]
        certain = occurrences(text, dict.fromkeys(rules.known, "person"), "known", any_case=True)
        direct = [Candidate(start, end, kind, "pattern", 0) for kind, start, end in identifiers(passage)]
        stand = [it for it in each if it.rank < PATTERN or text[it.start : it.end] not in slips]
        kept = settle([*direct, *certain, *stand, *again])
        settled.append([Mention(start=it.start, end=it.end, kind=it.kind, why=it.why) for it in kept])
    return settled
