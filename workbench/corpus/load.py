"""A folder of transcripts becomes a corpus."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from workbench.corpus.astray import written_otherwise
from workbench.corpus.attributes import METADATA, check_all_present, read_metadata, speaker_roles
from workbench.corpus.consent import CONSENT, Row, apply_consent, read_consent, withdrawn_whole
from workbench.corpus.corpus import Corpus
from workbench.corpus.document import SEVERAL, UNKNOWN, Document, Withdrawal
from workbench.corpus.doubts import find_doubts
from workbench.corpus.labels import asks
from workbench.corpus.segmentation import segment
from workbench.errors import InputError, Problem, Problems, did_you_mean
from workbench.provenance import hash_file
from workbench.sources import ENDINGS, read_transcript

Progress = Callable[[int, int], None]
"""Called with how many are done, and of how many."""


def read_corpus(folder: Path | str, *, progress: Progress | None = None) -> Corpus:
    """Read every transcript of a folder and of the folders in it.

    A file that cannot be read is among `Corpus.problems`; the rest is there.

    Parameters
    ----------
    folder : Path or str
        Holds transcripts and, if wanted, `metadata.csv` and `consent.csv`.
    progress : callable, optional
        Called after each file.

    Returns
    -------
    Corpus
        Documents, turns and speakers with their roles; nothing of who withdrew.

    Raises
    ------
    InputError
        If there is no such folder or nothing readable in it, and for every mistake in the metadata or in the
        record of consent; each with all other problems of the folder.

    See Also
    --------
    workbench.corpus.Corpus : what can be asked of it.
    """
    mistakes = Problems()
    corpus = read_despite_mistakes(folder, mistakes, progress=progress)
    if mistakes.found:
        raise InputError([*mistakes.found, *corpus.problems])
    if not len(corpus):
        what = "every transcript in it is withdrawn" if corpus.withdrawn else "holds no transcript that can be read"
        raise InputError([*corpus.problems, Problem(place=str(folder), what=what, remedy="Put at least one there")])
    return corpus


def read_despite_mistakes(folder: Path | str, mistakes: Problems, *, progress: Progress | None = None) -> Corpus:
    """Read a folder as `read_corpus` does, and go on after mistakes in its tables: to look at it, not to work on it.

    Parameters
    ----------
    folder : Path or str
        As there.
    mistakes : Problems
        Receives every mistake in the metadata and in the record of consent. Values that are none stand as written,
        answers that are none as blank, and a table that cannot be read counts as not there.
    progress : callable, optional
        As there.

    Returns
    -------
    Corpus
        Without documents where nothing could be read.

    Raises
    ------
    InputError
        If there is no such folder.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(Problem(place=str(folder), what="there is no such folder of transcripts"))
    metadata, consent = read_metadata(folder, mistakes), read_consent(folder, mistakes)
    paths = transcript_paths(folder)
    gone = withdrawn_whole(consent)
    stems = {_stem(path) for path in paths}
    documents, problems = _read(folder, [path for path in paths if _stem(path) not in gone], metadata, progress)
    check_all_present(metadata, stems | set(gone), mistakes)
    documents, withdrawn = _apply(documents, consent, stems, mistakes) if consent else (documents, [])
    return Corpus(_with_doubts_on_copies(documents), problems=problems, withdrawn=[*gone.values(), *withdrawn])


def transcript_paths(folder: Path) -> list[Path]:
    """Return the files of a folder and of those in it, without what operating systems and Word leave behind."""
    found = (path for path in folder.rglob("*") if path.is_file() and not _is_beside(path.relative_to(folder)))
    return sorted(found, key=lambda path: (_stem(path), path))


def _is_beside(path: Path) -> bool:
    """Tell the tables beside the transcripts, and hidden and temporary files, from transcripts."""
    hidden = any(part.startswith((".", "~", "__MACOSX")) for part in path.parts)
    return hidden or str(path) in (METADATA, CONSENT) or path.name in ("Thumbs.db", "desktop.ini", "Icon\r")


def _stem(path: Path) -> str:
    return unicodedata.normalize("NFC", path.stem)


def _read(
    folder: Path, paths: Sequence[Path], metadata: Mapping[str, dict[str, str]], progress: Progress | None
) -> tuple[list[Document], list[Problem | str]]:
    """Read what can be read; of files with one name none, for nobody can tell which is meant."""
    same = defaultdict(list)
    for path in paths:
        if path.suffix.lower() in ENDINGS:
            same[_stem(path)].append(path.relative_to(folder).as_posix())
    documents: list[Document] = []
    problems: list[Problem | str] = []
    for done, path in enumerate(paths, 1):
        source = path.relative_to(folder).as_posix()
        others = [other for other in same[_stem(path)] if other != source and source in same[_stem(path)]]
        if others:
            what = f"another transcript is called {_stem(path)!r} too: {', '.join(others)}; none of them was read"
            problems.append(Problem(place=source, what=what, remedy="Rename one of them, or move it elsewhere"))
        else:
            documents += _try(path, source, metadata, problems)
        if progress:
            progress(done, len(paths))
    return documents, problems


def _try(
    path: Path, source: str, metadata: Mapping[str, dict[str, str]], problems: list[Problem | str]
) -> list[Document]:
    try:
        document = replace(read_document(path, metadata.get(_stem(path), {})), source=source)
    except InputError as error:
        problems += [_in_folder(problem, path.name, source) for problem in error.problems]
        return []
    if metadata and not document.attributes:
        return [replace(document, doubts=[*document.doubts, f"is not described in {METADATA}. Add a row for it"])]
    return [document]


def _in_folder(problem: Problem | str, name: str, source: str) -> Problem | str:
    """Name the folder too in which a file lies."""
    if isinstance(problem, str) or not problem.place.startswith(name):
        return problem
    return replace(problem, place=source + problem.place.removeprefix(name))


def _with_doubts_on_copies(documents: Iterable[Document]) -> list[Document]:
    """Doubt a transcript in which the same is said as in one before it: a person counted twice weighs double."""
    first: dict[str, str] = {}
    told = []
    for document in documents:
        talk = " ".join(word for turn in document.turns for word in document.text[turn.start : turn.end].split())
        other = first.setdefault(talk, document.source)
        same = [f"holds the same words as {other}. Keep one of them"] if other != document.source else []
        told.append(replace(document, doubts=[*document.doubts, *same]) if same else document)
    return told


def _apply(
    documents: Iterable[Document], rows: Sequence[Row], stems: set[str], mistakes: Problems
) -> tuple[list[Document], list[Withdrawal]]:
    """Apply the record of consent to what was read."""
    withdrawn: list[Withdrawal] = []
    kept: list[Document] = []
    for document in documents:
        found, gone = apply_consent(document, [row for row in rows if row.document == document.id], mistakes)
        kept += [found] if found is not None else []
        withdrawn += gone
    for row in rows:
        if row.document in stems:
            continue
        meant = written_otherwise(row.document, stems)
        if not meant and (row.consent.withdrawn or (row.gone and not row.speaker)):
            # A file that was deleted after withdrawal; those of the whole transcript are known already.
            withdrawn += [row.withdrawal(row.speaker)] if row.speaker else []
            continue
        remedy = f"Did you mean {meant!r}?" if meant else did_you_mean(row.document, stems)
        remedy = remedy or "Add the file or remove the row"
        what = f"there is no transcript {row.document!r}{', so nobody was taken out' if row.gone else ''}"
        mistakes.add(f"{row.place}, column document", what, remedy=remedy)
    return kept, withdrawn


def read_document(path: Path, attributes: dict[str, str]) -> Document:
    """Read one transcript.

    Raises
    ------
    InputError
        If it cannot be read, or nobody says anything in it.
    """
    reading = read_transcript(path)
    declared = speaker_roles(attributes)
    found = segment(reading, declared)
    if not found.turns:
        what = "nobody says anything in it"
        raise InputError(Problem(place=path.name, what=what, remedy="Check that it is a transcript"))
    folded = {name.casefold(): role for name, role in declared.items()}
    speakers = dict.fromkeys(turn.speaker for turn in found.turns)
    roles = {speaker: _role(speaker, declared, folded, attributes) for speaker in speakers}
    return Document(
        id=_stem(path),
        text=found.text,
        turns=found.turns,
        source=path.name,
        sha256=hash_file(path),
        attributes=attributes,
        roles=roles,
        doubts=find_doubts(reading, found, attributes, roles),
        reasons=found.reasons,
    )


def _role(speaker: str, declared: Mapping[str, str], folded: Mapping[str, str], attributes: Mapping[str, str]) -> str:
    """Give the declared role; else the usual one of the label; else, in an interview, the document's."""
    if speaker in (UNKNOWN, SEVERAL):
        return "unknown"
    if speaker in declared:
        return declared[speaker]
    if speaker.casefold() in folded:
        return folded[speaker.casefold()]
    if asks(speaker):
        return "interviewer"
    return attributes.get("role", "") or "unknown"
