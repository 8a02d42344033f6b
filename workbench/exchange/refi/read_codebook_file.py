"""A REFI-QDA codebook as some program wrote it."""

from pathlib import Path

from workbench.exchange.refi.context import Context, tell_unknown
from workbench.exchange.refi.model import Project
from workbench.exchange.refi.package import Bare, open_package, refused
from workbench.exchange.refi.parse import parse
from workbench.exchange.refi.read_codes import read_codes, read_sets
from workbench.exchange.refi.told import Told


def read_codebook_file(path: str | Path) -> Project:
    """Read a REFI-QDA codebook, as forgiving as can be.

    Parameters
    ----------
    path : str or Path
        A `.qdc`.

    Returns
    -------
    Project
        With codes and sets only, named after the file; `problems` names what was tolerated.

    Raises
    ------
    InputError
        If nothing can be read.
    """
    path = Path(path)
    told = Told(path.name)
    package = open_package(path, told)
    if not isinstance(package, Bare):
        raise refused(path, "is a zip file, where a codebook is plain XML", "Import it as a project (.qdpx)")
    root = parse(package.project()[1], path, told, root="CodeBook")
    context = Context(told)
    codes = read_codes(root, context)
    sets = read_sets(root, context)
    tell_unknown(root, told)
    if not codes:
        told.add("holds no codes", remedy="Check that the codebook was exported with its codes")
    return Project(name=path.stem, origin=root.get("origin") or "", codes=codes, sets=sets, problems=told.problems())
