from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import NAMES

from llm4rs_bib.model import Name
from llm4rs_bib.names import as_witnessed, same_person, set_right, shared, split_as, split_name, without_capitals
from llm4rs_bib.text import clean, fold


def name(text):
    return Name.parse(text)


def names(*texts):
    return tuple(map(Name.parse, texts))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Jane Roe", "Roe, Jane"),
        ("  Jane \n Roe ,", "Roe, Jane"),
        ("and Jane Roe", "Roe, Jane"),
        ("Aäron van den Oord", "van den Oord, Aäron"),
        ("James T. St. John", "St. John, James T."),
        ("Ludwig Van Beethoven", "Van Beethoven, Ludwig"),
        ("Juan de la Cruz", "de la Cruz, Juan"),
        ("Da Li", "Li, Da"),
        ("Van Nguyen", "Nguyen, Van"),
        ("X. J. Wang", "Wang, X. J."),
        ("J.-L. Li", "Li, J.-L."),
        ("XJ Wang", "Wang, XJ"),
        ("K. DE Li", "Li, K. DE"),  # initials
        ("Mary-Jane O'Neill", "O'Neill, Mary-Jane"),
        ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
        ("Martin Luther King, Jr.", "King, Jr., Martin Luther"),
        ("John Smith III", "Smith, III, John"),
        ("小明 王", "王, 小明"),
        ("王小明", "王小明"),
        ("Plato", "Plato"),
        ("Jean-Luc", "Jean-Luc"),
        ("Gemini Team", "{Gemini Team}"),
        ("The ATLAS Collaboration", "{The ATLAS Collaboration}"),
        ("Noah's Ark Lab", "{Noah's Ark Lab}"),
        ("OpenAI", "{OpenAI}"),
        ("DeepSeek-AI", "{DeepSeek-AI}"),
        ("NASA", "{NASA}"),
        ("AT&T", "{AT&T}"),
    ],
)
def test_names_as_arxiv_writes_them(written, expected):
    assert name(expected) == split_name(written)


@pytest.mark.parametrize("text", ["", " ", "...", "1234", "et al.", "Et Al", "others", "and others", ", ;"])
def test_what_is_no_name(text):
    assert split_name(text) is None


@pytest.mark.parametrize(
    ("family", "given", "suffix", "expected"),
    [
        ("Roe", "Jane", "", "Roe, Jane"),
        (" Roe, ", "Jane ;", "", "Roe, Jane"),
        ("Der Aalst", "Wil van", "", "van Der Aalst, Wil"),
        ("Cruz", "Juan de la", "", "de la Cruz, Juan"),
        ("van den Oord", "Aäron", "", "van den Oord, Aäron"),
        ("van den Oord", "", "", "van den Oord"),
        ("Li", "Da", "", "Li, Da"),
        ("S. Yu", "Philip", "", "Yu, Philip S."),
        ("A Light", "Ann", "", "Light, Ann A"),
        ("A B", "C", "", "A B, C"),
        ("", "Jin-Fu Chang", "", "Chang, Jin-Fu"),
        ("Jin-Fu Chang", "", "", "Chang, Jin-Fu"),
        ("", "Plato", "", "Plato"),
        ("King Jr.", "Martin", "", "King, Jr., Martin"),
        ("King", "Martin", "Jr.", "King, Jr., Martin"),
        ("Gemini Team", "", "", "{Gemini Team}"),
        ("Smith", "", "Jr.", "Name(Smith, Jr.)"),
        ("", "John Smith", "Jr.", "Smith, Jr., John"),
    ],
)
def test_what_stands_in_the_wrong_field_is_moved(family, given, suffix, expected):
    right = Name(family="Smith", suffix="Jr.") if expected.startswith("Name(") else name(expected)
    assert right == set_right(family, given, suffix)


@pytest.mark.parametrize(
    ("family", "given"),
    [
        ("", ""),
        ("al", "et"),
        ("al.", "et"),
        ("et al.", ""),
        ("", "et al."),
        ("Others", "And"),
        ("others", ""),
        ("", "others"),
    ],
)
def test_et_al_is_nobody(family, given):
    assert set_right(family, given) is None


WORDS = st.lists(
    st.sampled_from("van de la Li Xi X. Y Jane Roe O'Neill Jean-Luc 王 小明 Çağlar bin Łukasz".split()), min_size=1, max_size=5
)


@given(WORDS)
def test_splitting_loses_no_word(words):
    found = split_name(" ".join(words))
    assert found is not None
    assert words == f"{found.given} {found.family}".split()


@given(WORDS, st.integers(0, 5))
def test_setting_right_loses_no_word(words, at):
    found = set_right(" ".join(words[at:]), " ".join(words[:at]))
    assert found is not None
    assert sorted(words) == sorted(f"{found.given} {found.family}".split())


@given(st.text(max_size=15), st.text(max_size=15), st.text(max_size=5))
def test_any_text_is_a_name_of_the_model_or_none(family, given, suffix):
    for found in (split_name(family), set_right(family, given, suffix)):
        assert found is None or all(part == clean(part) for part in (found.family, found.given, found.suffix, found.literal))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (("LIN, JIANGHAO", "DU, Kounian"), ("Lin, Jianghao", "Du, Kounian")),
        (("O'NEILL, J. H.", "SMITH-JONES, AL"), ("O'Neill, J. H.", "Smith-Jones, AL")),
        (("LIN, JIANGHAO", "Du, KOUNIAN"), ("LIN, JIANGHAO", "Du, KOUNIAN")),
        (("E, Weinan", "LI, Xi"), ("E, Weinan", "Li, Xi")),
        (("E, Weinan",), ("E, Weinan",)),
        (("王, 小明",), ("王, 小明",)),
        (("{NASA}", "LIN, Xi"), ("{NASA}", "Lin, Xi")),
        ((), ()),
    ],
)
def test_families_in_capitals_are_lowered_if_all_are(written, expected):
    assert names(*expected) == without_capitals(names(*written))


@pytest.mark.parametrize(
    ("guessed", "witnesses", "expected"),
    [
        ("Azmine, Toushik Wasi", ["Wasi Azmine, Toushik"], "Wasi Azmine, Toushik"),
        ("Wasi Azmine, Toushik", ["Azmine, Toushik Wasi"], "Azmine, Toushik Wasi"),
        ("Muller, Jorg Karl", ["Karl Müller, Jörg"], "Karl Muller, Jorg"),  # where, not how, it is split
        ("Azmine, Toushik Wasi", ["Wasi Toushik, Azmine"], "Azmine, Toushik Wasi"),
        ("Azmine, Toushik", ["Wasi, Azmine"], "Azmine, Toushik"),
        ("{Gemini Team}", ["Team, Gemini"], "{Gemini Team}"),
        ("Plato", ["Plato"], "Plato"),
        ("Roe, Jane", [], "Roe, Jane"),
    ],
)
def test_a_witness_says_where_a_name_is_split(guessed, witnesses, expected):
    assert split_as([name(guessed)], names(*witnesses)) == (name(expected),)


@pytest.mark.parametrize(
    ("written", "witness", "expected"),
    [
        ("MCDONALD, J.", "McDonald, J.", "McDonald, J."),
        ("MCDONALD, Jr., MARIE", "McDonald, Marie", "McDonald, Jr., Marie"),
        ("MCDONALD, JANE", "McDonald, Jane", "McDonald, Jane"),
        ("McDonald, J.", "Mcdonald, J.", "McDonald, J."),
        ("MCDONALD, J.", "MCDONALD, J.", "MCDONALD, J."),
        ("MCDONALD, J.", "McDonald, K.", "MCDONALD, J."),
        ("E, Weinan", "e, Weinan", "E, Weinan"),
        ("MCDONALD", "{McDonald}", "MCDONALD"),
        ("LIN, JIANGHAO", "Jianghao, Lin", "Lin, Jianghao"),
    ],
)
def test_a_witness_says_how_a_name_in_capitals_is_spelt(written, witness, expected):
    assert as_witnessed([name(written)], [name(witness)]) == (name(expected),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("van den Oord, Aäron", "Oord, A."),
        ("St. John, James T.", "John, J. T."),
        ("Sigurðsson, Þór", "Sigurdsson, Thor"),
        ("Wang, XJ", "Wang, X. J."),
        ("Wang, XJ", "Wang, X.-J."),
        ("Wang, XJ", "Wang, Xiaojun"),
        ("Li, J.-L.", "Li, Jian-Ling"),
        ("Wang, Xiao-Jun", "Wang, Xiaojun"),
        ("Wang, Xiao Jun", "Wang, Xiaojun"),
        ("King, Martin", "King, Jr., Martin Luther"),
        ("Smith", "Smith, John"),
        ("Wang, Jun", "Jun, Wang"),
        ("王, 小明", "小明, 王"),
        ("王小明", "王, 小明"),
        ("Smith-Jones, A", "Smith Jones, A."),
        ("O’Neill, S.", "O'Neill, S"),
        ("Mc Donald, A", "McDonald, A"),
        ("LIN, JIANGHAO", "Lin, Jianghao"),
        ("Müller, Jörg", "Muller, Jorg"),
        ("Müller, Jörg", "Mueller, Joerg"),
        ("Møller, Søren", "Moeller, Soeren"),
        ("Schäfer, A", "Schaefer, A"),
        ("Strauß, Anna", "Strauss, Anna"),
        ("Kaiser, Łukasz", "Kaiser, Lukasz"),
        ("Yılmaz, Işık", "Yilmaz, Isik"),
        ("Đặng, Văn", "Dang, Van"),
        ("Öztürk, C\u0327ag\u0306lar", "Ozturk, Caglar"),
        ("{Gemini Team}", "{GEMINI-Team}"),
        ("{Gemini Team}", "Team, Gemini"),
        ("Müller, Jürgen", "Mueller, Juergen"),
        ("Lee, Jürgen", "Lee, Juergen"),
        ("Ångström, Anna", "Aangstroem, Anna"),
    ],
)
def test_one_person_written_twice(one, other):
    assert same_person(name(one), name(other))
    assert same_person(name(other), name(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Li, Xiao-Ming", "Li, Xiao-Hui"),
        ("He, X.", "He, Y."),
        ("WANG, WEI", "Wang, Wen"),
        ("WANG, WEI", "Wang, WEN"),
        ("Wang, Jun", "Li, Jun"),
        ("王, 小明", "王, 小红"),
        ("Lee, Chris", "Lee, Christopher"),
        ("García Márquez, G", "García, G"),
        ("{Gemini Team}", "{Gemini Team, Google}"),
        ("{Gemini Team}", "Team, Jane"),
        ("van den Berg, A", "van den Oord, A"),
    ],
)
def test_two_people(one, other):
    assert not same_person(name(one), name(other))
    assert not same_person(name(other), name(one))


PEOPLE = st.one_of(NAMES, WORDS.map(" ".join).map(split_name))


@given(PEOPLE, PEOPLE)
def test_to_be_one_person_is_reflexive_and_symmetric(one, other):
    assert same_person(one, one)
    assert same_person(one, other) == same_person(other, one)


@given(st.lists(PEOPLE, max_size=4), st.lists(PEOPLE, max_size=4))
def test_people_are_shared_at_most_once(one, other):
    assert 0 <= shared(one, other) <= min(len(one), len(other))
    assert shared(one, one) == len(one)
    assert (shared(one, other) == 0) == (shared(other, one) == 0)


@given(st.lists(st.sampled_from(["Li, Jane", "Roe, Max", "Xi, Yunjia", "{Team A}"]), max_size=5), st.randoms())
def test_the_order_of_authors_does_not_matter(one, random):
    people = names(*one)
    assert shared(people, random.sample(people, len(people))) == len(people)
    others = names("Li, Jane", "Li, Jane", "Roe, M.")
    assert shared(people, others) == shared(others, people) == min(one.count("Li, Jane"), 2) + min(one.count("Roe, Max"), 1)


@given(NAMES)
def test_folding_a_name_twice_changes_nothing(person):
    assert fold(str(person)) == fold(fold(str(person)))
