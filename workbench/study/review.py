"""Somebody read a transcript for names: what must hold before that is noted."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.errors import Problems

if TYPE_CHECKING:
    from workbench.study.study import Study


def note_review(study: "Study", documents: Sequence[str], *, by: str) -> None:
    """Note that somebody read transcripts for names, as they now are; all of them, or none.

    Parameters
    ----------
    study : Study
        Its present texts are taken into the store first.
    documents : Sequence[str]
        Ids of transcripts.
    by : str
        Who read them.

    Raises
    ------
    InputError
        With every transcript that is not there, was not searched as it now is, or holds a form that waits.
    """
    from workbench.pseudonymisation import waiting
    from workbench.study.searched import unsearched

    corpus, problems, left = study.raw_corpus, Problems(), set(unsearched(study))
    for document in documents:
        corpus.document(document)
        if document in left:
            what = "it was not searched for names since it came in or changed"
            problems.add(document, what, remedy=f"Run: workbench names find {study.path}")
        elif forms := len(waiting(corpus, study.register, document=document)):
            what = f"{forms} form{'' if forms == 1 else 's'} in it wait{'s' if forms == 1 else ''} for a decision"
            problems.add(document, what, remedy=f"Decide with: workbench names ask {study.path} --document {document}")
    problems.raise_if_any()
    study.take_in()
    for document in documents:
        study.store.review(document, coder=by)
