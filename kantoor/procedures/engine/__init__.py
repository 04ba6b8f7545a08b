"""Running diagrams, in memory: SpiffWorkflow moves the tokens, Kantoor does the work.

Nothing here knows the database. `compiling` makes of a diagram what can run, `running` moves an
instance on to where it waits, `frozen` is what of an instance is kept.
"""
