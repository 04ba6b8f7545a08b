"""Desks: the parts of the menu, each with its views; the shell draws the frame from them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import URLPattern

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.departments import department_named
from kantoor.kernel.pages.view import View, is_within
from kantoor.kernel.ui import frame as ui


@dataclass(frozen=True, slots=True)
class Section:
    """Registers of a desk that belong together; the menu folds them under one title.

    `only` says for whom they are of use at all, where a permission can't tell.
    """

    title: Any
    views: Sequence[View]
    only: Callable[[Actor], bool] | None = None


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A desk one may enter, with its registers in the order of the menu.

    A desk of many registers sorts them in `sections`; those in none stand before them.

    A department's desk takes its title, icon, letter and order from what `department.py`
    declares; the shell's own desks say them here. `also` are departments without a desk whose
    actions' forms belong to this one.
    """

    name: str
    views: Sequence[View]
    title: Any = ""
    icon: str = ""
    letter: str = ""
    order: int = 0
    home: str = ""
    also: Sequence[str] = ()
    sections: Sequence[Section] = ()

    def __post_init__(self) -> None:
        for view in self.views:
            assert view.desk == self.name, f"{view.key} stands on the desk {self.name}"
        for section in self.sections:
            for view in section.views:
                assert view in self.views, f"{view.key} is not among the views of the desk"

    @property
    def url(self) -> str:
        """The address of the desk's own page; `home` where that is not its name."""
        return self.home or f"/{self.name}"

    @cached_property
    def known(self) -> "Desk":
        """The desk with what its department declares filled in."""
        declared = department_named(self.name)
        if declared is None:
            return self
        return Desk(
            name=self.name,
            views=self.views,
            title=self.title or declared.title,
            icon=self.icon or declared.icon,
            letter=self.letter or declared.letter,
            order=self.order or declared.order,
            home=self.home,
            also=self.also,
            sections=self.sections,
        )

    def open_views(self, actor: Actor) -> list[View]:
        """The views that the actor may open, and that are of use to them and the company."""
        shown = [view for view in self.views if view.shows_to(actor) and view.concerns(actor)]
        keys = {view.key for view in shown if view.in_menu}
        useless: set[str] = set()
        told: dict[Callable[[Actor], bool], bool] = {}
        for section in self.sections:
            theirs = {view.key for view in section.views}
            if section.only is None or not theirs & keys:
                continue
            if section.only not in told:  # asked once, also where several sections ask it
                told[section.only] = section.only(actor)
            if not told[section.only]:
                useless |= theirs
        return [view for view in shown if not view.in_menu or view.key not in useless]

    def in_frame(self, actor: Actor, path: str) -> ui.Desk | None:
        """The desk as the menu shows it to the actor; None when nothing of it is theirs."""
        shown = self.open_views(actor)
        if not shown or (self.sections and not any(view.in_menu for view in shown)):
            return None
        known = self.known
        active = path == self.url or any(
            is_within(path, f"/{name}") for name in (self.name, *self.also)
        )
        registers, sections = self._menu(shown, path) if active else ([], [])
        return ui.Desk(
            self.name,
            str(known.title),
            known.icon,
            self.url,
            active,
            registers,
            sections,
            known.letter,
        )

    def menu(self, actor: Actor, path: str) -> tuple[list[ui.Register], list[ui.Section]]:
        """The registers that stand by themselves, and the sections, as the actor may open them."""
        return self._menu(self.open_views(actor), path)

    def _menu(
        self, opened: Sequence[View], path: str
    ) -> tuple[list[ui.Register], list[ui.Section]]:
        shown = [view for view in opened if view.in_menu]
        sorted_in = {view.key for section in self.sections for view in section.views}
        alone = [view.register(path) for view in shown if view.key not in sorted_in]
        may_open = {view.key for view in shown}
        sections = [
            ui.Section(
                str(section.title),
                [view.register(path) for view in section.views if view.key in may_open],
            )
            for section in self.sections
        ]
        return alone, [section for section in sections if section.registers]

    def routes(self) -> list[URLPattern]:
        """The addresses of all its views."""
        return [route for view in self.views for route in view.routes()]


_desks: dict[str, Desk] = {}


def open_desk(desk: Desk) -> Desk:
    """Put a desk in the menu; departments call it once, in their `web`."""
    _desks[desk.name] = desk
    return desk


def desks() -> list[Desk]:
    """Every desk, in the order of the menu."""
    return sorted((desk.known for desk in _desks.values()), key=lambda desk: desk.order)


def desk_named(name: str) -> Desk | None:
    """The desk of that name, or the one that has its actions."""
    also = (desk for desk in _desks.values() if name in desk.also)
    return _desks.get(name) or next(also, None)
