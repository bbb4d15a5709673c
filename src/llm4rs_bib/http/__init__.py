"""The only network code: paces, retries, and keeps every answer at once. All times are in seconds.

Crossref states its limits in headers, for each pool of requests, and its concurrency for a user
(https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/); arXiv's are in its terms
(https://info.arxiv.org/help/api/tou.html). Limits hold for all processes that share a store.
"""

from .client import Client, Host

__all__ = ["Client", "Host"]
