"""What the server must make of what phones say, in plain code and in memory.

Written from docs/sync.md, it knows no table, no session and no HTTP. The state machine beside it
asks after each exchange whether the server came to the same: outcome for outcome, row for row,
dossier for dossier.
"""
