"""The part of a store that is about other programs: the ids they know things by, and what they gave."""

from workbench.coding.base_store import BaseStore


class ExchangeStore(BaseStore):
    """The part of a store that is about other programs; use `open_store`."""
