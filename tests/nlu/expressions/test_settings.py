"""What is set in one short message; anything else is left to whom it belongs. A new row is a line."""

import pytest

from nlu.meaning import Setting
from nlu.settings import LONGEST, setting_of

SAID = """
english pls                                 language en
English, please                             language en
in english please                           language en
can we speak English?                       language en
I don't speak Dutch                         language en
mag het in het Engels?                      language en
liever Engels                               language en
nederlands graag                            language nl
in het Nederlands aub                       language nl
praat maar Nederlands met me                language nl
switch to Dutch please                      language nl
antwoordtijd 2 uur                          answer_hours 2
Antwoordtijd is twee uur                    answer_hours 2
zet de antwoordtijd op 1,5 uur              answer_hours 1.5
answer time 2 hours                         answer_hours 2
set answer time to 3 hours please           answer_hours 3
antwoordtijd bij spoed 1 uur                urgent_hours 1
urgent answer time 1 hour                   urgent_hours 1
antwoordtijd bij geruchten 24 uur           rumour_hours 24
maximaal 3 per week                         pushes_per_week 3
hooguit drie seintjes per week graag        pushes_per_week 3
at most 3 per week                          pushes_per_week 3
at most 3 leads a week per person pls       pushes_per_week 3
golven van 4                                wave_size 4
waves of 4                                  wave_size 4
geruchten naar hooguit 2 leden              rumour_size 2
hooguit 5 kandidaten tegelijk               live_candidates 5
herinnering na 8 uur                        remind_hours 8
wachttijd beschikbaarheid 3 uur             confirm_hours 3
wacht een uur op beschikbaarheid            confirm_hours 1
Wacht 4 uur op beschikbaarheid graag        confirm_hours 4
wait 3 hours for availability               confirm_hours 3
waiting time for availability: 1 hour       confirm_hours 1
stand één kandidaat                         mode one
mode one candidate                          mode one
stand: golven                               mode waves
wie kiest: de coördinator                   chooser coordinator
laat de opdrachtgever kiezen                chooser client
wie kiest: de bron                          chooser source
who chooses: the client                     chooser client
stil van 20 tot 7:30                        quiet_hours 20-7:30
quiet from 20 to 8                          quiet_hours 20-8
weekend niet stil                           quiet_weekends off
Instellingen                                show_policy -
contributie?                                dues show
Hoeveel contributie moet ik nog betalen?    dues show
hoeveel is de contributie?                  dues show
how much are the dues?                      dues show
Wie moet nog contributie betalen?           dues list
wie heeft de contributie nog niet betaald?  dues list
openstaande contributie                     dues list
who still owes dues?                        dues list
who hasn't paid their dues yet?             dues list
contributie betaald                         dues claim
ik heb mijn contributie overgemaakt         dues claim
I've paid my dues                           dues claim
Sanne de Vries heeft contributie betaald    dues Sanne de Vries
contributie van Sanne is binnen             dues Sanne
wat verdienden we vorige maand?             totals -
totalen                                     totals -
how much did we earn last month?            totals -
wat bracht ik en wat kreeg ik?              giving -
what did I bring and get this year?         giving -
mijn jaaroverzicht                          statement -
stuur me mijn jaaroverzicht 2026            statement 2026
jaaropgave over 2025                        statement 2025
my statement for 2026                       statement 2026
jaaroverzicht van het collectief            overview -
overzicht penningmeester 2026               overview 2026
the treasurer's overview of 2026            overview 2026
mijn evaluaties                             evaluations -
evaluaties van Sanne                        evaluations Sanne
show me my evaluations                      evaluations -
evaluations of Sanne                        evaluations Sanne
dba-check                                   check_work -
ben ik schijnzelfstandig?                   check_work -
the nine points                             check_work -
hoeveel van mijn omzet komt van Philips?    shares Philips
omzet per klant                             shares -
how much of my turnover comes from KPN?     shares KPN
maak pool Communicatie voor Financiën       pool make|Communicatie|Financiën
zet Sanne Kuipers in pool Communicatie      pool in|Sanne Kuipers|Communicatie
haal Sanne uit de pool Communicatie         pool out|Sanne|Communicatie
tarief van pool Communicatie is 95,50       pool rate|Communicatie|95.50|hour
tarief van pool IT is € 800 per dag         pool rate|IT|800|day
verwijder pool Communicatie                 pool remove|Communicatie
hef pool IT op                              pool remove|IT
hernoem pool IT naar Techniek               pool rename|IT|Techniek
pool IT heet voortaan Techniek              pool rename|IT|Techniek
remove pool IT                              pool remove|IT
rename pool IT to Tech                      pool rename|IT|Tech
bevriend collectief worden met Het Dok      ally propose|Het Dok
nieuw bevriend collectief: Het Dok          ally propose|Het Dok
stop met bevriend collectief Het Dok        ally end|Het Dok
bevriende collectieven                      ally show
vraag een bevriend collectief               ally ask
leg het voor aan een bevriend collectief    ally ask
become allied with The Dock                 ally propose|The Dock
stop with allied collective The Dock        ally end|The Dock
allied collectives                          ally show
ask an allied collective                    ally ask
waar krijgen ze energie van?                drive ask
ik krijg energie van orde scheppen          drive orde scheppen
vergeet waar ik energie van krijg           drive -
what gives them energy?                     drive ask
I get energy from stuck teams               drive stuck teams
wie zitten er in de groep?                  members -
hoeveel leden hebben we                     members -
met hoeveel zijn we?                        members -
who's in the group?                         members -
how many members do we have?                members -
how many are we?                            members -
zet Joe eruit                               put_out Joe
hoeveel kost dit                            show_credit -
how much does it cost?                      show_credit -
verwijder Joe uit de groep                  put_out Joe
kick Joe out                                put_out Joe
remove Joe from the group                   put_out Joe
ik geef de week terug                       duty back
give the week back                          duty back
ik heb Sanne 40 uit de pot betaald          payout Sanne|40
Sanne kreeg 40 uit de pot                   payout Sanne|40
pot aan Sanne uitbetaald                    payout Sanne|
I paid Sanne 40 from the pot                payout Sanne|40
Sanne got her share of the pot              payout Sanne|
contract van pool IT: https://it.nl/Raam?v=2 pool contract|IT|https://it.nl/Raam?v=2
het contract van pool IT weg                pool contract|IT|
contract for pool IT: https://it.nl/a       pool contract|IT|https://it.nl/a
pools                                       pool show
intake: Sanne, Kees en Bram                 duty Sanne, Kees en Bram
Sanne en Kees doen om de beurt de intake    duty Sanne en Kees
wie heeft er deze week intake?              duty show
intakerooster                               duty show
kan iemand mijn week overnemen?             duty swap
wie kan mijn intake overnemen?              duty swap
geen intakedienst meer                      duty off
intake: Sanne and Kees                      duty Sanne and Kees
who is on duty this week?                   duty show
can somebody take over my week?             duty swap
no intake rota                              duty off
link voor klanten                           door show
maak een link voor klanten                  door show
geef me de klantlink                        door show
maak een nieuwe link voor klanten           door renew
sluit de klantlink                          door shut
link for clients                            door show
new client link                             door renew
close the link for clients                  door shut
trek mijn vraag maar in                     inquiry withdraw
het is niet meer nodig                      inquiry withdraw
we hebben al iemand gevonden                inquiry withdraw
it's no longer needed                       inquiry withdraw
we found someone                            inquiry withdraw
in welke pools zit ik?                      pool show
put Sanne in pool IT                        pool in|Sanne|IT
rate of pool IT is 95 per hour              pool rate|IT|95|hour
which pools am I in?                        pool show
ik wil trekken                              team lead
ik trek het team wel                        team lead
wie trekt?                                  team show
team                                        team show
ik breng tien jaar ervaring mee             bring ik breng tien jaar ervaring mee
I want to lead                              team lead
who leads the team?                         team show
I bring ten years of house styles           bring I bring ten years of house styles
deze kwam binnen via het collectief         origin collective
die opdracht is van het collectief          origin collective
deze kwam uit mijn eigen netwerk            origin own
this lead came to the collective            origin collective
Sanne has paid her dues                     dues Sanne
show me the settings                        show_policy -
maak Sanne de Vries coördinator             coordinator Sanne de Vries
make Sanne a coordinator                    coordinator Sanne
maak Sanne de Vries penningmeester          treasurer Sanne de Vries
make Sanne the treasurer                    treasurer Sanne
Bram is penningmeester                      treasurer Bram
Bram is nu onze penningmeester              treasurer Bram
Bram houdt de boeken bij                    treasurer Bram
Sanne keeps the books                       treasurer Sanne
Sanne is ook coördinator                    coordinator Sanne
Carla mag leden uitnodigen                  intake Carla
Carla doet de intake                        intake Carla
Carla does the intake                       intake Carla
Carla may invite members                    intake Carla
Bram is geen penningmeester meer            end_treasurer Bram
Bram stopt als penningmeester               end_treasurer Bram
ik ben geen penningmeester meer             end_treasurer ik
Sanne is geen coördinator meer              end_coordinator Sanne
haal Sanne weg als coördinator              end_coordinator Sanne
ik stop als coördinator                     end_coordinator ik
Carla doet de intake niet meer              end_intake Carla
Carla mag geen leden meer uitnodigen        end_intake Carla
Bram is no treasurer any more               end_treasurer Bram
I am no longer the coordinator              end_coordinator I
Carla may no longer invite members          end_intake Carla
wie is de coördinator?                      show_roles -
wie is penningmeester                       show_roles -
wie doet wat?                               show_roles -
rollen                                      show_roles -
who is the treasurer?                       show_roles -
alleen passend                              volume fitting
alleen het weekoverzicht                    volume digest
stuur me maar alles                         volume all
only the digest                             volume digest
stil                                        volume quiet
ik wil minder berichten                     volume ?
weekoverzicht op maandag om 10 uur          digest 0-10
digest on Friday                            digest 4-
tijdzone Lissabon                           zone Europe/Lisbon
my time zone is Europe/Athens               zone europe/athens
wat kan ik de klant antwoorden?             client_reply -
alleen gesprekken                           outcome talks
just talks                                  outcome talks
opdracht weg, maar ze willen iets anders    change_lead -
zelfde als vorige maand                     same_turnover -
mijn munten                                 coins -
how many coins do I have?                   coins -
ik heb een artikel over ons geplaatst       publicity ik heb een artikel over ons geplaatst
openstaande betalingen                      open_list -
who still has to pay?                       open_list -
wat houdt het collectief?                   show_credit -
afdracht 12%                                credit_percent 12
bron krijgt 60 procent                      credit_source_percent 60
maxima 5.000, 7.500 en 10.000               credit_tiers 5.000. 7.500 en 10.000
maximum per klant                           credit_caps_per client
omzet aan het eind                          credit_report_every end
omzet telt de eerste 12 maanden             credit_count_months 12
verlengingen tellen niet mee                credit_count_extensions off
vervolgopdrachten tellen mee                credit_count_followups on
omzet inclusief btw                         credit_with_vat on
btw 21%                                     credit_vat_percent 21
50% naar de pot                             credit_pot_percent 50
contributie niet in de pot                  credit_dues_in_pot off
contributie 62,50 per kwartaal              credit_dues_cents 62.50
entree is 25 euro                           credit_entry_cents 25
twee coins voor een nieuw lid               credit_coins_newcomer 2
2 coins for talks                           credit_coins_talks 2
coins van wie weggaat vervallen             credit_leaver_coins lapse
what can I tell the client?                 client_reply -
"""

OTHERS = [
    "english",
    "Engels",
    "ik spreek Engels",
    "I speak English and Dutch please",
    "stand van mijn leads",
    "opdracht: tester, Utrecht, maximaal 3 dagen per week",
    "ik kan maximaal 3 dagen per week",
    "kies Sanne",
    "wat staat er open?",
    "ik heb een artikel geschreven",
    "hoe hoog is de afdracht op mijn opdracht?",
    "ik wil 60% werken",
    "stil tot maandag",
    "antwoord: ja graag",
    "ik wil weten wie kiest",
    "vanaf maandag vrij",
    "3 dagen per week",
    "ik wil eruit",
    "hoe ziet het eruit?",
    "verwijder mij",
    "ik heb er weer energie voor",
    "wie betaalt de contributie van Bram als hij weg is",
    "ik wil niet meer betalen",
    "antwoordtijd " + "x" * LONGEST,
    "",
]


@pytest.mark.parametrize("line", SAID.strip().splitlines())
def test_what_is_set(line: str) -> None:
    text, meant = line[:44].strip(), line[44:].split(maxsplit=1)
    name, value = meant[0], meant[1] if len(meant) > 1 else ""

    assert setting_of(text) == Setting(name, "" if value == "-" else value)


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_something_else(text: str) -> None:
    assert setting_of(text) is None
