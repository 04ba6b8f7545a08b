"""What scores are called, and where the pages of satisfaction are."""

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.ui.cells import Status, Tone

SCORES = {
    1: _("1 badly"),
    2: _("2 not well"),
    3: _("3 so-so"),
    4: _("4 well"),
    5: _("5 very well"),
}
TONES: dict[int, Tone] = {1: "bad", 2: "bad", 3: "wait", 4: "good", 5: "good"}


def score(value: int) -> Status:
    """A score as word and shape."""
    return Status(str(value), force_str(SCORES[value]), TONES[value])
