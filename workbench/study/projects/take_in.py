"""A project of another program comes into a study: texts, codes, codings, and everything else to be given back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from workbench.errors import InputError, Problem, Problems
from workbench.exchange.refi.model import Project
from workbench.study.consent_state import consent_problems
from workbench.study.projects.carried import carried_rows, told_kinds
from workbench.study.projects.codebook_file import with_codes, write_codebook
from workbench.study.projects.coders import NOBODY, name_coders
from workbench.study.projects.codes import MatchedCodes, match_codes
from workbench.study.projects.consent_rows import add_consents
from workbench.study.projects.metadata import add_rows, described, says_metadata
from workbench.study.projects.own import Own, taken_out
from workbench.study.projects.passages import Brought, bring_codings
from workbench.study.projects.report import TakenProject
from workbench.study.projects.taken import left_with, taken
from workbench.study.projects.texts import Matched, match_texts, same_twice

if TYPE_CHECKING:
    from workbench.study.study import Study

Progress = Callable[[int, int], None]
TAGGED = (".html", ".htm", ".csv", ".xlsx")
ENDINGS = (".qdpx", ".qde", ".qdc", *TAGGED)
"""Of files that can be taken in."""


def take_in_project(
    study: "Study", path: Path, *, by: str | None = None, finished: bool = False, progress: Progress | None = None
) -> TakenProject:
    """Take a project of NVivo, ATLAS.ti, MAXQDA, QualCoder, Taguette or the like into a study.

    Parameters
    ----------
    study : Study
        From `open_study`. Its transcripts must be readable.
    path : Path
        A REFI-QDA project (.qdpx, .qde) or codebook (.qdc), or a web page or table that Taguette and its like export.
    by : str, optional
        Who takes it in, for the comment above new codes; and whose the codings of a table are, which names no coder.
    finished : bool
        Whether each coder has finished every document in which the file has codings of theirs.
    progress : callable, optional
        Called with how many transcripts are read, and of how many.

    Returns
    -------
    TakenProject
        Counts, and everything that did not come in. The same file again adds nothing.

    Raises
    ------
    InputError
        If the file, or the study's transcripts or codebook, cannot be read, or a table is nobody's; nothing is
        written then.

    Notes
    -----
    Texts go into transcripts/ as they are, with the names that are said in them: they come under the study's review
    for names as any other transcript. Should it be interrupted, do it again: what is there already is found.
    """
    project, own = taken_out(read_any(path))
    if mistakes := consent_problems(study):
        raise InputError(mistakes)
    if study.has_transcripts:
        study.take_in(progress)
    problems = Problems()
    coders, told = name_coders(project, study.store)
    if path.suffix.lower() in TAGGED:
        coders[None] = _tagger(project, path, by)
    codes = match_codes(study, project)
    matched = match_texts(study, project, problems)
    text = _with_new_codes(study, codes, origin=f"{path.name} ({by or 'import'})")
    rows = described(study, project, matched)
    # From here on it is written: consents, metadata, texts, codes, and last, at once, codings and the rest.
    matched, added = _put_in(study, matched, own, rows, problems)
    if text is not None:
        write_codebook(study, text)
    _forget(study)
    if study.has_transcripts:
        study.take_in(progress)
    found, carried = _bring_in(study, project, matched, codes.ids, coders, own, file=path.name)
    marks = _finish(study, project, own, found.coded if finished else (), matched=matched, coders=coders)
    problems.found += [*found.told(), *same_twice(matched), *left_with(project, matched)]
    return taken(
        project, codes, found, own=own, coders=coders, matched=matched, described=tuple(added), carried=carried,
        finished=marks, told=told, problems=problems,
    )  # fmt: skip


def _with_new_codes(study: "Study", codes: MatchedCodes, *, origin: str) -> str | None:
    """Return the codebook's text with new and retired codes; None where nothing changes."""
    if not codes.new and not codes.retired:
        return None
    return with_codes(study, codes.new, origin=origin, on=datetime.now(UTC).date(), retired=codes.retired)


def read_any(path: Path) -> Project:
    """Read a project, a codebook, or a page with highlights, by the ending of the file's name.

    Raises
    ------
    InputError
        If it is none of these, or cannot be read.
    """
    if not path.is_file():
        raise InputError(Problem(place=str(path), what="there is no such file"))
    ending = path.suffix.lower()
    if ending in (".qdpx", ".qde"):
        from workbench.exchange.refi.read_project import read_project

        return read_project(path)
    if ending == ".qdc":
        from workbench.exchange.refi.read_codebook_file import read_codebook_file

        return read_codebook_file(path)
    if ending in (".html", ".htm"):
        from workbench.exchange.refi.read_tagged_html import read_tagged_html

        return read_tagged_html(path)
    if ending in (".csv", ".xlsx"):
        from workbench.exchange.refi.read_tagged_table import read_tagged

        return read_tagged(path)
    what = f"the ending {path.suffix!r} is not one of a project or codebook"
    raise InputError(Problem(place=path.name, what=what, choices=ENDINGS))


def _transcripts(study: "Study") -> Path:
    folder = study.needed("transcripts")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _put_in(
    study: "Study",
    matched: Sequence[Matched],
    own: Own,
    rows: Mapping[str, dict[str, str]],
    problems: Problems,
) -> tuple[list[Matched], list[str]]:
    """Put the new texts among the transcripts; what the study could not read as a transcript stays out.

    What their people allow, and what describes them, is written first. Texts are written in a folder beside
    the others that no reading looks into, and then moved, each at once.
    """
    from workbench.corpus.attributes import read_metadata
    from workbench.corpus.load import read_document

    kept = []
    with TemporaryDirectory(dir=_transcripts(study), prefix=".import-") as folder:
        for each in matched:
            if each.new:
                path = Path(folder) / f"{each.document}.txt"
                path.write_text(each.source.text, encoding="utf-8", newline="\n")
                try:
                    read_document(path, rows.get(each.document, {}))
                except InputError as error:
                    path.unlink()
                    problems.add(each.source.name, f"it cannot be read as a transcript ({error}), and stays out")
                    continue
            kept.append(each)
        new = [each.document for each in kept if each.new and each.document in rows]
        added = add_rows(_transcripts(study), {name: rows[name] for name in new})
        said = {each.document: own.consents[each.source.guid] for each in kept if each.source.guid in own.consents}
        about = read_metadata(_transcripts(study), Problems())
        labels = {
            name: list(read_document(path, about.get(name, {})).roles) if path.is_file() else _labels(study, name)
            for name, path in ((name, Path(folder) / f"{name}.txt") for name in said)
        }
        problems.found += add_consents(study, _transcripts(study), said, labels)
        for path in Path(folder).iterdir():
            path.replace(_transcripts(study) / path.name)
    return kept, added


def _labels(study: "Study", document: str) -> list[str]:
    """Return the labels that the speakers of a transcript have in its file, or where there is none, in the store."""
    if study.has_transcripts and document in set(study.raw_corpus.documents["document"]):
        return list(study.raw_corpus.document(document).roles)
    turns = study.store.turns()
    return [str(name) for name in turns.loc[turns["document"] == document, "speaker"].unique()]


def _tagger(project: Project, path: Path, by: str | None) -> str:
    """Return whose the codings of a table or page are, which names no coder."""
    unsaid = any(quoted.user is None for quoted in project.quoted)
    if unsaid and not (by or "").strip() and path.suffix.lower() in (".csv", ".xlsx"):
        what = "the table does not say who coded"
        raise InputError(Problem(place=path.name, what=what, remedy="Say whose codings these are: --by NAME"))
    return (by or "").strip() or NOBODY


def _finish(
    study: "Study",
    project: Project,
    own: Own,
    coded: Iterable[tuple[str, str]],
    *,
    matched: Sequence[Matched],
    coders: Mapping[str | None, str],
) -> int:
    """Mark as finished what the file says, and what the codings in `coded` are said to be; return how many are new."""
    documents = {each.source.guid: each.document for each in matched}
    named = {user.name: coders[user.guid] for user in reversed(project.users)}
    wanted = {(named[name], documents[guid]) for name, guid in own.finished if name in named and guid in documents}
    there = set(study.store.read_by().itertuples(index=False, name=None))
    new = sorted({*wanted, *coded} - there)
    for coder, document in new:
        study.store.read(document, coder=coder)
    return len(new)


def _forget(study: "Study") -> None:
    """Let go of what was read before new files were written."""
    for part in ("raw_corpus", "corpus", "codebook"):
        study.__dict__.pop(part, None)


def _bring_in(
    study: "Study",
    project: Project,
    matched: Sequence[Matched],
    codes: dict[str, str],
    coders: dict[str | None, str],
    own: Own,
    *,
    file: str,
) -> tuple[Brought, dict[str, int]]:
    """Write codings, GUIDs and what is carried, all at once; return them, and how many are carried by kind."""
    found = bring_codings(study, project, matched, codes=codes, coders=coders)
    documents = {each.source.guid: each.document for each in matched}
    guids = [("user", coders[user.guid], user.guid) for user in project.users]
    guids += [("code", code, guid) for guid, code in codes.items()]
    guids += [("document", document, guid) for guid, document in documents.items()]
    guids += [("case", f"{documents[source]}:{label}", guid) for guid, (source, label) in own.cases.items()
              if source in documents]  # fmt: skip
    guids += [("variable", variable.name, variable.guid) for variable in project.variables]
    described_here = [
        case for case in project.cases if says_metadata(study, project, case) and case.sources[0] in documents
    ]
    guids += [("case", documents[case.sources[0]], case.guid) for case in described_here]
    study.store.keep_guids(guids)
    names = {guid: study.store.guid(kind, name) for kind, name, guid in guids}
    rows = carried_rows(study, project, documents, found, names=names, file=file)
    study.store.bring_in(found.rows, carried=rows)
    return found, told_kinds(rows)
