"""What other programs gave is given back, as far as it is about what leaves."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.coding.anchor import anchor
from workbench.coding.exchanged import masked
from workbench.errors import Problem
from workbench.exchange.refi.model import (
    WHOLE_PROJECT,
    Case,
    Link,
    Note,
    Project,
    RefiCoding,
    Selection,
    Set,
    Source,
    User,
    Value,
    Variable,
)
from workbench.language.counted import counted
from workbench.provenance import hash_text
from workbench.study.projects.carried import CALLED

if TYPE_CHECKING:
    from workbench.study.study import Study


def give_back(study: "Study", project: Project, documents: Mapping[str, str]) -> tuple[Project, list[Problem]]:
    """Return the project with what the store carries for other programs, and how much of that stays behind.

    Parameters
    ----------
    study : Study
        Names that its register replaces are replaced here too, also those that it learned of later.
    project : Project
        What leaves of the study itself.
    documents : Mapping of str to str
        GUID of each source to the study's transcript.
    """
    held: dict[str, list[dict[str, Any]]] = {}
    cut = Counter[str]()
    users = set(study.store.names_of("user"))
    for row in study.store.carried().to_dict(orient="records"):
        about = row["content"]["documents"]
        if all(document in documents.values() for document in about):
            data = _of_known(masked(row["content"]["data"], study.register.replaced, about), users)
            held.setdefault(str(row["kind"]), []).append(data)
        elif row["kind"] != "source":  # a transcript that stays behind is told itself
            cut[str(row["kind"])] += 1
    passages = held.get("selection", [])
    held["selection"] = _moved(study, passages)
    gone = len(passages) - len(held["selection"])
    project = _with_sources(project, held, documents)
    project = _with_variables(project, held.get("variable", []))
    known = {source.guid for source in project.sources} | {code.guid for code in project.codes}
    known |= {one.guid for source in project.sources for one in source.selections}
    known |= {one.guid for source in project.sources for each in source.selections for one in each.codings}
    known |= {one.guid for source in project.sources for one in source.codings}
    known |= {data["guid"] for kind in ("note", "link", "set", "case") for data in held.get(kind, [])}
    known |= {note.guid for note in project.notes}
    project = _with_groups(project, held, known, cut)
    said = {data["description"] for data in held.get("project", [])}
    project = replace(project, users=_users(study, project), description="\n\n".join(sorted(said)))
    return project, _left_behind(cut, gone)


def _left_behind(cut: Mapping[str, int], gone: int) -> list[Problem]:
    """Tell how much of other programs stays behind, by kind, and how many passages without a code are gone."""
    kinds = {kind: counted(number, CALLED.get(kind, kind)) for kind, number in cut.items() if number}
    what = "what it is about stays behind, in whole or in part, and so it does too, or what it says of that"
    told = [Problem(place=kinds[kind], what=what) for kind in sorted(kinds)]
    what = "without a code of its own: a correction took its words, so it stays behind"
    return [*told, *([Problem(place=counted(gone, "passage"), what=what)] if gone else [])]


def _moved(study: "Study", held: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return passages without a code where they are now; one whose words are gone stays behind."""
    found = []
    for data in held:
        now = study.store.text(data["document"])
        if data["revision"] != hash_text(now):
            former = study.store.revisions(data["document"]).set_index("sha256")["revision"].to_dict()
            number = former.get(data["revision"])
            before = study.store.text(data["document"], int(number)) if number else ""
            place = anchor(before, now, [(data["start"], data["end"])])[0] if before else None
            if place is None or place.why:
                continue
            data = data | {"start": place.start, "end": place.end}
        found.append(data)
    return found


def _of_known(data: dict[str, Any], users: set[str]) -> dict[str, Any]:
    """Return the same without users that nobody knows any more."""
    codings = [one | {"user": one["user"] if one["user"] in users else None} for one in data.get("codings", ())]
    user = {"user": data["user"] if data["user"] in users else None} if "user" in data else {}
    return data | user | ({"codings": codings} if "codings" in data else {})


def _with_sources(project: Project, held: Mapping[str, list[dict[str, Any]]], documents: Mapping[str, str]) -> Project:
    """Give sources their comments, variables and codes of the whole back, and passages that carry no code."""
    codes = {code.guid for code in project.codes}
    by_guid = {data["guid"]: data for data in held.get("source", [])}
    sources = []
    for source in project.sources:
        data = by_guid.pop(source.guid, None)
        uncoded = [
            Selection(**{**one, "codings": ()})
            for given in held.get("selection", [])
            if given["document"] == documents[source.guid]
            for one in [{name: value for name, value in given.items() if name not in ("document", "revision")}]
        ]
        named = {one.guid: one for one in uncoded}
        kept = [replace(one, name=named.pop(one.guid).name) if one.guid in named else one for one in source.selections]
        source = replace(source, selections=(*kept, *named.values()))
        if data is not None:
            source = replace(source, **_source_parts(data, codes))
        sources.append(source)
    others = [
        Source(guid=data["guid"], name=data["name"], kind=data["kind"], user=data["user"], at=data["at"],
               **_source_parts(data, codes))
        for data in by_guid.values() if data["kind"] != "text"
    ]  # fmt: skip
    return replace(project, sources=(*sources, *others))


def _source_parts(data: dict[str, Any], codes: set[str]) -> dict[str, Any]:
    return {
        "description": data["description"],
        "values": tuple(Value(*value) for value in data["values"]),
        "codings": tuple(RefiCoding(**one) for one in data["codings"] if one["code"] in codes),
    }


def _with_variables(project: Project, held: list[dict[str, Any]]) -> Project:
    """Add variables; one of the study's own name is the same, and keeps the GUID that another program gave it."""
    carried = {data["name"].casefold(): data["guid"] for data in held}
    same = {one.guid: carried[one.name] for one in project.variables if one.name in carried}
    cases = [
        replace(case, values=tuple(Value(same.get(guid, guid), said) for guid, said in case.values))
        for case in project.cases
    ]
    own = [one for one in project.variables if one.guid not in same]
    return replace(project, variables=(*own, *(Variable(**data) for data in held)), cases=tuple(cases))


def _with_groups(
    project: Project, held: Mapping[str, list[dict[str, Any]]], known: set[str], cut: Counter[str]
) -> Project:
    """Add cases, sets, links and notes, each with those of its members that leave; count in `cut` what loses any."""

    def within(guids: list[str]) -> tuple[str, ...]:
        return tuple(guid for guid in guids if guid in known)

    variables = {one.guid for one in project.variables}
    cases = [
        Case(**{**data, **{part: within(data[part]) for part in ("sources", "codes", "selections")},
                "values": tuple(Value(*value) for value in data["values"] if value[0] in variables)})
        for data in held.get("case", [])
    ]  # fmt: skip
    sets = [
        Set(**{**data, **{part: within(data[part]) for part in ("codes", "sources", "notes")}})
        for data in held.get("set", [])
    ]
    links = [Link(**data) for data in held.get("link", []) if {data["origin"], data["target"]} - {None} <= known]
    joined = known - {data["guid"] for data in held.get("link", [])} | {link.guid for link in links}
    notes = []
    for data in held.get("note", []):
        about = frozenset(guid for guid in data["about"] if guid in joined or guid == WHOLE_PROJECT)
        if about or not data["about"]:
            notes.append(Note(**{**data, "about": about}))
        cut["note"] += len(about) < len(data["about"])
    cut["link"] += len(held.get("link", [])) - len(links)
    for kind, parts in {"case": ("sources", "codes", "selections"), "set": ("codes", "sources", "notes")}.items():
        cut[kind] += sum(any(guid not in known for part in parts for guid in data[part]) for data in held.get(kind, []))
    return replace(
        project, cases=(*project.cases, *cases), sets=tuple(sets), links=tuple(links), notes=(*project.notes, *notes)
    )


def _users(study: "Study", project: Project) -> tuple[User, ...]:
    """Return the users whom anything in the project names."""
    named = {note.user for note in project.notes} | {source.user for source in project.sources}
    for source in project.sources:
        named |= {one.user for one in source.codings} | {one.user for one in source.selections}
        named |= {one.user for each in source.selections for one in each.codings}
    known = study.store.names_of("user")
    there = {user.guid for user in project.users}
    more = sorted(guid for guid in named if guid and guid not in there and guid in known)
    return (*project.users, *(User(guid=guid, name=known[guid]) for guid in more))
