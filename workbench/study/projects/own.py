"""What a project of workbench's own says beside texts and codes: consents, and who has finished which transcript.

REFI-QDA has no place for either. Consents are variables, of a case for each participant and of the source for
everybody in it; finished transcripts are a set for each coder. Both are taken out of a project that comes in before
anything else looks at it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from workbench.exchange.refi.model import Case, Project, Set, User, Value, Variable
from workbench.study.consent_state import consents, records_consent

if TYPE_CHECKING:
    from workbench.study.study import Study

PREFIX = "consent: "
SPEAKER = f"{PREFIX}speaker"
ANSWERS = ("analysis", "quotation", "archive")
WITHDRAWN = f"{PREFIX}withdrawn"
VARIABLES = (SPEAKER, *(f"{PREFIX}{name}" for name in ANSWERS), WITHDRAWN)
FINISHED = "workbench: finished by "
UNSAID = "not recorded"
_SAID = {True: "yes", False: "no", None: UNSAID}
_BACK = {"yes": "yes", "no": "no"}
Row = dict[str, str]
"""Column of consent.csv to what it says; blank where nothing is recorded."""


@dataclass(kw_only=True)
class Own:
    """What was taken out of a project that workbench wrote.

    Parameters
    ----------
    consents : dict of str to dict
        GUID of a source to speaker ("" for everybody) to what consent.csv says of them.
    cases : dict of str to (str, str)
        GUID of a case to source and speaker.
    finished : list of (str, str)
        Name of a coder, GUID of a source.
    """

    consents: dict[str, dict[str, Row]] = field(default_factory=dict)
    cases: dict[str, tuple[str, str]] = field(default_factory=dict)
    finished: list[tuple[str, str]] = field(default_factory=list)


def with_consents(study: "Study", project: Project, documents: Mapping[str, str], *, archive: bool) -> Project:
    """Return a project with what each participant allows, as far as the study records it.

    Parameters
    ----------
    study : Study
        With its transcripts taken in.
    project : Project
        What leaves. No gate comes after this: answers, days, and labels that stand in the texts are all it adds.
    documents : Mapping of str to str
        GUID of each source to the study's transcript.
    archive : bool
        Whether it is for an archive, which is told nothing of who withdrew, and knows each case anew.
    """
    turns = study.store.turns()
    if not records_consent(study, turns):
        return project
    guids = study.store.guids("variable", VARIABLES)
    recorded = _recorded(study)
    missing = [name for name in ("quotation", "archive") if name not in turns.columns]
    people = turns.assign(**dict.fromkeys(missing)).drop_duplicates("person").to_dict(orient="records")
    sources, cases = [], list(project.cases)
    for source in project.sources:
        document = documents.get(source.guid)
        rows = recorded.get(document or "", {})
        if "" in rows:
            source = replace(source, values=(*source.values, *_values(guids, rows.pop(""))))
        sources.append(source)
        said: dict[str, Row] = {}
        for turn in people:
            if turn["document"] == document and turn["role"] != "interviewer" and _is_label(turn["speaker"]):
                analysis = rows.get(turn["speaker"].casefold(), rows.get("*", {})).get("analysis", UNSAID)
                row = {name: _SAID.get(turn[name], UNSAID) for name in ("quotation", "archive")}
                said[as_read(str(turn["speaker"]))] = {"analysis": analysis, **row}
        if not archive:
            said |= {label: row for label, row in rows.items() if row.get("withdrawn") or row["analysis"] == "no"}
        names = [f"{document}:{label}" for label in said]
        known = {name: str(uuid4()).upper() for name in names} if archive else study.store.guids("case", names)
        for label, row in said.items():
            values = (Value(guids[SPEAKER], label), *_values(guids, row))
            guid = known[f"{document}:{label}"]
            cases.append(Case(guid=guid, name=f"{source.name}: {label}", sources=(source.guid,), values=values))
    variables = (*project.variables, *(Variable(guid=guids[name], name=name) for name in VARIABLES))
    return replace(project, sources=tuple(sources), cases=tuple(cases), variables=variables)


def as_read(label: str) -> str:
    """Return a label as it is read where it stands in a text: a pseudonym loses its brackets."""
    return label[1:-1] if label.startswith("[") and label.endswith("]") else label


def _is_label(speaker: object) -> bool:
    from workbench.corpus.document import SEVERAL, UNKNOWN

    return str(speaker) not in (SEVERAL, UNKNOWN)


def _recorded(study: "Study") -> dict[str, dict[str, Row]]:
    """Return the rows of consent.csv by document and by the label that the store's text has; "" and "*" for all.

    Whoever withdrew under a name has a number here: the name stands in no text any more.
    """
    from workbench.corpus.labels import is_code, is_usual

    found: dict[str, dict[str, Row]] = {}
    for row in consents(study):
        rows = found.setdefault(row.document, {})
        said = {name: _SAID[getattr(row.consent, name)] for name in ANSWERS}
        said |= {"withdrawn": row.consent.withdrawn} if row.consent.withdrawn else {}
        label = study.register.forms.replaced(row.speaker, row.document, label=True) if row.speaker else ""
        if row.gone and label and not (is_code(label) or is_usual(label)):
            label = f"withdrawn speaker {1 + sum(name.startswith('withdrawn speaker') for name in rows)}"
        rows[label if row.gone else label.casefold()] = said
        if not row.speaker:
            rows["*"] = {"analysis": said["analysis"]}
    return found


def _values(guids: Mapping[str, str], row: Row) -> list[Value]:
    return [Value(guids[f"{PREFIX}{name}"], said) for name, said in row.items() if said]


def with_finished(study: "Study", project: Project, guids: Mapping[str, str]) -> Project:
    """Return a project with a set for each coder: the sources that they have read to the end.

    Parameters
    ----------
    guids : Mapping of str to str
        Transcript to the GUID of its source.
    """
    read = study.store.read_by()
    read = read[read["document"].isin(list(guids))]
    known = study.store.guids("finished", dict.fromkeys(read["coder"]))
    sets = [
        Set(guid=known[str(coder)], name=f"{FINISHED}{coder}", sources=tuple(guids[name] for name in rows["document"]))
        for coder, rows in read.groupby("coder")
    ]
    there = {user.name for user in project.users}
    more = [str(coder) for coder in dict.fromkeys(read["coder"]) if coder not in there]
    users = study.store.guids("user", more)
    new = tuple(User(guid=users[name], name=name) for name in more)
    return replace(project, sets=(*project.sets, *sets), users=(*project.users, *new))


def taken_out(project: Project) -> tuple[Project, Own]:
    """Return a project without what workbench itself put into it, and that."""
    own, names = Own(), {one.guid: one.name for one in project.variables if one.name in VARIABLES}
    cases = []
    for case in project.cases:
        said = {names[guid]: value for guid, value in case.values if guid in names}
        if SPEAKER not in said or len(case.sources) != 1:
            cases.append(case)
            continue
        own.cases[case.guid] = (case.sources[0], said[SPEAKER])
        own.consents.setdefault(case.sources[0], {})[said[SPEAKER]] = _row(said)
    sources = []
    for source in project.sources:
        if said := {names[guid]: value for guid, value in source.values if guid in names}:
            own.consents.setdefault(source.guid, {})[""] = _row(said)
            source = replace(source, values=tuple(value for value in source.values if value.variable not in names))
        sources.append(source)
    marks = [one for one in project.sets if one.name.startswith(FINISHED)]
    own.finished = [(one.name.removeprefix(FINISHED), guid) for one in marks for guid in one.sources]
    return replace(
        project,
        cases=tuple(cases),
        sources=tuple(sources),
        variables=tuple(one for one in project.variables if one.guid not in names),
        sets=tuple(one for one in project.sets if one not in marks),
    ), own


def _row(said: Mapping[str, str]) -> Row:
    row = {name: _BACK.get(said.get(f"{PREFIX}{name}", "").strip().casefold(), "") for name in ANSWERS}
    return row | {"withdrawn": said.get(WITHDRAWN, "").strip()}
