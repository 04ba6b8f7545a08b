"""What follows from terms by reckoning alone: depreciation, spreading and shares, in whole cents.

Nothing here knows a database or an actor: terms in, amounts of minor units out. Every schedule
adds up to what is to be divided, whatever its days: each part is rounded down, and the last one
takes what remains.
"""
