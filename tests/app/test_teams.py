"""Teams: who may lead and choose, who gets the client's number, and where the credit stays."""

from collections.abc import Iterator

import pytest

from assistant import running
from assistant import teams as the
from assistant.actions import introductions, leads, teams
from assistant.books.deals import source_of
from assistant.desk import Desk
from assistant.errors import RefusedError
from assistant.notices import (
    ContractorNamed,
    ContractorOffered,
    Introduced,
    LeadGone,
    NoTeam,
    Notice,
    SeatFilled,
    SeatTaken,
    TeamAsked,
    TeamShared,
    TeamShown,
)
from db.leads import Lead as Row
from db.members import Member
from db.offers import Offer
from dialogs.commands import AppointContractor, Choose, LeadTeam, ShareLead, ShowTeam
from nlu.meaning import Contact, Lead
from tests.books.treasury import Books, opened

WORK = Lead(
    roles=("tekstschrijver", "vormgever"),
    client="Waterschap Vallei",
    contact=Contact("Jan de Wit", "0612345678"),
)


@pytest.fixture
def books(database_url: str) -> Iterator[Books]:
    """Mieke shares a lead for a team; Sanne wants the first seat, Bram the second. Anna coordinates."""
    with opened(database_url) as made:
        with made.desk() as desk:
            leads.share(desk, who(made, desk, "mieke"), ShareLead(WORK, "", team=True))
            first, second = seats(desk)
            wants(desk, first, made.ids["sanne"])
            wants(desk, second, made.ids["bram"])
        yield made


def who(books: Books, desk: Desk, name: str) -> Member:
    return desk.member(books.ids[name])


def whole(desk: Desk) -> Row:
    return desk.session.query(Row).filter(Row.state == the.TEAM).one()


def seats(desk: Desk) -> list[Row]:
    return list(the.seats(desk, whole(desk)))


def wants(desk: Desk, seat: Row, member_id: int) -> None:
    """A member said yes to a seat."""
    desk.session.add(
        Offer(
            lead_id=seat.id,
            member_id=member_id,
            wave=1,
            fit={},
            state="yes",
            offered_at=desk.now,
            answered_at=desk.now,
        )
    )
    desk.session.flush()


def appointed(books: Books, desk: Desk, name: str) -> list[Notice]:
    command = AppointContractor(whole(desk).id, books.ids[name])
    return teams.appoint(desk, who(books, desk, "mieke"), command)


@pytest.mark.parametrize(
    ("lead", "tips", "asks"),
    [
        (Lead(roles=("tester",)), (), False),
        (Lead(roles=("tester", "redacteur")), (), True),
        (Lead(roles=("tester", "redacteur"), headcount=1), (), False),  # one person was said
        (Lead(roles=("tester", "redacteur")), ("Bram",), False),  # for somebody in particular
    ],
)
def test_several_roles_may_be_a_team(
    database_url: str, lead: Lead, tips: tuple[str, ...], asks: bool
) -> None:
    with opened(database_url) as books, books.desk() as desk:
        told = leads.share(desk, who(books, desk, "mieke"), ShareLead(lead, "tekst", tips))

    assert any(isinstance(each, TeamAsked) for each in told) is asks
    assert all(
        each.team.text == "" for each in told if isinstance(each, TeamAsked)
    )  # nothing raw under a button


def test_a_team_is_one_lead_a_role_and_the_credit_stays_with_who_shared_it(books: Books) -> None:
    with books.desk() as desk:
        rows = seats(desk)
        assert [each.details["roles"] for each in rows] == [["tekstschrijver"], ["vormgever"]]
        assert {source_of(desk, each.id) for each in rows} == {books.ids["mieke"]}
        assert "Jan" not in str([each.details for each in rows])


def test_who_is_in_it_may_ask_to_lead_and_the_source_decides(books: Books) -> None:
    with books.desk() as desk:
        told = teams.lead(desk, who(books, desk, "sanne"), LeadTeam())
        assert whole(desk).contractor_id is None
        appointed(books, desk, "sanne")
        assert whole(desk).contractor_id == books.ids["sanne"]
        assert {*running.choosers(desk, seats(desk)[1])} == {books.ids["sanne"]}

    offered = [each for each in told if isinstance(each, ContractorOffered)]
    assert [(each.member_id, each.who) for each in offered] == [(books.ids["mieke"], books.ids["sanne"])]


def test_who_shared_it_leads_at_once(books: Books) -> None:
    with books.desk() as desk:
        teams.lead(desk, who(books, desk, "mieke"), LeadTeam())

        assert whole(desk).contractor_id == books.ids["mieke"]


@pytest.mark.parametrize("name", ["anna", "sanne", "bram"])
def test_nobody_but_the_source_appoints(books: Books, name: str) -> None:
    with books.desk() as desk:
        command = AppointContractor(whole(desk).id, books.ids["bram"])
        with pytest.raises(RefusedError) as refusal:
            teams.appoint(desk, who(books, desk, name), command)

    assert isinstance(refusal.value.notice, NoTeam)


@pytest.mark.parametrize("name", ["anna"])
def test_who_has_nothing_to_do_with_it_sees_and_leads_nothing(books: Books, name: str) -> None:
    with books.desk() as desk:
        number = whole(desk).id
        for command in (ShowTeam(), ShowTeam(number), ShowTeam(9_999)):
            with pytest.raises(RefusedError):
                teams.show(desk, who(books, desk, name), command)
        with pytest.raises(RefusedError):
            teams.lead(desk, who(books, desk, name), LeadTeam(number))
        with pytest.raises(RefusedError):  # and the source cannot appoint them either
            appointed(books, desk, name)


def test_only_who_leads_gets_the_clients_number(books: Books) -> None:
    with books.desk() as desk:
        named = [each for each in appointed(books, desk, "sanne") if isinstance(each, ContractorNamed)]
        second = seats(desk)[1]
        told = introductions.choose(desk, who(books, desk, "sanne"), Choose(second.id, books.ids["bram"]))

    assert {each.member_id: each.contact is not None for each in named} == {
        books.ids["sanne"]: True,
        books.ids["mieke"]: False,
    }
    assert not any(isinstance(each, Introduced) for each in told)
    assert [(each.member_id, each.contractor) for each in told if isinstance(each, SeatTaken)] == [
        (books.ids["bram"], "Sanne")
    ]
    assert {each.member_id for each in told if isinstance(each, SeatFilled)} == {
        books.ids["sanne"],
        books.ids["mieke"],
    }


def test_without_who_leads_the_source_chooses_and_hands_over_the_number(books: Books) -> None:
    with books.desk() as desk:
        first = seats(desk)[0]
        told = introductions.choose(desk, who(books, desk, "mieke"), Choose(first.id, books.ids["sanne"]))

    (introduced,) = [each for each in told if isinstance(each, Introduced)]
    assert introduced.contact == WORK.contact


def test_once_somebody_leads_the_source_no_longer_chooses(books: Books) -> None:
    with books.desk() as desk:
        appointed(books, desk, "sanne")
        command = Choose(seats(desk)[1].id, books.ids["bram"])
        with pytest.raises(RefusedError) as refusal:
            introductions.choose(desk, who(books, desk, "mieke"), command)

    assert isinstance(refusal.value.notice, LeadGone)


def test_when_who_leads_is_gone_the_source_chooses_again(books: Books) -> None:
    with books.desk() as desk:
        appointed(books, desk, "sanne")
        who(books, desk, "sanne").state = "left"

        assert {*running.choosers(desk, seats(desk)[1])} == {books.ids["mieke"]}


def test_taken_back_a_team_leaves_alone_who_has_a_seat(books: Books) -> None:
    with books.desk() as desk:
        first, second = seats(desk)
        introductions.choose(desk, who(books, desk, "mieke"), Choose(first.id, books.ids["sanne"]))
        leads.withdraw(desk, who(books, desk, "mieke"), whole(desk).id)

        assert (first.state, second.state) == ("chosen", "withdrawn")


def test_how_it_stands_names_only_who_has_a_seat(books: Books) -> None:
    with books.desk() as desk:
        first = seats(desk)[0]
        introductions.choose(desk, who(books, desk, "mieke"), Choose(first.id, books.ids["sanne"]))
        (shown,) = teams.show(desk, who(books, desk, "bram"), ShowTeam())

    assert isinstance(shown, TeamShown)
    assert [(line.state, line.name) for line in shown.lines] == [("taken", "Sanne"), ("interested", None)]
    assert shown.gaps == ()


def test_a_gap_is_looked_for_outside_by_who_shared_it(database_url: str) -> None:
    with opened(database_url) as books, books.desk() as desk:
        (shared,) = leads.share(desk, who(books, desk, "mieke"), ShareLead(WORK, "", team=True))

    assert isinstance(shared, TeamShared)
    assert [role for _number, role in shared.gaps] == list(WORK.roles)
