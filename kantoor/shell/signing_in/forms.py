"""The forms of signing in and of changing one's password."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.passwords import LONGEST, SHORTEST


class SignInForm(forms.Form):
    """Name and password."""

    user = forms.CharField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class PasswordForm(forms.Form):
    """The present password and the new one."""

    current = forms.CharField(
        label=_("Present password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    new = forms.CharField(
        label=_("New password"),
        max_length=LONGEST,
        strip=False,
        help_text=_("{least} characters or more; a few words in a row do well.").format(
            least=SHORTEST
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
