"""The books: what is written in the ledger when something happens. Actions and commands come here; a rule decides.

Each function loads, lets `rules.credit` decide, writes, and returns what there is to tell. All of them may be
called again with the same key: nothing is booked twice. None of them may be tried while another transaction of the
collective is open: a turn holds the collective, and so does `db.ledger.book`.
"""
