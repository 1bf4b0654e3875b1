"""Words for work: the same, near, of one field."""

import json
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlu import build_taxonomy, taxonomy
from nlu.build_taxonomy import ARTEFACT, DATA, TaxonomyError
from nlu.lexicon import Hit, Words, key
from nlu.meaning import LanguageCode
from nlu.taxonomy import Named

TERMS = [
    line.strip().partition(" =")[0].strip().lstrip("!~").lower()
    for path in sorted((DATA / "taxonomy").glob("*.yaml"))
    for kind, lines in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    if kind in {"roles", "skills", "sectors"}
    for line in lines.strip().splitlines()
]


ROLES_AND_SKILLS = [
    row[0] for row in json.loads(ARTEFACT.read_text(encoding="utf-8"))["terms"] if row[2] != "sector"
]


@pytest.mark.parametrize(
    ("said", "canonical"),
    [
        ("pm", "projectleider"),
        ("project manager", "projectleider"),
        ("Projectmanager", "projectleider"),
        ("project leider", "projectleider"),
        ("projectleiders", "projectleider"),
        ("programmamanager", "programmamanager"),
        ("senior python developer", "python-ontwikkelaar"),
        ("fotografen", "fotograaf"),
        ("psychologen", "psycholoog"),
        ("wmo consulent", "wmo-consulent"),
        ("GDPR", "privacy"),
        ("bank", "banken"),
        ("banking", "banken"),
        ("bancaire sector", "banken"),
        ("de zorg", "zorg"),
        ("gezondheidszorg", "zorg"),
        ("ziekenhuis", "ziekenhuizen"),
        ("municipality", "gemeenten"),
        ("public sector", "overheid"),
        ("insurers", "verzekeringen"),
        ("scholen", "onderwijs"),
        ("Power-BI", "power bi"),
        ("golang", "go"),
        ("  eigen   Woorden ", "eigen woorden"),
        ("", ""),
    ],
)
def test_words_for_the_same_have_one_name(said: str, canonical: str) -> None:
    assert taxonomy.canonical(said) == canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("woordvoerder", "communicatieadviseur"),
        ("scrum master", "agile coach"),
        ("python-ontwikkelaar", "python"),
        ("beleidsadviseur energie", "beleidsadviseur"),
        ("omgevingscommunicatieadviseur", "communicatieadviseur"),
        ("react", "javascript"),
        ("rijksoverheid", "overheid"),
        ("gemeente", "overheid"),
        ("ziekenhuis", "zorg"),
        ("bank", "financiële sector"),
    ],
)
def test_near_terms_are_related(one: str, other: str) -> None:
    assert 0.5 <= taxonomy.related(one)[other] < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("projectleider", "programmamanager"),
        ("pm", "programmamanager"),
        ("kok", "verpleegkundige"),
        ("adviseur bodem", "consultant"),
        ("manager van alles", "afdelingsmanager"),
    ],
)
def test_far_terms_are_not_related(one: str, other: str) -> None:
    assert other not in taxonomy.related(one)


@pytest.mark.parametrize(
    ("term", "field"),
    [
        ("tester", "software"),
        ("controller", "finance"),
        ("woordvoerder", "communication"),
        ("wolkenkunst", None),
        ("beleidsadviseur energie", "public"),
    ],
)
def test_a_term_belongs_to_a_field(term: str, field: str | None) -> None:
    assert taxonomy.field_of(term) == field


@pytest.mark.parametrize(
    ("term", "language", "shown"),
    [
        ("pm", "nl", "projectleider"),
        ("projectleider", "en", "project manager"),
        ("project leader", "nl", "projectleider"),
        ("verpleegkundige", "en", "nurse"),
        ("redacteur", "en", "content editor"),
        ("Eigen Woord", "en", "Eigen Woord"),
        ("power bi", "nl", "Power BI"),
        ("sql", "en", "SQL"),
        ("wwft", "nl", "Wwft"),
        ("c#", "nl", "C#"),
        ("prince2", "en", "PRINCE2"),
        ("sap", "nl", "SAP"),
        ("sap specialist", "nl", "SAP-consultant"),
        ("it projectmanager", "en", "IT project manager"),
        ("golang", "nl", "Go"),
        ("swift", "en", "Swift"),
        ("react", "en", "React"),
        ("rest api", "nl", "REST-API's"),
        ("python developer", "nl", "Python-ontwikkelaar"),
        ("engels", "nl", "Engels"),
        ("engels", "en", "English"),
        ("banken", "en", "banking"),
        ("healthcare", "nl", "zorg"),
        ("goede doelen", "nl", "goede doelen"),
    ],
)
def test_a_term_is_shown_in_the_readers_language(term: str, language: LanguageCode, shown: str) -> None:
    assert taxonomy.display(term, language) == shown


@pytest.mark.parametrize("term", TERMS)
def test_every_main_term_is_its_own_name_and_nearest_to_itself(term: str) -> None:
    assert taxonomy.canonical(term) == term
    assert taxonomy.related(term)[term] == 1.0
    assert all(0.5 <= closeness <= 1 for closeness in taxonomy.related(term).values())


def test_there_are_enough_words_for_a_varied_collective() -> None:
    kinds = [taxonomy.kind_of(term) for term in TERMS]
    assert kinds.count("role") >= 400
    assert kinds.count("skill") >= 1500


def test_no_term_stands_twice() -> None:
    counted = Counter(key(term) for term in ROLES_AND_SKILLS)

    assert [term for term, count in counted.items() if count > 1] == []


def test_every_term_has_a_name_in_both_languages() -> None:
    assert [
        term for term in TERMS if not taxonomy.display(term, "nl") or not taxonomy.display(term, "en")
    ] == []


def test_every_role_has_a_group_of_isco_08() -> None:
    codes = build_taxonomy.isco_codes()
    roles = [term for term in TERMS if taxonomy.kind_of(term) == "role"]

    assert len(codes) == 436
    assert {taxonomy.isco_of(role) for role in roles} <= codes


@pytest.mark.parametrize(
    ("term", "group"),
    [
        ("pm", "2421"),
        ("verpleegkundigen", "2221"),
        ("python developer", "2512"),
        ("timmerman", "7115"),
        ("prince2", None),
        ("wolkenkunstenaar", None),
    ],
)
def test_a_term_has_its_group(term: str, group: str | None) -> None:
    assert taxonomy.isco_of(term) == group


def test_a_group_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TaxonomyError, match="no group 9999"):
        build_taxonomy._groups([{"isco": "9999: kok"}], [("kok", "cook", "role", "x", [], {})], {"kok": 0})


def test_a_role_without_a_group_is_refused() -> None:
    with pytest.raises(TaxonomyError, match="kok stands in 0 groups"):
        build_taxonomy._groups([], [("kok", "cook", "role", "x", [], {})], {"kok": 0})


EVERYDAY = (Path(__file__).parent / "everyday.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("sentence", EVERYDAY)
def test_everyday_sentences_hold_no_skill(sentence: str) -> None:
    found = [hit.value.term.nl for hit in taxonomy.phrases().find(Words(sentence)) if _counts(hit, sentence)]

    assert found == []


def _counts(hit: Hit[Named], sentence: str) -> bool:
    said = Words(sentence).said(hit.first, hit.last)
    return hit.value.term.kind == "skill" and hit.value.exact in (None, said)


@given(st.text(max_size=60))
def test_any_words_have_a_name_and_are_related_to_themselves(term: str) -> None:
    assert 1.0 in taxonomy.related(term).values()
    assert taxonomy.canonical(taxonomy.canonical(term)) == taxonomy.canonical(term)


def test_the_compact_list_was_made_from_the_readable_one() -> None:
    assert ARTEFACT.read_text(encoding="utf-8") == build_taxonomy.build()


def test_an_unknown_neighbour_is_refused_by_name() -> None:
    with pytest.raises(TaxonomyError, match="fantast"):
        build_taxonomy.number({"kok": 0}, "fantast")
