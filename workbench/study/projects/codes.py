"""Codes of another program become codes of the study's codebook: found there, or new."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from workbench.codebook.model import Code
from workbench.coding.coding import arrow
from workbench.errors import Problem
from workbench.exchange.refi.description import parts_of

if TYPE_CHECKING:
    from workbench.exchange.refi.model import Project, RefiCode
    from workbench.study.study import Study

UNDEFINED = "Came without a definition."
"""Stands as definition of a code of which another program says none; a codebook must say something."""
BOUNDARIES = ("include", "exclude", "example", "near_miss")
ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*\Z")


@dataclass(kw_only=True)
class MatchedCodes:
    """Which code of a project is which code here.

    Parameters
    ----------
    ids : dict of str to str
        GUID to code, for every code of the project.
    new : list of Code
        To be added to the codebook, parents first.
    told : list of Problem
        What a person should know: codes that got another id, or whose name stands elsewhere too.
    retired : dict of str to str
        Codes of the codebook that the file retired and nobody has used here, and the day.
    """

    ids: dict[str, str] = field(default_factory=dict)
    new: list[Code] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    retired: dict[str, str] = field(default_factory=dict)


def match_codes(study: "Study", project: "Project") -> MatchedCodes:
    """Find each code of a project in the study: by GUID, by id, by name and path; the others are new.

    Parameters
    ----------
    study : Study
        Its codebook is read, where there is one; links of its theory and components of its manuals are codes too.
    project : Project
        As read.
    """
    here, found = _Here(study), MatchedCodes()
    paths = project.paths()
    names = Counter(code.name.casefold() for code in project.codes)
    for code in project.codes:
        known = here.find(code, paths[code.guid])
        if known is None:
            made = here.made(code, found.ids.get(code.parent or ""), twice=names[code.name.casefold()] > 1)
            found.new.append(made)
            if here.named(code.name):
                what = f"{made.id} is new; {here.named(code.name)} has the same name and lies elsewhere in the tree"
                remedy = "If they are one code, join them with: workbench codes merge"
                found.told.append(Problem(place=f"code {paths[code.guid]}", what=what, remedy=remedy))
            known = made.id
        elif (day := _day(parts_of(code.description).get("retired", ""))) and not here.retired(known):
            if known in here.codes and known not in here.used:
                found.retired[known] = day.isoformat()
            else:
                what = f"the file retired it on {day}, and here it has codings, or is no code of the codebook"
                remedy = f"If nobody is to use it any more: workbench codes retire {known}"
                found.told.append(Problem(place=f"code {known}", what=what, remedy=remedy))
        found.ids[code.guid] = known
    return found


class _Here:
    """The codes that the study knows, and the ids that are taken."""

    def __init__(self, study: "Study") -> None:
        from workbench.study.projects.codebook_file import has_codebook

        self.codes: Mapping[str, Code] = study.codebook.codes if has_codebook(study) else {}
        self.links = set(study.theory.links) if study.settings.theory else set[str]()
        self.nodes = set(study.theory.nodes) if study.settings.theory else set[str]()
        self.components = {name for manual in study.manuals.values() for name in manual.components}
        self.by_guid = study.store.names_of("code")
        self.by_path = {path_of(name, self.codes).casefold(): name for name in self.codes}
        self.by_name = {code.name.casefold(): name for name, code in self.codes.items()}
        self.present = study.store.present_codes()
        self.used = {str(name) for name in study.store.codings()["code"]}
        self.taken = {name.casefold() for name in (*self.codes, *self.components)}

    def find(self, code: "RefiCode", path: str) -> str | None:
        """Return the code that is meant, or None."""
        for name in (self.by_guid.get(code.guid, ""), parts_of(code.description).get("id", "")):
            if name and self.known(now := self.present.now(arrow(name))):
                return now
        found, name = self.by_path.get(path.casefold()), arrow(code.name.strip())
        if found is None and self.known(now := self.present.now(name)):
            # Somebody called a code by its id; an id that was itself made of a name proves nothing, unless it changed.
            found = now if now != name or name not in self.codes or self.codes[name].name != name else None
        return found and self.present.now(found)

    def known(self, name: str) -> bool:
        """Whether a coding may carry this code as it is."""
        return name in self.codes or name in self.components or name in self.links

    def retired(self, name: str) -> bool:
        """Whether no new coding may have a code, by the codebook or by what was decided in the store."""
        return self.present.retired(name) or (name in self.codes and self.codes[name].retired is not None)

    def named(self, name: str) -> str:
        """Return the code of the study that has this name, or nothing."""
        return self.by_name.get(name.casefold(), "")

    def made(self, code: "RefiCode", parent: str | None, *, twice: bool) -> Code:
        """Return a new code."""
        parts = parts_of(code.description)
        deductive = parts.get("kind") == "deductive" and parts.get("id") in self.nodes
        name = parts["id"] if deductive else self._id(code, parent if twice else None)
        self.taken.add(name.casefold())
        return Code.model_validate(
            {
                "id": name,
                "name": code.name.strip() or name,
                "kind": "deductive" if deductive else "inductive",
                "node": name if deductive else None,
                "definition": parts.get("definition", "").strip() or UNDEFINED,
                **{part: parts.get(part, "").strip() for part in BOUNDARIES},
                "parent": parent if parent and ID.match(parent) else None,
                "colour": code.colour,
                "retired": _day(parts.get("retired", "")),
            }
        )

    def _id(self, code: "RefiCode", parent: str | None) -> str:
        given = parts_of(code.description).get("id") or self.by_guid.get(code.guid, "")
        stem = next((name for name in (given, code.name) if ID.match(name)), "") or id_of(code.name)
        if parent and stem != given:
            stem = f"{parent}.{stem}"
        found, number, nodes = stem, 2, {name.casefold() for name in self.nodes}
        while found.casefold() in self.taken | nodes:
            found, number = f"{stem}-{number}", number + 1
        return found


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None


def id_of(name: str) -> str:
    """Return an id for a code's name: ASCII letters, digits and dashes, in lower case.

    Examples
    --------
    >>> id_of("Trust in the Café's staff (2)"), id_of("信任")
    ('trust-in-the-cafe-s-staff-2', 'code')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return stem if stem and stem[0].isalpha() else f"code-{stem}".rstrip("-")


def path_of(name: str, codes: Mapping[str, Code], separator: str = " / ") -> str:
    """Return a code's name after those of the codes above it; a tree that runs in a circle is cut."""
    names, seen = list[str](), set[str]()
    at = name
    while at in codes and at not in seen:
        seen.add(at)
        names.append(codes[at].name)
        at = codes[at].parent or ""
    return separator.join(reversed(names))
