"""Whether two tellings are one lead: pairs that are, and pairs that only look alike."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.sameness import LeadPrint, print_of, same_lead, words_of

APRIL = date(2027, 4, 1)
MAIL = """Beste Anna, voor de gemeente Utrecht zoeken wij een ervaren projectleider openbare ruimte, 32 uur per week
vanaf 1 april, tarief maximaal 105 euro. Ervaring met participatie en aanbesteden is een pre. Groeten, Kees"""
ROLE = LeadPrint(roles=frozenset({"projectleider"}))
TERMS = replace(ROLE, place="Utrecht", start=APRIL, hours=(32, 32), rate_cents=10_500)
AT_CLIENT = replace(TERMS, client="Gemeente Utrecht")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(AT_CLIENT, AT_CLIENT, id="told twice"),
        pytest.param(AT_CLIENT, replace(ROLE, client="gemeente utrecht"), id="the short version"),
        pytest.param(AT_CLIENT, replace(AT_CLIENT, start=date(2027, 4, 15)), id="about April"),
        pytest.param(AT_CLIENT, replace(AT_CLIENT, rate_cents=10_000), id="about a hundred"),
        pytest.param(AT_CLIENT, replace(AT_CLIENT, hours=(24, 32)), id="24 to 32 hours"),
        pytest.param(AT_CLIENT, replace(AT_CLIENT, hours=(None, 36)), id="at most 36 hours"),
        pytest.param(AT_CLIENT, replace(AT_CLIENT, place="Utrecht Centrum"), id="the place in more words"),
        pytest.param(
            replace(ROLE, client="Voorbeeld B.V."),
            replace(ROLE, client="voorbeeld"),
            id="without the legal form",
        ),
        pytest.param(
            replace(ROLE, contact="kees@client.example"),
            replace(TERMS, contact="Kees@client.example"),
            id="same contact",
        ),
        pytest.param(TERMS, TERMS, id="role, place and all terms"),
        pytest.param(TERMS, replace(TERMS, rate_cents=None), id="role, place, start and hours"),
        pytest.param(TERMS, replace(TERMS, start=date(2027, 4, 8)), id="a week after the first"),
        pytest.param(print_of(MAIL, TERMS), print_of("FW: " + MAIL, TERMS), id="forwarded"),
        pytest.param(
            print_of(MAIL, LeadPrint()),
            print_of("Hoi allen, iets voor jullie? " + MAIL, LeadPrint()),
            id="words only",
        ),
        pytest.param(
            print_of(MAIL, LeadPrint()),
            print_of(
                MAIL + " Dit bericht is vertrouwelijk en alleen bestemd voor de geadresseerde persoon. " * 2,
                ROLE,
            ),
            id="with a disclaimer under it",
        ),
        pytest.param(
            replace(AT_CLIENT, roles=frozenset()), AT_CLIENT, id="role not understood, client and terms are"
        ),
    ],
)
def test_same(one: LeadPrint, other: LeadPrint) -> None:
    assert same_lead(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            AT_CLIENT, replace(AT_CLIENT, roles=frozenset({"jurist"})), id="two roles at one client"
        ),
        pytest.param(
            print_of(MAIL, TERMS),
            print_of(MAIL, replace(TERMS, roles=frozenset({"jurist"}))),
            id="a template",
        ),
        pytest.param(AT_CLIENT, replace(AT_CLIENT, client="Provincie Utrecht"), id="another client"),
        pytest.param(AT_CLIENT, replace(AT_CLIENT, place="Almere"), id="another town"),
        pytest.param(AT_CLIENT, replace(AT_CLIENT, start=date(2027, 9, 1)), id="after the summer"),
        pytest.param(AT_CLIENT, replace(AT_CLIENT, rate_cents=7_500), id="another rate"),
        pytest.param(AT_CLIENT, replace(AT_CLIENT, hours=(8, 16)), id="two days"),
        pytest.param(TERMS, replace(TERMS, start=date(2027, 4, 15)), id="no client, two weeks later"),
        pytest.param(TERMS, replace(TERMS, rate_cents=10_000), id="no client, another rate"),
        pytest.param(ROLE, ROLE, id="only a general role"),
        pytest.param(replace(ROLE, place="Utrecht"), replace(ROLE, place="Utrecht"), id="role and town"),
        pytest.param(
            replace(ROLE, client="de gemeente"),
            replace(ROLE, client="een gemeente"),
            id="a kind of client is no name",
        ),
        pytest.param(
            replace(ROLE, client="bank"), replace(ROLE, client="Voorbeeldbank"), id="a bank may be any bank"
        ),
        pytest.param(
            print_of("projectleider gezocht", LeadPrint()),
            print_of("projectleider gezocht", LeadPrint()),
            id="few words",
        ),
        pytest.param(LeadPrint(), LeadPrint(), id="nothing known"),
        pytest.param(
            replace(TERMS, roles=frozenset(), contact="kees"),
            replace(ROLE, contact="kees"),
            id="same contact, nothing else in common",
        ),
    ],
)
def test_not_the_same(one: LeadPrint, other: LeadPrint) -> None:
    assert not same_lead(one, other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Ik zoek een Projectleider!", {"projectleider"}, id="small words go"),
        pytest.param("Fwd: coördinator, 32 uur", {"coordinator", "32", "uur"}, id="accents and marks go"),
        pytest.param("We are looking for an engineer", {"engineer"}, id="English"),
        pytest.param("🙂 ...", set(), id="no words"),
    ],
)
def test_words(text: str, words: set[str]) -> None:
    assert words_of(text) == words


PRINTS = st.builds(
    LeadPrint,
    roles=st.frozensets(st.sampled_from(["projectleider", "jurist"])),
    client=st.sampled_from([None, "Gemeente Utrecht", "Provincie Utrecht", "de gemeente"]),
    place=st.sampled_from([None, "Utrecht", "Almere", "Utrecht Centrum"]),
    start=st.none() | st.dates(APRIL, APRIL + timedelta(days=60)),
    hours=st.sampled_from([None, (32.0, 32.0), (24.0, None), (None, 16.0)]),
    rate_cents=st.sampled_from([None, 10_000, 10_500, 6_000]),
    contact=st.sampled_from([None, "kees@client.example", ""]),
    words=st.frozensets(st.sampled_from(sorted(words_of(MAIL)))),
)


@given(PRINTS, PRINTS)
def test_sameness_has_no_direction(one: LeadPrint, other: LeadPrint) -> None:
    assert same_lead(one, other) == same_lead(other, one)


@given(PRINTS, PRINTS)
def test_two_roles_are_two_leads(one: LeadPrint, other: LeadPrint) -> None:
    jurist, leader = (
        replace(one, roles=frozenset({"jurist"})),
        replace(other, roles=frozenset({"projectleider"})),
    )

    assert not same_lead(jurist, leader)


@given(PRINTS)
def test_a_lead_with_a_role_and_a_contact_is_itself(one: LeadPrint) -> None:
    told = replace(one, roles=frozenset({"jurist"}), contact="kees@client.example")

    assert same_lead(told, told)
