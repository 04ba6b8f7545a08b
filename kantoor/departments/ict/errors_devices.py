"""What can be done wrong with devices."""

from kantoor.kernel.errors import Conflict, DomainError, NotFound


class UnknownDevice(NotFound):
    """No such device in this company."""

    code = "ict.unknown_device"


class UnknownThing(NotFound):
    """No such location, licence, consumable, sheet or stock-take in this company."""

    code = "ict.unknown"


class KnownDevice(Conflict):
    """There is a device with this serial number already, or one with this code."""

    code = "ict.known_device"


class WrongState(Conflict):
    """The device is not in a state in which this can be done."""

    code = "ict.wrong_state"


class AlreadyDecided(Conflict):
    """It was decided, signed, closed or taken back already."""

    code = "ict.already_decided"


class TooFew(DomainError):
    """There is less in stock than goes out."""

    code = "ict.too_few"


class NoneInStock(Conflict):
    """Nothing of this kind is free to be kept for somebody."""

    code = "ict.none_in_stock"


class UnknownAccount(NotFound):
    """No such account in a system in this company, or it was closed."""

    code = "ict.unknown_account"


class KnownAccount(Conflict):
    """This account in this system is open already."""

    code = "ict.known_account"
