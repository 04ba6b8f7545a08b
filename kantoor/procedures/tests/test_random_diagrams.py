"""Random diagrams of sound blocks against a second, independent model, frozen at every step or never.

The model is a term that is rewritten: what is open in a block, and what comes after it. No token is
lost, none comes twice, each ends; and an instance that is written away between any two steps, or moved to
a version that is the same, goes on as one that is not.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kantoor.kernel.expressions import Value
from kantoor.procedures.diagrams.elements import Element
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.engine.compiling import Ready, ready
from kantoor.procedures.engine.moving import expect, moved
from kantoor.procedures.engine.running import Run, Scope
from kantoor.procedures.tests.drawn import drawn

TIMER = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
ITEMS = ["x", None, "z"]


@dataclass(frozen=True)
class Block:
    """A part of a diagram with one way in and one out: `kind` and the parts within."""

    kind: str
    parts: tuple["Block", ...] = ()


LEAVES = ["task", "self", "each", "turn", "race", "bounded", "beside"]
BLOCKS = st.recursive(
    st.sampled_from([Block(kind) for kind in LEAVES]),
    lambda inner: st.builds(
        lambda kind, parts: Block(kind, tuple(parts)),
        st.sampled_from(["line", "choice", "both", "some", "loop", "sub", "subtimed"]),
        st.lists(inner, min_size=2, max_size=3),
    ),
    max_leaves=7,
)


@dataclass
class Drawing:
    """What is drawn so far."""

    body: list[str] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)
    count: int = 0

    def name(self, kind: str) -> str:
        """A fresh identifier."""
        self.count += 1
        return f"{kind}{self.count}"


@dataclass(frozen=True)
class Node:
    """A block as it was drawn, for the model: its identifier, kind and parts."""

    id: str
    kind: str
    parts: tuple["Node", ...] = ()
    ends: str = ""


def draw(block: Block, on: Drawing) -> tuple[str, str, Node]:
    """Draw a block; its first and last element, and what the model is to know of it."""
    make = {
        "task": _task, "self": _task, "each": _task, "turn": _task, "race": _race,
        "bounded": _bounded, "beside": _bounded, "line": _line, "choice": _gates, "both": _gates,
        "some": _gates, "loop": _loop, "sub": _sub, "subtimed": _sub,
    }[block.kind]  # fmt: skip
    return make(block, on)


def _task(block: Block, on: Drawing) -> tuple[str, str, Node]:
    name = on.name(block.kind)
    tag = "serviceTask" if block.kind == "self" else "userTask"
    loop = ""
    if block.kind in ("each", "turn"):
        turn = "true" if block.kind == "turn" else "false"
        loop = (
            f'<multiInstanceLoopCharacteristics isSequential="{turn}">'
            '<loopDataInputRef>items</loopDataInputRef><inputDataItem id="i" name="item"/>'
            "</multiInstanceLoopCharacteristics>"
        )
    on.body.append(f'<{tag} id="{name}">{loop}</{tag}>')
    return name, name, Node(name, block.kind)


def _race(block: Block, on: Drawing) -> tuple[str, str, Node]:
    gate, out = on.name("race"), on.name("x")
    one, two = on.name("ev"), on.name("ev")
    on.body += [f'<eventBasedGateway id="{gate}"/>', f'<exclusiveGateway id="{out}"/>']
    on.body += [
        f'<intermediateCatchEvent id="{e}">{TIMER}</intermediateCatchEvent>' for e in (one, two)
    ]
    on.flows += [f"{gate} > {e} > {out}" for e in (one, two)]
    return gate, out, Node(gate, "race", (Node(one, "ev"), Node(two, "ev")))


def _bounded(block: Block, on: Drawing) -> tuple[str, str, Node]:
    name, edge, after, out = on.name("u"), on.name("edge"), on.name("task"), on.name("x")
    stops = "true" if block.kind == "bounded" else "false"
    on.body += [
        f'<userTask id="{name}"/><userTask id="{after}"/>',
        f'<boundaryEvent id="{edge}" attachedToRef="{name}" cancelActivity="{stops}">{TIMER}</boundaryEvent>',
    ]
    if block.kind == "bounded":
        on.body.append(f'<exclusiveGateway id="{out}"/>')
        on.flows += [f"{name} > {out}", f"{edge} > {after} > {out}"]
        return name, out, Node(name, "bounded", (Node(edge, "ev"), Node(after, "task")))
    end = on.name("end")
    on.body.append(f'<endEvent id="{end}"/>')
    on.flows.append(f"{edge} > {after} > {end}")
    return name, name, Node(name, "beside", (Node(edge, "ev"), Node(after, "task")))


def _line(block: Block, on: Drawing) -> tuple[str, str, Node]:
    made = [draw(part, on) for part in block.parts]
    on.flows += [f"{a[1]} > {b[0]}" for a, b in pairwise(made)]
    return made[0][0], made[-1][1], Node("", "line", tuple(each[2] for each in made))


def _gates(block: Block, on: Drawing) -> tuple[str, str, Node]:
    tag = {"choice": "exclusive", "both": "parallel", "some": "inclusive"}[block.kind]
    split, join = on.name("split"), on.name("join")
    made = [draw(part, on) for part in block.parts]
    default = "" if block.kind == "both" else f' default="{split}-{made[-1][0]}"'
    on.body += [f'<{tag}Gateway id="{split}"{default}/>', f'<{tag}Gateway id="{join}"/>']
    for first, last, node in made:
        condition = ""
        if block.kind != "both" and node is not made[-1][2]:
            condition = f" [{split}_{made.index((first, last, node))}]"
        on.flows += [f"{split} > {first}{condition}", f"{last} > {join}"]
    return split, join, Node(split, block.kind, tuple(each[2] for each in made))


def _loop(block: Block, on: Drawing) -> tuple[str, str, Node]:
    enter, again = on.name("enter"), on.name("again")
    wait = _task(Block("task"), on)
    made = draw(block.parts[0], on)
    on.body += [
        f'<exclusiveGateway id="{enter}"/>',
        f'<exclusiveGateway id="{again}" default="{again}-{again}out"/>',
        f'<exclusiveGateway id="{again}out"/>',
    ]
    on.flows += [
        f"{enter} > {wait[0]} > {made[0]}", f"{made[1]} > {again} > {again}out",
        f"{again} > {enter} [rounds_{again} &lt; 0]".replace("&lt; 0", "== 1"),
    ]  # fmt: skip
    return enter, f"{again}out", Node(again, "loop", (wait[2], made[2]))


def _sub(block: Block, on: Drawing) -> tuple[str, str, Node]:
    name = on.name("sub")
    inner = Drawing(count=on.count)
    made = draw(block.parts[0], inner)
    on.count = inner.count
    inside = drawn(
        "k", f'<startEvent id="{name}s"/>{"".join(inner.body)}<endEvent id="{name}e"/>',
        f"{name}s > {made[0]}", f"{made[1]} > {name}e", *inner.flows,
    )  # fmt: skip
    inside = inside.partition('isExecutable="true" >')[2].partition("</process>")[0]
    on.body.append(f'<subProcess id="{name}">{inside}</subProcess>')
    if block.kind == "sub":
        return name, name, Node(name, "sub", (made[2],))
    edge, after, out = on.name("edge"), on.name("task"), on.name("x")
    on.body.append(
        f'<boundaryEvent id="{edge}" attachedToRef="{name}">{TIMER}</boundaryEvent>'
        f'<userTask id="{after}"/><exclusiveGateway id="{out}"/>'
    )
    on.flows += [f"{name} > {out}", f"{edge} > {after} > {out}"]
    return name, out, Node(name, "subtimed", (made[2], Node(edge, "ev"), Node(after, "task")))


# --- the model: a state is a tree of what is open; `open_` gives names, `took` the next state


class Model:
    """What may be done, by rewriting. `values` are those of the instance, and may change."""

    def __init__(self, values: dict[str, Value]) -> None:
        self.values = values
        self.beside: list[Any] = []
        self.did: Counter[str] = Counter()

    def enter(self, node: Node) -> Any:
        """What is open once a token came to a block; None when it went through already."""
        kind = node.kind
        if kind == "self":
            self.did[node.id] += 1
            return None
        if kind in ("each", "turn"):
            return [kind, node, len(ITEMS)]
        if kind == "line":
            return self._line(node, 0)
        if kind in ("choice", "some"):
            return self._chosen(node)
        if kind == "both":
            return self._all(node, [self.enter(part) for part in node.parts])
        if kind == "loop":
            return self._round(node)
        if kind in ("sub", "subtimed"):
            inner = self.enter(node.parts[0])
            return None if inner is None else [kind, node, inner, []]
        if kind == "beside":
            return ["beside", node, True]
        return [kind, node]

    def _line(self, node: Node, at: int) -> Any:
        while at < len(node.parts):
            inner = self.enter(node.parts[at])
            if inner is not None:
                return ["line", node, at, inner]
            at += 1
        return None

    def _chosen(self, node: Node) -> Any:
        last = len(node.parts) - 1
        chosen = [n for n in range(last) if self.values[f"{node.id}_{n}"]] or [last]
        if node.kind == "choice":
            chosen = chosen[:1]
        return self._all(node, [self.enter(node.parts[n]) for n in chosen])

    def _all(self, node: Node, inner: list[Any]) -> Any:
        left = [each for each in inner if each is not None]
        return ["all", node, left] if left else None

    def _round(self, node: Node) -> Any:
        return ["loop", node, 0, self.enter(node.parts[0])]

    def open_(self, state: Any) -> list[str]:
        """The elements at which something can come or be done."""
        if state is None:
            return []
        kind, node = state[0], state[1]
        if kind in ("task", "ev"):
            return [node.id]
        if kind == "each":
            return [node.id] * state[2]
        if kind == "turn":
            return [node.id]
        if kind == "race":
            return [part.id for part in node.parts]
        if kind == "bounded":
            return [node.id, node.parts[0].id]
        if kind == "beside":
            return [node.id, *([node.parts[0].id] if state[2] else [])]
        if kind == "all":
            return [name for each in state[2] for name in self.open_(each)]
        if kind in ("line", "loop"):
            return self.open_(state[3])
        names = self.open_(state[2]) + [n for each in state[3] for n in self.open_(each)]
        return names + ([node.parts[1].id] if kind == "subtimed" else [])

    def take(self, state: Any, name: str, scope: list[Any]) -> Any:
        """The state once it happened; what a non-interrupting event begins goes to its scope."""
        kind, node = state[0], state[1]
        if kind in ("task", "ev"):
            return None
        if kind in ("each", "turn"):
            return None if state[2] == 1 else [kind, node, state[2] - 1]
        if kind == "race":
            return None
        if kind == "bounded":
            return None if name == node.id else ["task", node.parts[1]]
        if kind == "beside":
            if name == node.id:
                return None
            scope.append(["task", node.parts[1]])
            return ["beside", node, False]
        if kind == "all":
            rest = list(state[2])
            at = next(n for n, each in enumerate(rest) if name in self.open_(each))
            rest[at] = self.take(rest[at], name, scope)
            return self._all(node, rest)
        if kind == "line":
            inner = self.take(state[3], name, scope)
            return (
                self._line(node, state[2] + 1) if inner is None else ["line", node, state[2], inner]
            )
        if kind == "loop":
            return self._looped(node, state[2], self.take(state[3], name, scope))
        return self._inside(state, name)

    def _looped(self, node: Node, at: int, inner: Any) -> Any:
        if inner is None and at == 0:
            at, inner = 1, self.enter(node.parts[1])
        if inner is None:
            return self._round(node) if self.values[f"rounds_{node.id}"] == 1 else None
        return ["loop", node, at, inner]

    def _inside(self, state: Any, name: str) -> Any:
        kind, node, inner, scope = state
        if kind == "subtimed" and name == node.parts[1].id:
            return ["task", node.parts[2]]
        scope = list(scope)
        if inner is not None and name in self.open_(inner):
            inner = self.take(inner, name, scope)
        else:
            at = next(n for n, each in enumerate(scope) if name in self.open_(each))
            scope[at] = self.take(scope[at], name, scope)
            scope = [each for each in scope if each is not None]
        return None if inner is None and not scope else [kind, node, inner, scope]


def conditions(node: Node) -> dict[str, Value]:
    """The names that the conditions of a diagram read."""
    found: dict[str, Value] = {}
    for part in node.parts:
        found |= conditions(part)
    if node.kind in ("choice", "some"):
        found |= {f"{node.id}_{n}": False for n in range(len(node.parts) - 1)}
    if node.kind == "loop":
        found[f"rounds_{node.id}"] = 0
    return found


def at_work(run: Run) -> Counter[str]:
    """Where an instance stands, by element."""
    assert not run.failed, run.failed
    return Counter(place.element.id for place in run.places())


def compiled(block: Block) -> tuple[Ready, Node]:
    """A block as a diagram that runs."""
    on = Drawing()
    first, last, node = draw(block, on)
    body = f'<startEvent id="s"/><endEvent id="e"/>{"".join(on.body)}'
    diagram = read_diagram(drawn("k", body, f"s > {first}", f"{last} > e", *on.flows).encode())
    return ready(diagram, "s"), node


@settings(max_examples=60, deadline=None)
@given(BLOCKS, st.integers(0, 10**6), st.sampled_from(["never", "frozen", "moved"]))
def test_a_sound_diagram_runs_as_the_model_says_frozen_or_not(
    block: Block, seed: int, rests: str
) -> None:
    chance = Random(seed)
    made, node = compiled(block)
    values: dict[str, Value] = {"items": list(ITEMS), **conditions(node)}
    for name in values:
        if name != "items":
            values[name] = (
                chance.random() < 0.5 if not name.startswith("rounds") else chance.randint(0, 1)
            )
    did: Counter[str] = Counter()

    def perform(element: Element, _scope: Scope) -> Value:
        did[element.id] += 1
        return None

    model = Model(values)
    run = Run.begun(made, values, perform)
    run.settle()
    inner = model.enter(node)
    state: Any = ["sub", Node("", "sub"), inner, []] if inner is not None else None
    for step in range(60):
        open_ = model.open_(state)
        assert at_work(run) == Counter(open_), block
        assert did == model.did
        assert run.ended == (state is None)
        if state is None:
            return
        if step > 30:
            values.update({name: 0 for name in values if name.startswith("rounds")})
        if rests == "frozen":
            run = Run.again(made, run.frozen(), values, perform, [])
        elif rests == "moved":
            answer = moved(run.frozen(), made, made, {})
            assert not answer.undecided, block
            run = Run.again(made, answer.kept, values, perform, [])
            expect(run.workflow)
        places = run.places()
        place = chance.choice(
            sorted(places, key=lambda each: (each.element.id, str(each.local.get("item"))))
        )
        if place.kind == "work":
            run.work_done(place.token, None)
        else:
            run.happened(place.token, place.element.id, {"at": 1})
        run.settle()
        state = model.take(state, place.element.id, [])
    raise AssertionError("it does not end")
