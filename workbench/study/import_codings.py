"""Codings made elsewhere, as a CSV, become acts in the store: all of them, or none."""

from pathlib import Path

from workbench.exchange import read_codings
from workbench.study.study import Study


def import_codings(study: Study, path: Path, *, finished: bool = False) -> int:
    """Read a CSV of codings and store them.

    Parameters
    ----------
    study : Study
        Its transcripts must be in the store already.
    path : Path
        Columns document, quote, code, coder; optionally turn, stance (supports, contradicts, qualifies), memo.
        Quotes may hold names that the study's register replaces: they are found all the same.
    finished : bool
        Whether each coder has finished every document that the file names.

    Returns
    -------
    int
        Codings that were not there before; the same file again adds none.

    Raises
    ------
    InputError
        With every quote that is not in its transcript and every unknown code, by line; nothing is stored then.
    """
    now = study.store.present_codes().now
    rows = read_codings(path, study.store, codebook=study.codebook, replaced=study.register.replaced, now=now)
    before = len(study.store.codings())
    study.store.code_many(rows)
    if finished:
        for coder, document in sorted({(row["coder"], row["document"]) for row in rows}):
            study.store.read(document, coder=coder)
    return len(study.store.codings()) - before
