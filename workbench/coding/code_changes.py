"""What was done to codes, and whether it may be done. Pure: acts in, answers out."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.coding import view
from workbench.coding.acts import CODE_KINDS, Act
from workbench.coding.coding import arrow
from workbench.coding.present_codes import PresentCodes
from workbench.errors import Problems, did_you_mean

COLUMNS = ("id", "kind", "code", "to", "by", "at", "why")


@dataclass(frozen=True, kw_only=True)
class CodeChange:
    """A change of codes that was made.

    Parameters
    ----------
    id : str
        Of the act.
    kind : {"rename", "merge", "split", "move", "retire"}
        What was done.
    codes, to : tuple of str
        The codes that were changed, and what they became, or lie under now.
    codings : int
        Codings in force that had one of `codes`.
    joined : int
        How many fewer codings there are: of the same passage by the same coder, under codes that are one now.
    also : tuple of str
        Other codes in use that carry the name of one of `codes`, such as `A11→M09` for M09. They stay as they are.
    """

    id: str
    kind: str
    codes: tuple[str, ...]
    to: tuple[str, ...]
    codings: int
    joined: int = 0
    also: tuple[str, ...] = ()


def followed(acts: Iterable[Act]) -> Callable[[str], str]:
    """Return what tells which code a code is now, after all standing renames and merges.

    Parameters
    ----------
    acts : iterable of Act
        At least those of kinds `view.CHANGING`.

    Examples
    --------
    >>> followed([Act("1", "kim", "2024-03-01", "rename-code", target="M09b", code="M09")])("M09")
    'M09b'
    """
    return present_codes(acts).now


def present_codes(acts: Iterable[Act]) -> PresentCodes:
    """Return what became of codes, from acts of which some may be undone."""
    return PresentCodes(act for act in view.standing(acts) if act.kind in CODE_KINDS)


def code_change_table(acts: Iterable[Act]) -> pd.DataFrame:
    """Return the standing changes of codes, one row a changed code, in order.

    Returns
    -------
    pandas.DataFrame
        id, kind (rename, merge, split, move, retire), code, to (list of str), by, at, why. Codes merged at once
        share an id.
    """
    rows = [
        (act.id, act.kind.removesuffix("-code"), code, _listed(act.target), act.coder, act.at, act.memo or "")
        for act in view.standing(acts)
        if act.kind in CODE_KINDS
        for code in (act.code or "").split("\n")
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _listed(target: str | None) -> list[str]:
    return target.split("\n") if target else []


def checked_change(
    kind: str, given: Sequence[str], to: Sequence[str], present: PresentCodes, used: Collection[str]
) -> tuple[list[str], list[str]]:
    """Return the codes to change and what they become, as they are written.

    Parameters
    ----------
    kind : {"rename", "merge", "split", "move", "retire"}
        What is to be done.
    given, to : Sequence of str
        The codes, and what they become, or what one is put under.
    present : PresentCodes
        What became of codes so far.
    used : Collection of str
        Codes as they are called now that are known to be there: in codings, or in a codebook.

    Raises
    ------
    InputError
        With everything that forbids it.
    """
    problems = Problems()
    known = {present.now(code) for code in used}
    codes = [_there(_written(code, problems), present, known, problems) for code in dict.fromkeys(given)]
    targets = [_written(code, problems) for code in dict.fromkeys(to)]
    if not codes:
        problems.add("codes", f"nothing to {kind}", remedy="Name at least one code")
    if not problems.found:
        if kind == "rename":
            _check_rename(codes[0], targets[0], present, known, problems)
        elif kind == "merge":
            codes, targets = _merged(codes, targets[0], present, problems)
        elif kind == "split":
            targets = _check_split(codes[0], targets, present, problems)
        elif kind == "move":
            targets = [_there(target, present, known, problems) for target in targets]
            _check_move(codes[0], targets, present, problems)
        elif present.retired(codes[0]):
            problems.add(f"code {codes[0]}", "it is retired already")
    problems.raise_if_any()
    return codes, targets


def _written(code: str, problems: Problems) -> str:
    said = arrow(str(code).strip())
    if not said or not said.isprintable():
        problems.add(f"code {code!r}", "a code is a few signs on one line, such as M09 or I01")
    return said


def _there(code: str, present: PresentCodes, known: Collection[str], problems: Problems) -> str:
    """Return the code; note where it is called otherwise now, or where there is none."""
    now = present.now(code)
    if now != code:
        problems.add(f"code {code}", f"it is {now} now", remedy=f"Say {now}, if you mean it")
    elif code not in known and code in present.names(code) and len(present.names(code)) == 1:
        what = "no coding has it, and no codebook was given that does"
        problems.add(f"code {code}", what, remedy=did_you_mean(code, known) or "store.counts() lists the codes in use")
    return code


def _check_rename(code: str, to: str, present: PresentCodes, known: Collection[str], problems: Problems) -> None:
    now = present.now(to)
    if to == code:
        problems.add(f"code {code}", "it has that name already")
    elif now == code:
        if to not in present.former_names(code):
            problems.add(f"code {code}", f"{to} was merged into it: a code's id is never used again for something else")
    elif now != to:
        what = f"{to} is the former name of {now}, and a code's id is never used again for something else"
        problems.add(f"code {code}", what, remedy=f"Take a new id, or merge the two: merge_codes(['{code}'], '{now}')")
    elif to in known or len(present.names(to)) > 1:
        what = f"there is a code {to} already, so this is a merge, not a rename"
        problems.add(f"code {code}", what, remedy=f"merge_codes(['{code}'], '{to}')")
    _check_open(code, present, problems)


def _merged(codes: list[str], into: str, present: PresentCodes, problems: Problems) -> tuple[list[str], list[str]]:
    if present.now(into) != into:
        problems.add(f"code {into}", f"it is {present.now(into)} now", remedy=f"Merge into {present.now(into)}")
    _check_open(into, present, problems)
    left = [code for code in codes if code != into]
    if not left:
        problems.add(f"code {into}", "nothing to merge into it", remedy="Name at least one other code")
    return left, [into]


def _check_split(code: str, parts: list[str], present: PresentCodes, problems: Problems) -> list[str]:
    there = set(present.parts(code))
    if len({*parts, *there}) < 2:
        problems.add(f"code {code}", "a split needs at least two codes", remedy="One new name is a rename")
    for part in parts:
        if present.now(part) == code:
            what = f"{part} is the code itself, and an id is never used again for something narrower"
            problems.add(f"code {code}", what, remedy="Give each part an id of its own")
        elif present.now(part) != part:
            problems.add(f"code {part}", f"it is {present.now(part)} now", remedy=f"Say {present.now(part)}")
        elif present.retired(part):
            problems.add(f"code {part}", "it was retired: no new coding has it", remedy="Give the part another id")
        elif present.may_become(part, code):
            problems.add(f"code {part}", f"it was itself split into {code}", remedy="Give the part another id")
    if present.retired(code):
        problems.add(f"code {code}", "it was retired, so it stays as it was")
    return parts


def _check_move(code: str, under: list[str], present: PresentCodes, problems: Problems) -> None:
    above, seen = under[0] if under else "", {code}
    while above:
        if above in seen:
            problems.add(f"code {code}", f"{under[0]} lies under {code} itself", remedy=f"Move {under[0]} away first")
            return
        seen.add(above)
        above = present.under(above) or ""


def _check_open(code: str, present: PresentCodes, problems: Problems) -> None:
    if parts := present.parts(code):
        problems.add(f"code {code}", "it was split", choices=parts, remedy="Change these instead")
    elif present.retired(code):
        problems.add(f"code {code}", "it was retired, so it stays as it was")
