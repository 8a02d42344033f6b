"""The part of a store that is about differences between coders, and how they were settled."""

from workbench.coding.base_store import BaseStore


class SettledStore(BaseStore):
    """The part of a store that is about differences between coders, and how they were settled.; use `open_store`."""
