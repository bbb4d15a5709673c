"""`python -m llm4rs_bib`."""

from .cli import main

main()
