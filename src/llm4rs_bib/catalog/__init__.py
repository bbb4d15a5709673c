"""A catalog's files ↔ values: YAML that people write, and the lock that the program writes."""

from .folder import CATALOG, LOCK, read_folder, read_lock, read_text
from .lists import dumps_catalog, dumps_listings, loads_catalog, loads_listings
from .lock import dumps_lock, loads_lock

__all__ = [
    "CATALOG",
    "LOCK",
    "dumps_catalog",
    "dumps_listings",
    "dumps_lock",
    "loads_catalog",
    "loads_listings",
    "loads_lock",
    "read_folder",
    "read_lock",
    "read_text",
]
