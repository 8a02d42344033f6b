"""What became of a project that was taken in, as numbers and as what a person should know."""

from collections.abc import Mapping, Sequence

from workbench.errors import Problem, Problems
from workbench.exchange.refi.model import Project
from workbench.language.counted import counted
from workbench.study.projects.carried import out_of
from workbench.study.projects.coders import NOBODY
from workbench.study.projects.codes import MatchedCodes
from workbench.study.projects.own import Own
from workbench.study.projects.passages import Brought
from workbench.study.projects.report import TakenProject
from workbench.study.projects.texts import Matched, renamed


def taken(
    project: Project,
    codes: MatchedCodes,
    found: Brought,
    *,
    own: Own,
    coders: Mapping[str | None, str],
    matched: Sequence[Matched],
    described: tuple[str, ...],
    carried: dict[str, int],
    finished: int,
    told: Sequence[Problem],
    problems: Problems,
) -> TakenProject:
    """Return what became of a project, in numbers, and all that a person should know."""
    return TakenProject(
        name=project.name,
        origin=project.origin,
        coders=tuple(dict.fromkeys([*(coders[user.guid] for user in project.users), *(who for who, _ in found.coded)])),
        texts=tuple(each.document for each in matched),
        texts_new=tuple(each.document for each in matched if each.new),
        sources=len(project.sources),
        codes=len(project.codes),
        codes_new=tuple(code.id for code in codes.new),
        codings=found.read,
        codings_new=len(found.rows),
        codings_known=found.known,
        carried=carried,
        described=described,
        unrecorded=tuple(each.document for each in matched if each.new and each.source.guid not in own.consents),
        finished=finished,
        told=(
            *(each for each in project.problems if not each.remedy),
            *told,
            *renamed(matched),
            *_of_nobody(found),
            *_retired(codes),
        ),
        doubtful=(*(each for each in project.problems if each.remedy), *codes.told, *problems.found),
    )


def _retired(codes: MatchedCodes) -> list[Problem]:
    return [
        Problem(place=f"code {name}", what=f"retired since {day}, as in the file")
        for name, day in codes.retired.items()
    ]


def _of_nobody(found: Brought) -> list[Problem]:
    """Tell how many codings the file ascribes to nobody."""
    number = sum(row["coder"] == NOBODY for row in found.rows)
    return [Problem(place=counted(number, "coding"), what=f"the file does not say whose: {NOBODY!r}")] if number else []


def left_with(project: Project, matched: Sequence[Matched]) -> list[Problem]:
    """Tell how much about texts that stay out is not kept either."""
    away = out_of(project, {each.source.guid: each.document for each in matched})
    notes = [note for note in project.notes if note.about & away]
    cases = [case for case in project.cases if {*case.sources, *case.selections} & away]
    lost = " and ".join(counted(len(each), name) for each, name in ((notes, "note"), (cases, "case")) if each)
    return [Problem(place=project.name, what=f"{lost} about documents that stay out are not kept")] if lost else []
