"""What of a whole project may leave: transcripts, notes and names go through the same gate as quotes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from workbench.disclosure import Release, Rules, identifiers
from workbench.errors import Problem, Refused
from workbench.exchange.refi.description import parts_of
from workbench.exchange.refi.model import Project, Source


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """Which transcripts may leave whole.

    Parameters
    ----------
    documents : tuple of str
        Those that may.
    withheld : dict of str to str
        The others, with the reason.
    """

    documents: tuple[str, ...]
    withheld: dict[str, str]


def texts_that_may_leave(texts: Mapping[str, str], withheld: Mapping[str, str]) -> Leaving:
    """Decide which transcripts may leave whole.

    Parameters
    ----------
    texts : Mapping of str to str
        Document to its text.
    withheld : Mapping of str to str
        Documents that may not leave whatever their words are, with the reason: no consent, nobody reviewed them.

    Returns
    -------
    Leaving
        A text that holds a raw identifier (e-mail, phone, date of birth, …) stays; its line and kind are told, never
        its words.
    """
    gate, reasons = Release(Rules()), dict(withheld)
    for document in texts:
        if document not in reasons:
            entry = gate.file(document, texts[document])
            if entry.decision != "pass":
                more = f" and {len(entry.reasons) - 5} more" if len(entry.reasons) > 5 else ""
                reasons[document] = f"holds raw identifiers: {'; '.join(entry.reasons[:5])}{more}"
    return Leaving(documents=tuple(name for name in texts if name not in reasons), withheld=reasons)


def without_identifiers(project: Project) -> tuple[Project, list[Problem]]:
    """Return a project without the notes and comments that hold a raw identifier, and which they were.

    Raises
    ------
    Refused
        If a name, or the description of a code, holds one: these are for a person to correct first.
    """
    problems = [
        Problem(
            place=place,
            what=f"reads like a raw identifier ({', '.join(kinds)}), so nothing was written",
            remedy=remedy,
        )
        for place, said, remedy in _names(project)
        if (kinds := sorted({kind for each in said for kind in _kinds(each)}))
    ]
    if problems:
        raise Refused("\n".join(str(problem) for problem in problems))
    told: list[Problem] = []
    notes = [note for note in project.notes if not _held_back("note", note.guid, [note.name, note.text], told)]
    called = {source.name for source in project.sources}  # a file may be called wm-ps-01, and is so in its own entry
    cases = [
        case
        for case in project.cases
        if not _held_back(
            "case", case.guid, _strings({**asdict(case), **dict.fromkeys(["name"] * (case.name in called), "")}), told
        )
    ]
    links = [link for link in project.links if not _held_back("link", link.guid, [link.name], told)]
    sets = [one for one in project.sets if not _held_back("set", one.guid, [one.name, one.description], told)]
    sources = [_without_comments(source, told) for source in project.sources]
    held = {note.guid for note in notes}
    sets = [replace(one, notes=tuple(guid for guid in one.notes if guid in held)) for one in sets]
    description = "" if _held_back("project", project.name, [project.description], told) else project.description
    return replace(
        project, notes=tuple(notes), cases=tuple(cases), links=tuple(links), sets=tuple(sets),
        sources=tuple(sources), description=description,
    ), told  # fmt: skip


def _without_comments(source: Source, told: list[Problem]) -> Source:
    """Return a text without the comments on it, and on its passages, that hold a raw identifier."""
    if _held_back("comment on", source.name, [source.description, *_strings(source.values)], told):
        source = replace(source, description="", values=())
    selections = [
        replace(one, name="", description="")
        if _held_back("comment on passage", one.guid, [one.name, one.description], told)
        else one
        for one in source.selections
    ]
    return replace(source, selections=tuple(selections))


def _names(project: Project) -> Iterator[tuple[str, list[str], str]]:
    """Give every place that names something, what it says in its parts, and where to correct it."""
    yield "title of the study", [project.name], "Correct it in study.yaml"
    for user in project.users:
        remedy = "Let that coder code again under a name that is no address and no number, and take these codings back"
        yield "name of a coder", [user.name], remedy
    for code in project.codes:
        # An id alone is no reference number, as “Id: theme-100” would be.
        parts = parts_of(code.description)
        name = parts.get("id", code.guid)
        place = f"code {code.guid if _kinds(name) else name}"
        yield place, [code.name, *parts.values()], "Correct it in the codebook"
    for variable in project.variables:
        yield "name of a variable", [variable.name, variable.description], "Correct it in the other program"


def _held_back(kind: str, place: str, said: Iterable[str], told: list[Problem]) -> bool:
    kinds = _kinds("\n".join(said))
    if kinds:
        what = f"it reads like a raw identifier ({', '.join(kinds)}), so it stays behind"
        told.append(Problem(place=f"{kind} {place}", what=what))
    return bool(kinds)


def _kinds(said: str) -> list[str]:
    return sorted({kind for kind, _, _ in identifiers(said)}) if said else []


def _strings(value: object) -> list[str]:
    """Return the words in a thing of a project, without its GUIDs and dates."""
    if isinstance(value, dict):
        return [
            text for key, part in value.items() if key in ("name", "description", "values") for text in _strings(part)
        ]
    if isinstance(value, list | tuple):
        if len(value) == 2 and all(isinstance(part, str) for part in value):
            return [value[1]]  # a variable's GUID and its value
        return [text for part in value for text in _strings(part)]
    return [value] if isinstance(value, str) else []
