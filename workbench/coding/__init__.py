"""Who marked what as what: codings, and the store that never forgets one."""

from workbench.coding.coding import ORIGINS, STANCES, Coding
from workbench.coding.store import Store, open_store

__all__ = ["ORIGINS", "STANCES", "Coding", "Store", "open_store"]
