"""Names out of the text, pseudonyms in, and back for the key holder only."""

from workbench.pseudonymisation.entry import BY_HAND, LABELS, PSEUDONYM, Entry
from workbench.pseudonymisation.find import find
from workbench.pseudonymisation.offset_map import OffsetMap, Replaced
from workbench.pseudonymisation.plain import without_pseudonyms
from workbench.pseudonymisation.pseudonymise import Pseudonymised, pseudonymise
from workbench.pseudonymisation.register import Register
from workbench.pseudonymisation.waiting import waiting

__all__ = [
    "BY_HAND",
    "LABELS",
    "PSEUDONYM",
    "Entry",
    "OffsetMap",
    "Pseudonymised",
    "Register",
    "Replaced",
    "find",
    "pseudonymise",
    "waiting",
    "without_pseudonyms",
]
