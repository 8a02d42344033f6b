"""The codes that can be given, with what they mean and the colour of their stripe."""

from collections.abc import Iterator
from typing import Any

from workbench.errors import InputError, Problem, did_you_mean
from workbench.study import Study

GREY = "#767676"
MEANING = ("include", "exclude", "example", "near_miss")


def codes_to_give(study: Study) -> list[dict[str, Any]]:
    """Return every code, link and component: id, name, kind, definition, include, …, colour, and whether it is offered.

    Codes that were retired, in the codebook or by an act, are not offered: codings made with them still need a name
    and a colour. So do those that were renamed or merged, whose codings carry another code now.
    """
    changes = study.store.code_changes().query("kind != 'move'")
    closed = {row["code"] for _, row in changes.iterrows() if row["code"] not in row["to"]}
    return [
        {**code, "colour": _colour(study, code["id"]), "offered": code["offered"] and code["id"] not in closed}
        for code in (*_codes(study), *_links(study), *_components(study), *_named_by_acts(study))
    ]


def _colour(study: Study, code: str) -> str:
    return study.codebook.colour(code) if study.codebook.known(code) else GREY


def _codes(study: Study) -> Iterator[dict[str, Any]]:
    for code in study.codebook.codes.values():
        said = {name: getattr(code, name) for name in MEANING}
        kind = f"{code.kind} code" + (f", under {code.parent}" if code.parent else "")
        yield {
            "id": code.id,
            "name": code.name,
            "kind": kind,
            "definition": code.definition,
            **said,
            "offered": code.retired is None,
        }


def _links(study: Study) -> Iterator[dict[str, Any]]:
    for link, name in study.codebook.link_codes.items():
        claim = study.theory.links[link]
        said = {"definition": claim.mechanism, "include": claim.expects, "exclude": "", "example": "", "near_miss": ""}
        against = f"Against it: {claim.breaks}" if claim.breaks else ""
        yield {"id": link, "name": name, "kind": "link of the theory", **said, "exclude": against, "offered": True}


def _components(study: Study) -> Iterator[dict[str, Any]]:
    known = set(study.codebook.codes)
    for scheme, manual in study.manuals.items():
        for component in manual.components.values():
            if component.id in known:
                continue
            said = dict.fromkeys(MEANING, "")
            kind = f"component of the manual of {study.settings.schemes.get(scheme, scheme)}"
            yield {
                "id": component.id,
                "name": component.name,
                "kind": kind,
                "definition": component.prescribed,
                **said,
                "offered": True,
            }


def _named_by_acts(study: Study) -> Iterator[dict[str, Any]]:
    """Codes that a renaming, merging or splitting made, and that the codebook does not have yet."""
    made = {
        new
        for _, row in study.store.code_changes().query("kind in ('rename', 'merge', 'split')").iterrows()
        for new in row["to"]
    }
    for code in sorted(made):
        if not study.codebook.known(code):
            said = dict.fromkeys(MEANING, "")
            yield {
                "id": code,
                "name": code,
                "kind": "not in the codebook yet",
                "definition": "",
                **said,
                "offered": True,
            }


def check_code(codes: list[dict[str, Any]], code: str) -> str:
    """Return the code if it can be given.

    Raises
    ------
    InputError
        If it is not known, or not given any more.
    """
    found = next((each for each in codes if each["id"] == code), None)
    if found is None:
        remedy = did_you_mean(code, [each["id"] for each in codes if each["offered"]]) or "Add it to the codebook"
        raise InputError(Problem(place="codebook", what=f"there is no code {code!r}", remedy=remedy))
    if not found["offered"]:
        raise InputError(
            Problem(
                place=f"code {code}", what="it is not given any more", remedy="Find the code that took its place with c"
            )
        )
    return code
