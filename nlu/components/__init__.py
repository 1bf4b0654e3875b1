"""The parts a message passes through, in the order of reading; each finds one kind of thing and notes it."""

from nlu.components.contact import make_contact
from nlu.components.dates import make_dates
from nlu.components.durations import make_durations
from nlu.components.hours import make_hours
from nlu.components.money import make_money
from nlu.components.periods import make_periods
from nlu.components.stage import make_stage
from nlu.components.status import make_status
from nlu.components.weekdays import make_weekdays
from nlu.components.words import make_words

# Each grammar builds on the tape that the ones before it have rewritten, so the order matters.
FACTORIES = {
    "words": make_words,
    "dates": make_dates,
    "weekdays": make_weekdays,
    "hours": make_hours,
    "durations": make_durations,
    "money": make_money,
    "periods": make_periods,
    "status": make_status,
    "contact": make_contact,
    "stage": make_stage,
}
