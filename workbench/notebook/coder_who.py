"""Who is coding."""

import getpass

from workbench.errors import InputError, Problem
from workbench.study import Study


def who_codes(study: Study, coder: str | None) -> str:
    """Return the coder's name: as the database knows it, as given, or the user of this computer.

    Raises
    ------
    InputError
        If nobody is named, or the database knows the coder by another name.
    """
    known = study.store.me()
    if coder is not None and not coder.strip():
        raise InputError("coding needs the name of who codes: Coder(study, coder=…)")
    given = coder.strip() if coder else None
    if known and given and known != given:
        remedy = f"Leave `coder` out, or give {known!r}"
        raise InputError(
            Problem(place="Coder", what=f"coder is {given!r}, the database knows you as {known!r}", remedy=remedy)
        )
    if known or given:
        return str(known or given)
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise InputError("this computer names no user: give the coder's name, Coder(study, coder=…)") from error
