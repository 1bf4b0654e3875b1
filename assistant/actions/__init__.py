"""The verbs. Each loads what it needs, lets a rule decide, writes, and reports notices. No action calls another."""
