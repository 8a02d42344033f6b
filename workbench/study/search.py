"""Search a study's talk, by its words or by meaning."""

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from workbench.corpus import Corpus
from workbench.corpus.filters import OneOrMore, chosen_turns
from workbench.corpus.search import COLUMNS, HOW, among_coded
from workbench.errors import InputError, Problem, did_you_mean
from workbench.language.embedding import Embedder, Vectors
from workbench.study.study import Study

WAYS = (*HOW, "meaning")
_Meaning = tuple[Corpus, pd.DataFrame, Vectors, Embedder]
_MEANING: WeakKeyDictionary[Study, _Meaning] = WeakKeyDictionary()
"""What the turns of an open study mean: 114 MB for 74,000 turns with MiniLM, until the study is let go."""


def search(
    study: Study,
    query: str,
    *,
    how: str = "words",
    code: OneOrMore = None,
    uncoded: bool = False,
    most: int = 50,
    context: int = 60,
    progress: Callable[[int, int], None] | None = None,
    **where: OneOrMore,
) -> pd.DataFrame:
    """Find words, a phrase, a regular expression, or turns near in meaning.

    Parameters
    ----------
    study : Study
        With talk; its coding store is read when `code` or `uncoded` is given.
    query : str
        What to find; for `meaning` best a sentence as somebody would say it.
    how : {"words", "phrase", "regex", "meaning"}
        The first three as in `Corpus.search`. `meaning` ranks whole turns by the study's embedding. Interviewers'
        turns and those under five words are left out. Vectors that are not kept yet are computed first.
    code : str or collection of str, optional
        Only hits within passages coded so, whoever coded; of `meaning` turns that share a passage coded so.
    uncoded : bool
        Instead, only hits that touch no passage coded so, or none at all where `code` is not given.
    most : int
        Turns that `meaning` returns.
    context : int
        Characters shown on either side; `meaning` shows none, its hits are whole turns.
    progress : callable, optional
        Called while vectors are computed.
    **where
        role, scheme, wave, document, speaker: one value or several.

    Returns
    -------
    pandas.DataFrame
        As `Corpus.search`: one row a hit, ready for `study.store.code_many`. `meaning` adds `score`, the cosine
        of query and turn, from -1 to 1, highest first: higher means nearer in meaning. It is not a chance of being
        right, knows no negation ("it helped" is near "it did not help"), and is not comparable between queries.

    Raises
    ------
    InputError
        As `Corpus.search`.
    """
    if how not in WAYS:
        what, remedy = f"how is {how!r}", did_you_mean(how, WAYS)
        raise InputError(Problem(place="search", what=what, choices=WAYS, remedy=remedy))
    codings = study.store.codings() if code is not None or uncoded else None
    if how != "meaning":
        return study.corpus.search(
            query, how=how, codings=codings, code=code, uncoded=uncoded, context=context, **_known(where)
        )
    if not query.split():
        raise InputError(Problem(place=f"search for {query!r}", what="it holds no word", remedy="Type a sentence"))
    _, turns, vectors, embedder = _meaning(study, progress)
    scores = vectors @ embedder.encode([query])[0]
    order = np.argsort(-scores, kind="stable")
    order = order[chosen_turns(turns, **_known(where))[order]]
    order = order if codings is not None else order[:most]
    hits = turns.take(order)  # their text is for machines, without pseudonyms; a hit holds the document's own words
    places = zip(hits["document"].tolist(), hits["start"].tolist(), hits["end"].tolist(), strict=True)
    own = [study.corpus.text(document)[start:end] for document, start, end in places]
    hits = hits.assign(quote=own, left="", right="", score=scores[order].astype(float))
    hits = hits[[*COLUMNS, "score"]].reset_index(drop=True)
    documents = study.corpus.documents["document"].tolist()
    return among_coded(hits, codings, code=code, uncoded=uncoded, documents=documents, whole=False).head(most)


def hint(study: Study, hits: pd.DataFrame) -> str:
    """Say, where a search found nothing in talk that holds pseudonyms, how names are looked for; else nothing.

    It is the same for every query, so that it does not tell who is in the register.
    """
    from workbench.pseudonymisation import PSEUDONYM

    if len(hits) or not any(PSEUDONYM.search(text) for text in study.corpus.turns["text"]):
        return ""
    return (
        "Names are replaced in this study: look for a person, place or organisation by the pseudonym, as [Person 12]; "
        "whoever holds the key finds it with workbench names list --all."
    )


def _known(where: dict[str, OneOrMore]) -> dict[str, Any]:
    unknown = sorted(where.keys() - {"role", "scheme", "wave", "document", "speaker"})
    if unknown:
        raise TypeError(f"search() has no argument {unknown[0]!r}")
    return dict(where)


def _meaning(study: Study, progress: Callable[[int, int], None] | None) -> _Meaning:
    """Return the corpus, its turns that have a meaning of their own, their vectors, and what made them."""
    if study not in _MEANING or _MEANING[study][0] is not study.corpus:
        from workbench.language import embed_cached, load_embedder
        from workbench.suggestion.passages import talk

        turns = talk(study.corpus)
        embedder = load_embedder(study.settings.embedding)
        vectors = embed_cached(turns["text"].tolist(), embedder, study.vectors, progress=progress)
        _MEANING[study] = study.corpus, turns, vectors, embedder
    return _MEANING[study]
