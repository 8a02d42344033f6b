"""A folder of transcripts becomes a corpus."""

from collections.abc import Callable, Sequence
from pathlib import Path

from workbench.corpus.attributes import METADATA, check_all_present, read_metadata, speaker_roles
from workbench.corpus.corpus import Corpus
from workbench.corpus.document import UNKNOWN, Document
from workbench.corpus.labels import asks
from workbench.corpus.segmentation import segment
from workbench.errors import InputError, Problem
from workbench.provenance import hash_file
from workbench.sources import read_transcript

Progress = Callable[[int, int], None]
"""Called with how many are done, and of how many."""


def read_corpus(folder: Path | str, *, progress: Progress | None = None) -> Corpus:
    """Read every transcript of a folder.

    Parameters
    ----------
    folder : Path or str
        Holds `.docx, .md, .srt, .txt, .vtt` files and, if wanted, `metadata.csv`.
    progress : callable, optional
        Called after each file.

    Returns
    -------
    Corpus
        Documents, turns and speakers with their roles.

    Raises
    ------
    InputError
        With every file that cannot be read, and every mistake in the metadata.

    See Also
    --------
    workbench.corpus.Corpus : what can be asked of it.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(Problem(place=str(folder), what="there is no such folder of transcripts"))
    paths = sorted(path for path in folder.iterdir() if path.is_file() and not _is_beside(path))
    metadata = read_metadata(folder)
    documents: list[Document] = []
    problems: list[Problem | str] = _same_names(paths)
    for done, path in enumerate(paths, 1):
        try:
            documents.append(read_document(path, metadata.get(path.stem, {})))
        except InputError as error:
            problems += error.problems
        if progress:
            progress(done, len(paths))
    if not paths:
        problems.append(Problem(place=str(folder), what="holds no transcript", remedy="Put at least one there"))
    if problems:
        raise InputError(problems)
    check_all_present(metadata, [document.id for document in documents])
    return Corpus(documents)


def _is_beside(path: Path) -> bool:
    """Tell the metadata and what operating systems and Word leave behind from transcripts."""
    return path.name in (METADATA, "Thumbs.db", "desktop.ini") or path.name.startswith((".", "~"))


def _same_names(paths: Sequence[Path]) -> list[Problem | str]:
    stems = [path.stem for path in paths]
    return [
        Problem(place=path.name, what=f"another transcript is called {path.stem!r} too", remedy="Rename one of them")
        for path in paths
        if stems.count(path.stem) > 1
    ]


def read_document(path: Path, attributes: dict[str, str]) -> Document:
    """Read one transcript.

    Raises
    ------
    InputError
        If it cannot be read, or nobody says anything in it.
    """
    reading = read_transcript(path)
    declared = speaker_roles(attributes)
    text, turns, doubts = segment(reading, declared)
    if not turns:
        raise InputError(
            Problem(place=path.name, what="nobody says anything in it", remedy="Check that it is a transcript")
        )
    speakers = list(dict.fromkeys(turn.speaker for turn in turns))
    roles = {speaker: _role(speaker, declared, attributes) for speaker in speakers}
    doubts += [
        f"the metadata declare the speaker {name!r}, who says nothing" for name in declared if name not in speakers
    ]
    doubts += [
        f"speaker {name!r} has no role; declare it in {METADATA}, column speakers"
        for name, role in roles.items()
        if role == "unknown" and name not in (UNKNOWN, *declared)
    ]
    return Document(
        id=path.stem,
        text=text,
        turns=turns,
        source=path.name,
        sha256=hash_file(path),
        attributes=attributes,
        roles=roles,
        doubts=doubts,
    )


def _role(speaker: str, declared: dict[str, str], attributes: dict[str, str]) -> str:
    """Give the declared role; else the usual one of the label; else, in an interview, the document's."""
    if speaker in declared:
        return declared[speaker]
    if speaker == UNKNOWN or speaker.lower().startswith("unidentified"):
        return "unknown"
    if asks(speaker):
        return "interviewer"
    return attributes.get("role", "") or "unknown"
