"""Words for work: the same, near, of one field."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlu import build_taxonomy, taxonomy
from nlu.build_taxonomy import ARTEFACT, DATA, TaxonomyError
from nlu.meaning import LanguageCode

TERMS = [
    line.strip().partition(" =")[0].strip().lstrip("!~").lower()
    for path in sorted((DATA / "taxonomy").glob("*.yaml"))
    for kind, lines in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    if kind in {"roles", "skills", "sectors"}
    for line in lines.strip().splitlines()
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
    assert kinds.count("role") >= 250
    assert kinds.count("skill") >= 600


@given(st.text(max_size=60))
def test_any_words_have_a_name_and_are_related_to_themselves(term: str) -> None:
    assert 1.0 in taxonomy.related(term).values()
    assert taxonomy.canonical(taxonomy.canonical(term)) == taxonomy.canonical(term)


def test_the_compact_list_was_made_from_the_readable_one() -> None:
    assert ARTEFACT.read_text(encoding="utf-8") == build_taxonomy.build()


def test_an_unknown_neighbour_is_refused_by_name() -> None:
    with pytest.raises(TaxonomyError, match="fantast"):
        build_taxonomy.number({"kok": 0}, "fantast")
