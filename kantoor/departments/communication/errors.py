"""What somebody who writes, publishes or sends can do wrong."""

from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound


class UnknownItem(NotFound):
    """No such item, text or publication in this company, or not for this reader."""

    code = "communication.unknown_item"


class UnknownAudience(NotFound):
    """No such audience, kind of audience or mailing list in this company."""

    code = "communication.unknown_audience"


class KnownAlready(Conflict):
    """There is something of that code already."""

    code = "communication.known_already"


class NotReady(Conflict):
    """What is asked does not fit the state of the thing."""

    code = "communication.not_ready"


class OwnWork(NotAllowed):
    """Who wrote a text does not approve it."""

    code = "communication.own_work"


class WordsChanged(Conflict):
    """What somebody agrees to is said in other words than those that they were shown."""

    code = "communication.words_changed"


class BadPicture(InvalidInput):
    """A picture that can't be taken, used or shown."""

    code = "communication.bad_picture"


class Careless(Conflict):
    """Something would reach nobody or everybody, and the number was not confirmed."""

    code = "communication.careless"


class UnknownScreen(NotFound):
    """No such screen in this company."""

    code = "communication.unknown_screen"
