"""study.yaml: what a study is about, where its parts lie, and its thresholds."""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workbench.definitions import read_yaml, validate
from workbench.errors import InputError, Problem

FILE = "study.yaml"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Disclosure(_Part):
    """How the gate protects people.

    Parameters
    ----------
    threshold : int
        Counts from 1 to one below this are withheld.
    rounding : int
        Base to which counts are rounded.
    quote_group : int
        Fewest people that a quote's attribution may fit.
    """

    threshold: int = Field(default=10, ge=2)
    rounding: int = Field(default=5, ge=1)
    quote_group: int = Field(default=3, ge=2)

    @model_validator(mode="after")
    def _fits(self) -> "Disclosure":
        if self.rounding > self.threshold:
            raise ValueError(f"rounding {self.rounding} is above the threshold {self.threshold}")
        return self


class Verdict(_Part):
    """When the evidence on a link of the theory is called supported.

    Parameters
    ----------
    people : int
        Fewest people who speak for it.
    roles, schemes : int
        Fewest roles and schemes that these people come from; one alone never suffices.
    against : int
        People who must speak against it, with nobody for it, to call it refuted.
    groups : int
        Fewest independent dependence groups among people for it.
    contested : int
        Fewest people with a side before it is called contested.
    """

    people: int = Field(default=3, ge=2)
    roles: int = Field(default=2, ge=2)
    schemes: int = Field(default=2, ge=2)
    against: int = Field(default=3, ge=2)
    groups: int = Field(default=2, ge=2)
    contested: int = Field(default=3, ge=2)


class Qca(_Part):
    """A qualitative comparative analysis of cases such as areas or teams.

    Parameters
    ----------
    cases : str
        CSV: ids in the first column, then memberships from 0 to 1.
    outcome : str
        Its column; `~` before it asks for its absence.
    conditions : tuple of str
        Columns of the conditions.
    cut : float
        Consistency from which a combination is sufficient.
    """

    cases: str
    outcome: str
    conditions: tuple[str, ...] = Field(min_length=1)
    cut: float = 0.8


class Settings(_Part):
    """The content of study.yaml; paths are relative to the study's folder.

    Parameters
    ----------
    title : str
        Heads every page.
    fictional : bool
        Whether pages, tables and files must say that the data are made up.
    as_of : date
        Cut-off of the records; never today's date by default.
    schemes : dict
        Scheme id to the name that people read.
    theory, codebook, manuals, maps, transcripts, records : str or None
        Where they lie; None leaves the part out, and pages say “not assessed”.
    tracing : str or None
        Clues for process tracing; a file that is not there leaves them out.
    store : str
        Coding store: a path, or a PostgreSQL URL.
    keys : str
        Folder of the pseudonym key, outside the study by default.
    embedding : {"minilm", "static"}
        For suggestions and themes.
    reference : dict
        Characteristic to its reference group; the largest stated group otherwise.
    """

    title: str
    fictional: bool = False
    as_of: date
    schemes: dict[str, str] = Field(min_length=1)
    theory: str | None = "codebooks/theory.yaml"
    codebook: str | None = "codebooks/codebook.yaml"
    manuals: str | None = "codebooks/manuals"
    maps: str | None = "codebooks/maps"
    tracing: str | None = "codebooks/tracing.yaml"
    transcripts: str | None = "transcripts"
    records: str | None = "records"
    store: str = "store/codings.sqlite"
    keys: str = "../keys"
    embedding: Literal["minilm", "static"] = "minilm"
    reference: dict[str, str] = {"ethnicity": "White", "sex": "Male"}
    disclosure: Disclosure = Disclosure()
    verdict: Verdict = Verdict()
    qca: Qca | None = None

    @property
    def threshold(self) -> int:
        """Counts from 1 to one below this are withheld."""
        return self.disclosure.threshold

    @property
    def rounding(self) -> int:
        """Base to which released counts are rounded."""
        return self.disclosure.rounding


def read_settings(folder: Path) -> Settings:
    """Read a study's settings.

    Raises
    ------
    InputError
        If the folder holds no study, or study.yaml has mistakes: all of them, with lines.
    """
    path = folder / FILE
    if not path.is_file():
        remedy = "Name a study's folder, or make one with: workbench new DIR"
        raise InputError(Problem(place=str(folder), what=f"is not a study: it has no {FILE}", remedy=remedy))
    return validate(read_yaml(path), Settings)
