"""A project of another program comes into a study: texts, codes, codings, and everything else to be given back."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from workbench.errors import InputError, Problem, Problems
from workbench.exchange.refi.model import Project
from workbench.language.counted import counted
from workbench.study.projects.carried import carried_rows, out_of, told_kinds
from workbench.study.projects.codebook_file import with_codes, write_codebook
from workbench.study.projects.coders import NOBODY, name_coders
from workbench.study.projects.codes import match_codes
from workbench.study.projects.metadata import add_rows, described, says_metadata
from workbench.study.projects.passages import Brought, bring_codings
from workbench.study.projects.report import TakenProject
from workbench.study.projects.texts import Matched, match_texts, renamed, same_twice

if TYPE_CHECKING:
    from workbench.study.study import Study

Progress = Callable[[int, int], None]
ENDINGS = (".qdpx", ".qde", ".qdc", ".html", ".htm")
"""Of files that can be taken in."""


def take_in_project(
    study: "Study", path: Path, *, by: str = "import", progress: Progress | None = None
) -> TakenProject:
    """Take a project of NVivo, ATLAS.ti, MAXQDA, QualCoder, Taguette or the like into a study.

    Parameters
    ----------
    study : Study
        From `open_study`. Its transcripts must be readable.
    path : Path
        A REFI-QDA project (.qdpx, .qde) or codebook (.qdc), or a web page that Taguette and its like export.
    by : str
        Who takes it in, for the comment above new codes.
    progress : callable, optional
        Called with how many transcripts are read, and of how many.

    Returns
    -------
    TakenProject
        Counts, and everything that did not come in. The same file again adds nothing.

    Raises
    ------
    InputError
        If the file, or the study's transcripts or codebook, cannot be read; nothing is written then.

    Notes
    -----
    Texts go into transcripts/ as they are, with the names that are said in them: they come under the study's review
    for names as any other transcript. Should it be interrupted, do it again: what is there already is found.
    """
    project = read_any(path)
    if study.has_transcripts:
        study.take_in(progress)
    problems = Problems()
    coders, told = name_coders(project, study.store)
    codes = match_codes(study, project)
    matched = match_texts(study, project, problems)
    origin = f"{path.name} ({by})"
    text = with_codes(study, codes.new, origin=origin, on=datetime.now(UTC).date()) if codes.new else None
    rows = described(study, project, matched)
    # From here on it is written: texts, what describes them, codes, and last, at once, codings and the rest.
    matched = _put_in(study, matched, problems)
    new = [each.document for each in matched if each.new]
    added = add_rows(_transcripts(study), {name: rows[name] for name in new if name in rows})
    if text is not None:
        write_codebook(study, text)
    _forget(study)
    if study.has_transcripts:
        study.take_in(progress)
    found, carried = _bring_in(study, project, matched, codes.ids, coders, file=path.name)
    problems.found += [*found.problems.found, *same_twice(matched), *_left_with(project, matched)]
    return TakenProject(
        name=project.name,
        origin=project.origin,
        coders=tuple(dict.fromkeys(coders[user.guid] for user in project.users)),
        texts=tuple(each.document for each in matched),
        texts_new=tuple(new),
        sources=len(project.sources),
        codes=len(project.codes),
        codes_new=tuple(code.id for code in codes.new),
        codings=found.read,
        codings_new=len(found.rows),
        codings_known=found.known,
        carried=carried,
        described=tuple(added),
        told=(*(each for each in project.problems if not each.remedy), *told, *renamed(matched), *_of_nobody(found)),
        doubtful=(*(each for each in project.problems if each.remedy), *codes.told, *problems.found),
    )


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
    what = f"the ending {path.suffix!r} is not one of a project or codebook"
    raise InputError(Problem(place=path.name, what=what, choices=ENDINGS))


def _transcripts(study: "Study") -> Path:
    folder = study.needed("transcripts")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _put_in(study: "Study", matched: Sequence[Matched], problems: Problems) -> list[Matched]:
    """Put the new texts among the transcripts; what the study could not read as a transcript stays out.

    They are written in a folder beside the others that no reading looks into, and then moved, each at once.
    """
    from workbench.corpus.load import read_document

    kept = []
    with TemporaryDirectory(dir=_transcripts(study), prefix=".import-") as folder:
        for each in matched:
            if each.new:
                path = Path(folder) / f"{each.document}.txt"
                path.write_text(each.source.text, encoding="utf-8", newline="\n")
                try:
                    read_document(path, {})
                except InputError as error:
                    path.unlink()
                    problems.add(each.source.name, f"it cannot be read as a transcript ({error}), and stays out")
                    continue
            kept.append(each)
        for path in Path(folder).iterdir():
            path.replace(_transcripts(study) / path.name)
    return kept


def _forget(study: "Study") -> None:
    """Let go of what was read before new files were written."""
    for part in ("raw_corpus", "corpus", "codebook"):
        study.__dict__.pop(part, None)


def _of_nobody(found: Brought) -> list[Problem]:
    """Tell how many codings the file ascribes to nobody."""
    number = sum(row["coder"] == NOBODY for row in found.rows)
    return [Problem(place=counted(number, "coding"), what=f"the file does not say whose: {NOBODY!r}")] if number else []


def _left_with(project: Project, matched: Sequence[Matched]) -> list[Problem]:
    """Tell how much about texts that stay out is not kept either."""
    away = out_of(project, {each.source.guid: each.document for each in matched})
    notes = [note for note in project.notes if note.about & away]
    cases = [case for case in project.cases if {*case.sources, *case.selections} & away]
    lost = " and ".join(counted(len(each), name) for each, name in ((notes, "note"), (cases, "case")) if each)
    return [Problem(place=project.name, what=f"{lost} about documents that stay out are not kept")] if lost else []


def _bring_in(
    study: "Study",
    project: Project,
    matched: Sequence[Matched],
    codes: dict[str, str],
    coders: dict[str | None, str],
    *,
    file: str,
) -> tuple[Brought, dict[str, int]]:
    """Write codings, GUIDs and what is carried, all at once; return them, and how many are carried by kind."""
    found = bring_codings(study, project, matched, codes=codes, coders=coders)
    documents = {each.source.guid: each.document for each in matched}
    guids = [("user", coders[user.guid], user.guid) for user in project.users]
    guids += [("code", code, guid) for guid, code in codes.items()]
    guids += [("document", document, guid) for guid, document in documents.items()]
    guids += [("variable", variable.name, variable.guid) for variable in project.variables]
    own = [case for case in project.cases if says_metadata(study, project, case) and case.sources[0] in documents]
    guids += [("case", documents[case.sources[0]], case.guid) for case in own]
    study.store.keep_guids(guids)
    names = {guid: study.store.guid(kind, name) for kind, name, guid in guids}
    rows = carried_rows(study, project, documents, found, names=names, file=file)
    study.store.bring_in(found.rows, carried=rows)
    return found, told_kinds(rows)
