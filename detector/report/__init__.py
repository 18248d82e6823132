"""What was found: for eyes (terminal), for programs (JSON) and for notebooks (frames).

A report counts, orders, marks and words what the nouns hold; it decides nothing itself.
"""
