"""The processor's rules, each with a case of its own in the public suite's format, written from the specification.

A file's first line names the section: https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

import re

import pytest
from conftest import DATA
from processor.suite import fixtures
from processor.suite_format import rendered

FOLDER = DATA / "csl"
CASES = {case.name: case for case in fixtures(FOLDER)}
# The headings that a bibliography depends on; files, metadata and in-text citations are left out.
SECTIONS = """
Whitespace Handling
Macro
Locale Fallback
Terms
Ordinal Suffixes
Long Ordinals
Gender-specific Ordinals
Localized Date Formats
Layout
Text
Date
Date-part
Date Ranges
AD and BC
Seasons
Approximate Dates
Number
Names
Name
Name-part Order
Name-part Formatting
Et-al
Substitute
Label in cs:names
Label
Group
Choose
Disambiguation
Whitespace
Reference Grouping
Hyphenation of Initialized Names
Page Ranges
Name Particles
Inheritable Name Options
Locale Options
Sorting
Sorting Variables
Sorting Macros
Range Delimiters
Formatting
Affixes
Delimiter
Display
Quotes
Strip-periods
Text-case
Sentence Case Conversion
Title Case Conversion
Non-English Items
Appendix IV - Variables
Number Variables
Date Variables
Name Variables
Appendix V - Page Range Formats
""".strip().splitlines()


def section(name):
    head = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").partition("\n")[0]
    found = re.fullmatch(r'CSL 1\.0\.2, "([^"]+)": \S.*\.', head)
    assert found, head
    return found[1]


@pytest.mark.parametrize("name", CASES)
def test_case_is_printed_as_its_rule_says(name):
    assert rendered(CASES[name]) == CASES[name].result


@pytest.mark.parametrize("name", CASES)
def test_case_names_a_section_and_a_rule(name):
    assert section(name) in SECTIONS


def test_every_section_has_a_case():
    assert [heading for heading in SECTIONS if heading not in set(map(section, CASES))] == []


def test_cases_are_those_of_the_folder():
    assert [f"{name}.txt" for name in CASES] == sorted(path.name for path in FOLDER.iterdir())
