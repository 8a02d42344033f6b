"""Make the folder of a new study."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from workbench.definitions import shipped
from workbench.errors import InputError, Problem
from workbench.study.settings import FILE, Settings

DIVERSION = {
    "durham": "Durham Checkpoint",
    "thames-valley": "Thames Valley adult drug diversion",
    "west-midlands": "West Midlands DIVERT",
}
"""The schemes of the definitions that come with the package."""

BESIDE_TRANSCRIPTS = {
    "metadata.csv": "document,title,scheme,role,wave,kind,date,fictional,speakers",
    "consent.csv": "document,speaker,analysis,quotation,archive,withdrawn,note",
}
"""Files beside the transcripts to their columns: a new study has them empty, to be filled in."""

_HEAD = """\
# What this study is about, where its parts lie, and its thresholds.
# Paths are relative to this folder. Leave a part out by writing null: pages then say "not assessed".
# Every key is here, with its default where nothing else was given.
"""


def new_study(folder: Path | str, **settings: Any) -> Path:
    """Make an empty study with the diversion study's definitions to start from.

    Parameters
    ----------
    folder : Path or str
        Must not exist, or be empty.
    **settings
        Fields of `Settings` that differ from their defaults. Keys lie beside the folder, in one of its name with
        `-keys`, so that two studies side by side never share one.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        If there is something in the folder already; nothing is written then.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            Problem(place=str(folder), what="is there already and not empty", remedy="Choose another name")
        )
    name = folder.resolve().name
    usual = {"title": name, "as_of": None, "schemes": DIVERSION, "keys": f"../{name}-keys"}
    given: Mapping[str, Any] = {**usual, **settings}
    if given["as_of"] is None:
        raise InputError(
            Problem(place="as_of", what="the cut-off date of the records is not given", remedy="Give a date")
        )
    written = Settings.model_validate(given).model_dump(mode="json")
    for name in ("transcripts", "records", "store", "analysis", "notebooks", "outputs"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    shutil.copytree(shipped("codebooks/diversion"), folder / "codebooks")
    shutil.copytree(shipped("analysis"), folder / "analysis", dirs_exist_ok=True)
    shutil.copy(shipped("_quarto.yml"), folder / "_quarto.yml")
    for name, columns in BESIDE_TRANSCRIPTS.items():
        (folder / "transcripts" / name).write_text(f"{columns}\n", encoding="utf-8")
    text = _HEAD + yaml.safe_dump(written, sort_keys=False, allow_unicode=True)
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder
