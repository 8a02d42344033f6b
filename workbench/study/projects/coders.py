"""Users of another program become coders; two of one name stay two."""

from typing import TYPE_CHECKING

from workbench.errors import Problem

if TYPE_CHECKING:
    from workbench.coding import Store
    from workbench.exchange.refi.model import Project

NOBODY = "unnamed coder"
"""Coder of what a file ascribes to nobody."""


def name_coders(project: "Project", store: "Store") -> tuple[dict[str | None, str], list[Problem]]:
    """Give each user of a project a coder's name.

    Parameters
    ----------
    project : Project
        As read.
    store : Store
        Users whose GUID it knows keep the coder's name they have there.

    Returns
    -------
    dict of str to str, list of Problem
        GUID to coder, None to `NOBODY`; and where a name was taken before, for a person to look at.
    """
    known, there = store.names_of("user"), set(store.coders())
    coders: dict[str | None, str] = {user.guid: known[user.guid] for user in project.users if user.guid in known}
    told: list[Problem] = []
    for user in project.users:
        if user.guid in coders:
            continue
        name = " ".join(user.name.split()) or NOBODY
        given, number = name, 2
        while given in coders.values():
            given, number = f"{name} ({number})", number + 1
        coders[user.guid] = given
        if given != name:
            told.append(Problem(place=f"user {name}", what=f"another user has this name, so this one is {given!r}"))
        elif given in there:
            what = "a coder of this name has worked in the study, and is taken to be the same person"
            remedy = "If it is somebody else, rename the user in the other program and export again"
            told.append(Problem(place=f"user {name}", what=what, remedy=remedy))
    return coders | {None: NOBODY}, told
