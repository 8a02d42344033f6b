"""Find written patterns in passages: phrases and spaCy token patterns, without a downloaded model."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.errors import MissingPart

Pattern = str | Sequence[Mapping[str, Any]]
"""A phrase, or a spaCy token pattern."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One place where a pattern matched.

    Parameters
    ----------
    passage : int
        Position of the passage, from 0.
    start, end : int
        Offsets in the passage.
    name : str
        Whose pattern it is.
    words : str
        The words that matched.
    """

    passage: int
    start: int
    end: int
    name: str
    words: str


def find_patterns(
    patterns: Mapping[str, Sequence[Pattern]],
    passages: Sequence[str],
    *,
    progress: Callable[[int, int], None] | None = None,
) -> list[Hit]:
    """Find every pattern in every passage.

    Parameters
    ----------
    patterns : Mapping[str, Sequence[Pattern]]
        Name to its phrases (any case) and token patterns.
    passages : Sequence[str]
        Texts.
    progress : callable, optional
        Called now and then with how many passages are done, and of how many.

    Returns
    -------
    list of Hit
        In the order of the passages; of nested hits of one name only the longest.
    """
    try:
        import spacy
        from spacy.matcher import Matcher, PhraseMatcher
        from spacy.util import filter_spans
    except ImportError as error:
        raise MissingPart("spacy", "text") from error

    nlp = spacy.blank("en")
    phrases, tokens = PhraseMatcher(nlp.vocab, attr="LOWER"), Matcher(nlp.vocab)
    for name, written in patterns.items():
        said = [_plain_quotes(pattern) for pattern in written if isinstance(pattern, str)]
        shaped = [[dict(token) for token in pattern] for pattern in written if not isinstance(pattern, str)]
        if said:
            phrases.add(name, list(nlp.pipe(said)))
        if shaped:
            tokens.add(name, shaped)
    matchers = [matcher for matcher in (phrases, tokens) if len(matcher)]
    hits: list[Hit] = []
    for position, doc in enumerate(nlp.pipe(_plain_quotes(passage) for passage in passages)):
        found = [span for matcher in matchers for span in matcher(doc, as_spans=True)]
        found.sort(key=lambda span: span.start_char)
        for name in dict.fromkeys(span.label_ for span in found):
            for span in filter_spans([span for span in found if span.label_ == name]):
                hits.append(_hit(position, span, passages[position]))
        if progress and (position + 1) % 1000 == 0:
            progress(position + 1, len(passages))
    return hits


def _plain_quotes(text: str) -> str:
    """Make curly quotes straight, one sign for one, so that offsets stay."""
    return text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})


def _hit(position: int, span: Any, passage: str) -> Hit:
    start, end = span.start_char, span.end_char
    return Hit(passage=position, start=start, end=end, name=span.label_, words=passage[start:end])
