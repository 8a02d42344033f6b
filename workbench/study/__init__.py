"""A study is a folder: this opens one, checks it, and introduces its parts to each other."""

from workbench.study.check import check_study
from workbench.study.import_codings import import_codings
from workbench.study.new import new_study
from workbench.study.settings import Settings, read_settings
from workbench.study.stages import run_stages
from workbench.study.study import Study, open_study

__all__ = [
    "Settings",
    "Study",
    "check_study",
    "import_codings",
    "new_study",
    "open_study",
    "read_settings",
    "run_stages",
]
