"""The study's codes as those of a project: the tree, colours, boundaries, GUIDs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.errors import InputError, Problem
from workbench.exchange.refi.description import describe, parts_of
from workbench.exchange.refi.model import RefiCode
from workbench.study.projects.codebook_file import has_codebook
from workbench.study.projects.codes import BOUNDARIES, UNDEFINED

if TYPE_CHECKING:
    from workbench.codebook import Code
    from workbench.study.study import Study


def codes_of(study: "Study", used: Iterable[str]) -> tuple[list[RefiCode], dict[str, str]]:
    """Return the codes of the codebook and those that codings carry beside, parents first, and each one's GUID.

    Parameters
    ----------
    study : Study
        Links of its theory and components of its manuals are codes where codings carry them.
    used : iterable of str
        Codes of the codings that leave.
    """
    codebook: Mapping[str, Code] = study.codebook.codes if has_codebook(study) else {}
    used = list(used)
    beside = [name for name in used if name not in codebook]
    guids = code_guids(study, [*codebook, *beside])
    retired = _retired_days(study)
    folders = {row.guid for row in study.store.carried().itertuples() if row.kind == "code"}
    folders -= {guids[name] for name in used}
    codes = [
        RefiCode(
            guid=guids[name],
            name=codebook[name].name,
            parent=guids.get(parent) if (parent := _parent(name, codebook)) else None,
            colour=codebook[name].colour,
            description=_description(codebook[name], _retired(codebook[name], retired)),
            codable=guids[name] not in folders,
        )
        for name in _parents_first(codebook)
    ]
    codes += [
        RefiCode(
            guid=guids[name],
            name=_name(study, name),
            description=describe({"id": name, "retired": retired.get(name, "")}),
        )
        for name in beside
    ]
    return codes, guids


def without_names(study: "Study", codes: Iterable[RefiCode]) -> tuple[list[RefiCode], list[Problem]]:
    """Return codes with pseudonyms for names that the register replaces, and which codes held one."""
    found, told, replaced = [], list[Problem](), study.register.replaced
    for code in codes:
        masked = replace(code, name=replaced(code.name), description=replaced(code.description))
        if masked != code:
            what = "its name, definition or examples hold a name of the register, so a pseudonym leaves in its place"
            place = f"code {parts_of(masked.description).get('id', masked.name)}"
            told.append(Problem(place=place, what=what, remedy="Correct it in the codebook"))
        found.append(masked)
    return found, told


def named_codes(study: "Study") -> list[Problem]:
    """Return the codes in whose texts an export replaces a name of the register."""
    return without_names(study, codes_of(study, dict.fromkeys(map(str, study.store.codings()["code"])))[0])[1]


def _retired_days(study: "Study") -> dict[str, str]:
    """Return the codes that the store lets no new coding have, and the day of it: retired, split, merged or renamed."""
    changes = study.store.code_changes()
    present = study.store.present_codes()
    return {
        str(row.code): str(row.at)[:10]
        for row in changes[changes["kind"] != "move"].itertuples()
        if present.retired(str(row.code)) or present.parts(str(row.code))
    }


def _retired(code: "Code", days: Mapping[str, str]) -> str:
    return code.retired.isoformat() if code.retired else days.get(code.id, "")


def _description(code: "Code", retired: str) -> str:
    parts = {part: getattr(code, part) or "" for part in ("definition", *BOUNDARIES, "kind", "id")}
    parts["definition"] = parts["definition"].replace(UNDEFINED, "")
    return describe({**parts, "retired": retired})


def code_guids(study: "Study", names: Iterable[str]) -> dict[str, str]:
    """Return the GUID of each code; one that was renamed keeps the one it had."""
    store, names = study.store, list(names)
    present, kept = store.present_codes(), store.names_of("code")
    former = {present.now(name): guid for guid, name in kept.items()}
    own = {name: guid for guid, name in kept.items()}
    found = {name: guid for name in names if (guid := own.get(name) or former.get(name))}
    return found | store.guids("code", [name for name in names if name not in found])


def _parent(name: str, codebook: "Mapping[str, Code]") -> str | None:
    """Return the code above, or None where there is none, or the tree runs in a circle."""
    parent, above = codebook[name].parent, set[str]()
    at = parent
    while at in codebook and at not in above:
        above.add(str(at))
        at = codebook[str(at)].parent
    return parent if parent in codebook and name not in above else None


def _parents_first(codebook: "Mapping[str, Code]") -> list[str]:
    def depth(name: str) -> int:
        parent = _parent(name, codebook)
        return 0 if parent is None else 1 + depth(parent)

    return sorted(codebook, key=depth)


def _name(study: "Study", code: str) -> str:
    """Return what people call a link, a component, or a code that the codebook does not have."""
    try:
        return study.codebook.name(code) if has_codebook(study) else code
    except InputError:
        return code
