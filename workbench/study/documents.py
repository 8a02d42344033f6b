"""How the documents of a study are called: files that went away or were renamed, and names that name somebody."""

from typing import TYPE_CHECKING
from unicodedata import normalize

from workbench.errors import InputError, Problem
from workbench.language.counted import counted
from workbench.study.consent_state import whole_withdrawals

if TYPE_CHECKING:
    from workbench.study.study import Study


def named_documents(study: "Study") -> list[str]:
    """Return the documents in the store whose name holds a form that the register replaces."""
    from workbench.pseudonymisation.forms import Setting

    forms = study.register.forms
    return [
        str(name)
        for name in study.store.documents()["document"]
        if forms.places(str(name).replace("_", " ").replace("-", " "), Setting(str(name), anyhow=True))
    ]


def orphans(study: "Study") -> list[Problem]:
    """Tell of documents that the store holds and the transcripts' folder does not; nothing is changed.

    Parameters
    ----------
    study : Study
        From `open_study`. One that was handed over as a store alone has none.

    Returns
    -------
    list of Problem
        One a document, with the number of its codings, and under which name the folder has the same words. Withdrawn
        ones are not among them.
    """
    from workbench.corpus.load import transcript_paths

    if not (study.has_transcripts and study.has_store):
        return []
    there = {each.document for each in whole_withdrawals(study)}
    there |= {normalize("NFC", path.stem) for path in transcript_paths(study.needed("transcripts"))}
    held = study.store.documents()
    gone = held[~held["document"].isin(there)]
    codings = study.store.codings()["document"].value_counts()
    return [
        _told(study, str(row["document"]), str(row.get("sha256") or ""), int(codings.get(row["document"], 0)))
        for row in gone.to_dict(orient="records")
    ]


def _told(study: "Study", name: str, source: str, codings: int) -> Problem:
    same = _with_the_words(study, study.store.text(name), source)
    theirs = f"its {counted(codings, 'coding')}" if codings else "its text, without codings,"
    stay = "stay" if codings > 1 else "stays"
    if same:
        return Problem(
            place=name,
            what=f"the folder has its words as {' and '.join(same)}, so it was probably renamed: {theirs} {stay} under "
            "the former name",
            remedy=f"Name the file {name} again",
        )
    return Problem(
        place=name,
        what=f"its file is no longer in the folder; {theirs} {stay} in the store",
        remedy="Put the file back under this name; if somebody withdrew, record it in transcripts/consent.csv",
    )


def _with_the_words(study: "Study", text: str, source: str) -> list[str]:
    """Return the documents of the folder that have a text, or come from the same file; none while it has mistakes."""
    try:
        documents = study.corpus.documents
    except InputError:
        return []
    return [
        str(row["document"])
        for row in documents.to_dict(orient="records")
        if row["sha256"] == source or study.corpus.text(str(row["document"])) == text
    ]
