"""Change codes in the store and in codebook.yaml together: both, or neither."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.codebook import Codebook, read_codebook
from workbench.coding.code_changes import CodeChange
from workbench.coding.coding import arrow
from workbench.errors import InputError, Problem, Problems, did_you_mean
from workbench.language.counted import counted
from workbench.study.codebook_file import replaced

if TYPE_CHECKING:
    from workbench.study.study import Study
    from workbench.theory import Theory

TEXTS = ("definition", "include", "exclude", "example", "near_miss")
"""Where a code's entry may name other codes."""


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What was done to codes, and what is left for a person.

    Parameters
    ----------
    change : CodeChange
        The act.
    edited : tuple of str
        Files that were changed.
    told : tuple of str
        Sentences: what follows, and where old ids stand still.
    """

    change: CodeChange
    edited: tuple[str, ...]
    told: tuple[str, ...]


def rename_code(study: "Study", code: str, to: str, *, by: str, why: str = "") -> Changed:
    """Give a code another id, in the store and in codebook.yaml.

    Parameters
    ----------
    study : Study
        From `open_study`.
    code, to : str
        Its id, and the new one. Links (`A11→M09`) and components that the codebook does not hold are renamed in the
        store; the theory or manual must have the new id by then.
    by, why : str
        Who decides, and the reason.

    Raises
    ------
    InputError
        If there is no such code, the new id is or was another's, or the codebook would not be sound.
    """
    code, to = arrow(code.strip()), arrow(to.strip())
    codebook, others = _definitions(study)
    _there([code], study, codebook, others)
    problems, changes = Problems(), dict[str, dict[str, str | None]]()
    if code in codebook.codes:
        if to in codebook.codes:
            what = f"there is a code {to} already, so this is a merge, not a rename"
            problems.add(_place(codebook, to), what, remedy=f"workbench codes merge {code} --into {to}")
        own = codebook.codes[code]
        if own.node == code and study.settings.theory and to not in study.theory.nodes:
            what = f"{code} is the code of the theory's node {code}, and the theory has no node {to}"
            problems.add(_place(codebook, code), what, remedy=_in_theory(study.theory, code, to))
        changes[code] = {"id": to, "node": to} if own.node == code else {"id": to}
        changes |= {child: {"parent": to} for child in codebook.children(code)}
    elif to not in codebook.codes and to not in others:
        what = f"neither codebook, theory nor manual has {to}"
        problems.add(f"code {code}", what, remedy=did_you_mean(to, others) or "Write it there first")
    problems.raise_if_any()
    act = _Act(study, codebook, others, by, why)
    return act.do("rename", [code], [to], changes)


def merge_codes(study: "Study", codes: Sequence[str], into: str, *, by: str, why: str = "") -> Changed:
    """Make several codes one; those that go are retired in codebook.yaml, which must have `into`.

    Raises
    ------
    InputError
        If a code is not there, or `into` is not in codebook, theory or manuals, split or retired.
    """
    codebook, others = _definitions(study)
    into = arrow(into.strip())
    _needed([into], codebook, others)
    gone = [arrow(code.strip()) for code in codes if arrow(code.strip()) != into]
    _there(gone, study, codebook, others)
    return _Act(study, codebook, others, by, why).do("merge", gone, [into], _retiring(codebook, gone))


def split_code(study: "Study", code: str, into: Sequence[str], *, by: str, why: str = "") -> Changed:
    """Replace a code by narrower ones, which codebook.yaml must have; the split one is retired there.

    Raises
    ------
    InputError
        If the codebook lacks a part, or the code is not there.
    """
    codebook, others = _definitions(study)
    parts = [arrow(part.strip()) for part in into]
    code = arrow(code.strip())
    _there([code], study, codebook, others)
    _needed(parts, codebook, others)
    return _Act(study, codebook, others, by, why).do("split", [code], parts, _retiring(codebook, [code]))


def move_code(study: "Study", code: str, under: str | None, *, by: str, why: str = "") -> Changed:
    """Put a code of codebook.yaml under another one of it, or under none. Codings stay as they are.

    Raises
    ------
    InputError
        If the codebook has either not, or the code would lie under itself.
    """
    codebook, others = _definitions(study)
    problems = Problems()
    for name in filter(None, (code, under)):
        if name not in codebook.codes:
            problems.add(codebook.path.name, f"it has no code {name!r}", remedy=did_you_mean(name, codebook.codes))
    problems.raise_if_any()
    if codebook.codes[code].parent == under:
        raise InputError(Problem(place=_place(codebook, code), what=f"{code} lies there already"))
    return _Act(study, codebook, others, by, why).do(
        "move", [code], [under] if under else [], {code: {"parent": under}}
    )


def retire_code(study: "Study", code: str, *, by: str, why: str = "") -> Changed:
    """Let no new coding have a code, in the store and in codebook.yaml. Its codings stay.

    Raises
    ------
    InputError
        If the code is not there, or retired already.
    """
    codebook, others = _definitions(study)
    code = arrow(code.strip())
    _there([code], study, codebook, others)
    return _Act(study, codebook, others, by, why).do("retire", [code], [], _retiring(codebook, [code]))


@dataclass(frozen=True)
class _Act:
    """One change in the making."""

    study: "Study"
    codebook: Codebook
    others: Sequence[str]
    by: str
    why: str

    def do(
        self, kind: str, codes: Sequence[str], to: Sequence[str], changes: Mapping[str, Mapping[str, str | None]]
    ) -> Changed:
        """Change the file, then the store; where the store refuses, the file is put back."""
        why = f" – {self.why.strip()}" if self.why.strip() else ""
        with replaced(self.study, changes, entry=f"{', '.join(codes)}: {said(kind, to)}{why}", by=self.by) as edited:
            change = self._store(kind, codes, to)
        told = [*_told(change), *_named_still(self.codebook, change)]
        return Changed(change=change, edited=edited, told=tuple(told))

    def _store(self, kind: str, codes: Sequence[str], to: Sequence[str]) -> CodeChange:
        store, known = self.study.store, [*self.codebook.codes, *self.others]
        if kind == "merge":
            return store.merge_codes(codes, to[0], by=self.by, why=self.why, known=known)
        if kind == "split":
            return store.split_code(codes[0], to, by=self.by, why=self.why, known=known)
        if kind == "move":
            return store.move_code(codes[0], to[0] if to else None, by=self.by, why=self.why, known=known)
        if kind == "retire":
            return store.retire_code(codes[0], by=self.by, why=self.why, known=known)
        known = [name for name in known if name != to[0]]
        return store.rename_code(codes[0], to[0], by=self.by, why=self.why, known=known)


def _definitions(study: "Study") -> tuple[Codebook, list[str]]:
    """Return the codebook without what it is tied to, which may have been renamed already, and the other codes."""
    theory = study.theory if study.settings.theory else None
    components = [name for manual in study.manuals.values() for name in manual.components]
    return read_codebook(study.needed("codebook")), [*(theory.links if theory else ()), *components]


def _there(codes: Sequence[str], study: "Study", codebook: Codebook, others: Sequence[str]) -> None:
    """Refuse codes that neither definitions nor codings have, nor had under this name."""
    known, present = {*codebook.codes, *others, *study.store.codings()["code"]}, study.store.present_codes()
    missing = [code for code in codes if code not in known and len(present.names(code)) == 1]
    if missing:
        ever = set(study.store.acts()["code"])  # of codings that were taken back, too
        problems = Problems()
        for code in missing:
            if code not in ever:
                remedy = did_you_mean(code, sorted(known)) or "See: workbench codes list"
                problems.add("codes", f"there is no code {code!r}", remedy=remedy)
        problems.raise_if_any()


def _in_theory(theory: "Theory", node: str, to: str) -> str:
    """Say where a theory's file has a node's id, so that a person can write the new one there."""
    named = _as_word(node)
    text = theory.path.read_text(encoding="utf-8")
    lines = [str(number) for number, line in enumerate(text.splitlines(), 1) if named.search(line)]
    links = counted(sum(bool(named.search(link)) for link in theory.links), "link")
    where = f"{theory.path.name}, lines {', '.join(lines)} (the node, {links}, and whatever else names it)"
    return f"Write {to} for {node} in {where}, then run this command again"


def _as_word(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.-]){re.escape(code)}(?![\w-])")


def _needed(codes: Sequence[str], codebook: Codebook, others: Sequence[str]) -> None:
    """Refuse codes that are defined nowhere, and say how to write them."""
    problems = Problems()
    for code in codes:
        if code not in codebook.codes and code not in others:
            entry = f"Write it there first, such as: - {{id: {code}, name: …, kind: inductive, definition: …}}"
            remedy = f"{did_you_mean(code, [*codebook.codes, *others])} {entry}".strip()
            problems.add(codebook.path.name, f"it has no code {code!r}", remedy=remedy)
        elif code in codebook.codes and codebook.codes[code].retired:
            problems.add(_place(codebook, code), f"{code} is retired", remedy="Take another code")
    problems.raise_if_any()


def _retiring(codebook: Codebook, codes: Sequence[str]) -> dict[str, dict[str, str | None]]:
    from workbench.coding.acts import moment

    today: str | None = moment()[:10]
    return {code: {"retired": today} for code in codes if code in codebook.codes and not codebook.codes[code].retired}


def said(kind: str, to: Sequence[str]) -> str:
    """Return what was done to a code, after its name: "merged into M09"."""
    words: dict[str, Callable[[], str]] = {
        "rename": lambda: f"renamed {to[0]}",
        "merge": lambda: f"merged into {to[0]}",
        "split": lambda: f"split into {', '.join(to)}",
        "move": lambda: f"moved under {to[0]}" if to else "moved to the top",
        "retire": lambda: "retired",
    }
    return words[kind]()


def _told(change: CodeChange) -> list[str]:
    """Return what follows from a change, in sentences."""
    codings = counted(change.codings, "coding")
    told = {
        "rename": f"{codings} follow.",
        "merge": f"{codings} follow.",
        "split": f"{codings} wait to be given one of the new codes: workbench codes waiting.",
        "move": "Codings stay as they are.",
        "retire": f"{codings} stay; no new coding has it.",
    }[change.kind]
    if change.codings == 1:
        told = told.replace(" follow.", " follows.").replace(" wait to", " waits to").replace(" stay;", " stays;")
    sentences = [told]
    if change.joined:
        passages = counted(change.joined, "passage")
        sentences.append(f"{passages} had two of them by the same coder, and one coding now, with both memos.")
    if change.also:
        sentences.append(f"Codes of their own, and as they were: {', '.join(change.also)}.")
        if change.kind == "rename":
            new = re.sub(_as_word(change.codes[0]), lambda _: change.to[0], change.also[0])
            sentences.append(f"Rename each of them too, such as: workbench codes rename {change.also[0]} {new}")
    return sentences


def _named_still(codebook: Codebook, change: CodeChange) -> list[str]:
    """Return where the codebook's other entries name a code that is no longer given, for a person to mend."""
    if change.kind == "move":
        return []
    found = []
    for old in change.codes:
        named = _as_word(old)
        where = [
            f"{name} ({', '.join(parts)})"
            for name, code in codebook.codes.items()
            if (parts := [part.replace("_", " ") for part in TEXTS if named.search(getattr(code, part))])
        ]
        if where:
            found.append(f"{old} is named still in the texts of {', '.join(where)}: mend them by hand.")
    return found


def _place(codebook: Codebook, code: str) -> str:
    return codebook.places.get(code, Path(codebook.path).name)
