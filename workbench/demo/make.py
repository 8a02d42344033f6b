"""Fill a new study with the fictional data that come with the package."""

import shutil
from collections.abc import Callable
from pathlib import Path

from workbench.definitions import read_map
from workbench.demo.evidence import decide, seal
from workbench.demo.records import write
from workbench.errors import InputError, Problem
from workbench.study import Study, import_codings, new_study, open_study
from workbench.study.review import note_review
from workbench.study.searched import note_searched

AS_OF = "2023-03-31"
"""Cut-off of the fictional records."""
READER = "rowan (fictional)"
"""Who read the transcripts for names."""
KEYS = "../demo-keys"
MARK = "FICTIONAL.txt"
_NOTICE = (
    "Everything in this study is fictional: transcripts, people, codings and records were made up for demonstration.\n"
    "The schemes exist; nothing here says anything about them.\n"
)
HERE = Path(__file__).parent
"""Where the fictional transcripts and codings lie."""


def make_demo(
    folder: Path | str,
    *,
    suspects: int = 40_000,
    begin: Callable[[str], Callable[[int, int], None]] | None = None,
) -> Path:
    """Make a study and fill it with fictional data.

    Parameters
    ----------
    folder : Path or str
        Made anew; a demonstration that is there already is replaced, anything else is left alone.
    suspects : int
        People in the fictional records.
    begin : callable, optional
        Called with each step's name; returns what is called with its progress.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        If the folder holds something other than an earlier demonstration.
    """
    folder = Path(folder)
    _clear(folder)
    _step(begin, "make the study")
    new_study(
        folder,
        title="Process evaluation of police-led drug diversion (fictional demonstration)",
        fictional=True,
        as_of=AS_OF,
        keys=KEYS,
    )
    (folder / MARK).write_text(_NOTICE, encoding="utf-8")
    for path in sorted((HERE / "transcripts").iterdir()):
        shutil.copy(path, folder / "transcripts" / path.name)
    progress = _step(begin, "write the fictional records")
    write(folder / "records", suspects=suspects, progress=progress)
    _step(begin, "import the fictional codings")
    study = open_study(folder)
    _decide_names(study)
    note_searched(study, "a fictional reader")
    note_review(study, list(study.corpus.documents["document"]), by=READER)
    seal(study, HERE)
    for path in sorted((HERE / "codings").glob("*.csv")):
        import_codings(study, path, finished=True)
    decide(study, HERE)
    study.store.close()
    return folder


def _decide_names(study: Study) -> None:
    """Enter what a fictional reader decided about each name in the fictional transcripts."""
    register = study.register
    for row in read_map(HERE / "names.csv", ["form", "kind", "decision"]):
        if row["decision"] == "accepted":
            register.add(
                row["form"],
                row["kind"],
                by=READER,
                pseudonym=row["pseudonym"],
                document=row["document"],
            )
        else:
            register.propose(row["form"], row["kind"], why="fictional")
            register.reject([row["form"]], by=READER)
    register.save()


def _clear(folder: Path) -> None:
    if not folder.exists():
        return
    if any(folder.iterdir()) and not (folder / MARK).is_file():
        what = "is there already and is no demonstration"
        raise InputError(Problem(place=str(folder), what=what, remedy="Choose another folder; nothing was changed"))
    shutil.rmtree(folder)
    (folder / KEYS / "names.csv").resolve().unlink(missing_ok=True)


def _step(begin: Callable[[str], Callable[[int, int], None]] | None, name: str) -> Callable[[int, int], None]:
    return begin(name) if begin else _silent


def _silent(_done: int, _total: int) -> None:
    """Show nothing."""
