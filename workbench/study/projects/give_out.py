"""A study as a project of other programs: what may leave, with GUIDs kept and everything carried given back."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.errors import Problem, Refused
from workbench.exchange.project_gate import Leaving, texts_that_may_leave, without_identifiers
from workbench.exchange.refi.model import Project, Source, User
from workbench.language.counted import counted
from workbench.study.consent_state import REMEDIES, UNREVIEWED, not_archivable
from workbench.study.documents import named_documents
from workbench.study.projects.code_tree import codes_of, without_names
from workbench.study.projects.codebook_file import has_codebook
from workbench.study.projects.coded_passages import notes_of, selections_of
from workbench.study.projects.given_back import give_back
from workbench.study.projects.new_guids import with_new_guids
from workbench.study.projects.own import with_consents, with_finished
from workbench.study.projects.variables import cases_of

if TYPE_CHECKING:
    from workbench.study.study import Study


@dataclass(frozen=True, kw_only=True)
class GivenOut:
    """A project that may leave, and what stays behind.

    Parameters
    ----------
    project : Project
        For `refi.write_project`.
    documents : tuple of str
        The study's names of the transcripts in it.
    left_out : dict of str to str
        Transcripts that stay behind, with the reason.
    codings_left : int
        Codings on those.
    told : tuple of Problem
        Notes and other things that stay behind, and names that were replaced.
    """

    project: Project
    documents: tuple[str, ...]
    left_out: dict[str, str]
    codings_left: int
    told: tuple[Problem, ...] = ()

    def withheld(self) -> list[Problem]:
        """Return each transcript that stays behind, with the reason."""
        return [Problem(place=name, what=why) for name, why in self.left_out.items()]


def project_of(study: "Study", *, archive: bool = False) -> GivenOut:
    """Return a study's codes, transcripts and codings as a project that NVivo, ATLAS.ti and the like read.

    Parameters
    ----------
    study : Study
        With its transcripts taken in.
    archive : bool
        Only transcripts of people who all consented to archiving leave, under random codes and GUIDs made
        for this deposit alone, without any notes.

    Returns
    -------
    GivenOut
        With pseudonymised texts. A transcript leaves whole, and so only when somebody has reviewed it for names and
        no raw identifier is in it.

    Raises
    ------
    Refused
        If no transcript may leave, or a coder, a code or a variable is named by a raw identifier.
    """
    store = study.store
    texts = {str(name): store.text(str(name)) for name in store.documents()["document"]}
    leaving = texts_that_may_leave(texts, _withheld(study, texts, archive=archive))
    _refuse_if_nothing_leaves(leaving)
    codings = store.codings()
    away = int((~codings["document"].isin(leaving.documents)).sum())
    codings = codings[codings["document"].isin(leaving.documents)]
    names, told = _names(study, leaving, archive=archive)
    guids = store.guids("document", leaving.documents)
    coded, ids = codes_of(study, dict.fromkeys(str(code) for code in codings["code"]))
    codes, masked = without_names(study, coded)
    coders = store.guids("user", dict.fromkeys(str(name) for name in codings["coder"]))
    passages = selections_of(store, codings, codes=ids, coders=coders)
    sources = [
        Source(guid=guids[name], name=names[name], text=texts[name], selections=tuple(passages.get(name, ())))
        for name in leaving.documents
    ]
    variables, cases = cases_of(study, {name: (guids[name], names[name]) for name in leaving.documents})
    project = Project(
        name=study.settings.title,
        origin="workbench",
        users=tuple(User(guid=guid, name=name) for name, guid in coders.items()),
        codes=tuple(codes),
        variables=tuple(variables),
        cases=tuple(cases),
        sources=tuple(sources),
        notes=tuple(notes_of(study, codings, coders=coders, stance_only=archive)),
    )
    told += [*masked, *_waiting(study, leaving), *_not_carried(study, leaving)]
    if not archive:
        project, kept = give_back(study, project, {guid: name for name, guid in guids.items()})
        told += kept
    project = with_finished(study, project, guids)
    project, behind = without_identifiers(project)
    project = with_consents(study, project, {guid: name for name, guid in guids.items()}, archive=archive)
    return GivenOut(
        project=with_new_guids(project) if archive else project, documents=leaving.documents,
        left_out=leaving.withheld, codings_left=away, told=(*told, *behind),
    )  # fmt: skip


def _refuse_if_nothing_leaves(leaving: Leaving) -> None:
    if not leaving.documents:
        reasons = [f"{document}: {why}" for document, why in leaving.withheld.items()] or ["there is no transcript"]
        reasons += [remedy for reason, remedy in REMEDIES.items() if reason in leaving.withheld.values()]
        raise Refused("No transcript may leave, so nothing was written.\n" + "\n".join(reasons))


def _waiting(study: "Study", leaving: Leaving) -> list[Problem]:
    """Tell how many codings of what leaves stay behind, as a correction changed their words and nobody placed them."""
    number = int(study.store.unplaced()["document"].isin(leaving.documents).sum())
    what = "on words that a correction changed, so they stay behind until a person places them"
    remedy = "See: workbench corrections"
    return [Problem(place=counted(number, "coding"), what=what, remedy=remedy)] if number else []


def _not_carried(study: "Study", leaving: Leaving) -> list[Problem]:
    """Tell how many decisions on differences between coders stay behind: REFI-QDA has no place for them."""
    decided = study.store.settled()
    number = int(decided["document"].isin(leaving.documents).sum())
    what = "REFI-QDA has no place for them, so they are not carried"
    remedy = "They leave as settled.csv with: workbench export FOLDER"
    return [Problem(place=counted(number, "settled difference"), what=what, remedy=remedy)] if number else []


def codebook_of(study: "Study") -> Project:
    """Return a study's codes alone, for `refi.write_codebook_file`.

    Its `problems` are the codes in which a name of the register was replaced.

    Raises
    ------
    Refused
        If a code is named by a raw identifier.
    """
    codes, _ = codes_of(study, dict.fromkeys(str(code) for code in study.store.codings()["code"]))
    title = study.codebook.title if has_codebook(study) else study.settings.title
    masked, told = without_names(study, codes)
    project, _ = without_identifiers(Project(name=title, origin="workbench", codes=tuple(masked)))
    return replace(project, problems=tuple(told))


def _withheld(study: "Study", texts: dict[str, str], *, archive: bool) -> dict[str, str]:
    """Return why transcripts may not leave whole, whatever their words are."""
    reasons: dict[str, str] = {}
    if not archive:
        reviewed = study.store.reviewed()
        return {name: UNREVIEWED for name in texts if name not in reviewed}
    for name, why in not_archivable(study).items():
        document = name if name in texts else name.rpartition(":")[0]
        reasons.setdefault(document, why)
    return reasons


def _names(study: "Study", leaving: Leaving, *, archive: bool) -> tuple[dict[str, str], list[Problem]]:
    """Return how each transcript is called outside, and which names hold somebody's."""
    from workbench.exchange.export_codings import random_codes

    named = set(named_documents(study)) & set(leaving.documents)
    hidden = [name for name in leaving.documents if archive or name in named]
    what = "the register replaces a name in this file name, so it stands as a code"
    told = [Problem(place=name, what=what, remedy="Rename the file") for name in sorted(named) if not archive]
    return {name: name for name in leaving.documents} | random_codes("T", hidden), told
