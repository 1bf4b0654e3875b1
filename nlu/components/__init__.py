"""The parts a message passes through, in the order of reading; each finds one kind of thing and notes it."""

from typing import Final

from nlu.components.client import make_client
from nlu.components.contact import make_contact
from nlu.components.dates import make_dates
from nlu.components.dayparts import make_dayparts
from nlu.components.durations import make_durations
from nlu.components.headcount import make_headcount
from nlu.components.hours import make_hours
from nlu.components.mail import make_mail
from nlu.components.mended import make_mended
from nlu.components.money import make_money
from nlu.components.own_name import make_own_name
from nlu.components.periods import make_periods
from nlu.components.person import make_person
from nlu.components.place import make_place
from nlu.components.remote import make_remote
from nlu.components.role import make_role
from nlu.components.skill import make_skill
from nlu.components.stage import make_stage
from nlu.components.status import make_status
from nlu.components.vocabulary import make_vocabulary
from nlu.components.weekdays import make_weekdays
from nlu.components.wishes import make_wishes
from nlu.components.words import make_words

# The grammars build on the tape that the ones before them have rewritten; of the names, the surer are looked for first.
FACTORIES: Final = {
    "words": make_words,
    "dates": make_dates,
    "weekdays": make_weekdays,
    "mended": make_mended,
    "hours": make_hours,
    "dayparts": make_dayparts,
    "durations": make_durations,
    "money": make_money,
    "periods": make_periods,
    "status": make_status,
    "mail": make_mail,
    "contact": make_contact,
    "client": make_client,
    "wishes": make_wishes,
    "own_name": make_own_name,
    "person": make_person,
    "place": make_place,
    "remote": make_remote,
    "role": make_role,
    "skill": make_skill,
    "stage": make_stage,
    "headcount": make_headcount,
    "vocabulary": make_vocabulary,
}
